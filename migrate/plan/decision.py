"""Decision: what was decided about one record, small enough to keep one for each."""

from __future__ import annotations

from typing import NamedTuple

from migrate.model import canonical
from migrate.model.action import Verb
from migrate.model.post import Post

__all__ = ["Decision", "mark"]


class Decision(NamedTuple):
    """A plan's word on one record, for the pass that carries it out.

    `site_id` is the post on the site, 0 for one to be made; `fields` what an update sends; `mark`
    tells whether the record is still the one that was decided about, `public` whether its text may
    be shown. `key` is what the journal calls the record.
    """

    verb: Verb
    mark: bytes
    site_id: int = 0
    fields: tuple[str, ...] = ()
    reason: str = ""
    public: bool = False
    key: str = ""


def mark(post: Post) -> bytes:
    """Return the first half of the record's hash."""
    return bytes.fromhex(canonical.digest(post))[:16]
