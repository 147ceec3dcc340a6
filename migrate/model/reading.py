"""Reading: what a reader gives for one handle."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from migrate.model.post import ContentFormat, Post


class Reading(Struct):
    """One record as it was read, or the reason why the handle holds none.

    `left_out` is the option that leaves the record out, else empty; `post` is the record all the
    same. `line_of` gives the line on which a field (or a key of the front matter) starts in the
    file, counted from 1; findings about the record get their place from it. `original` is the body
    with its format before rewrite rules changed it, where they did.
    """

    post: Post | None = None
    passed_over: str = ""
    left_out: str = ""
    line_of: Callable[[str], int | None] = lambda _field: None
    original: tuple[bytes, ContentFormat] | None = None
