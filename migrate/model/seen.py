"""Seen: a record as a run saw it, for the reports, whatever is then done with it."""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import Struct

from migrate.model.finding import Finding
from migrate.model.post import ContentFormat, RecordRef


class Bodies(NamedTuple):
    """A post's body as it was read and as the rewrite rules left it: one text where none did.

    The formats are those of the two texts.
    """

    before: str
    after: str
    format_before: ContentFormat
    format_after: ContentFormat


class Seen(Struct):
    """One record; `ref` is None where it couldn't be read.

    `public` is false where visitors can't see it: reports then hide its text. `bodies` are given
    only where a report wants them.
    """

    path: str
    ref: RecordRef | None = None
    title: str = ""
    public: bool = True
    bodies: Bodies | None = None


class Unread(NamedTuple):
    """What an earlier run made of a record that needn't be read again, saw of it and found."""

    made: Any
    seen: Seen
    findings: list[Finding]
