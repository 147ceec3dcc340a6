"""Entry and Step: what the journal knows of one record, and of one request."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Entry", "Step"]


class Entry(NamedTuple):
    """Which post of the site a record is; `slug`, `date` and `title` as the site then had them.

    `title` and `text` (of the record) are marks, and so are the two by which a change is seen:
    `asked` of what the record asked of the site, `held` of what the site's listing said after our
    last write. Where these are empty, as in an entry that comes from a lock, only the post is
    known. `source_id` is the ID that the record states, or 0.
    """

    key: str
    type: str
    id: int
    slug: str = ""
    date: str = ""
    title: bytes = b""
    source_id: int = 0
    text: bytes = b""
    asked: bytes = b""
    held: bytes = b""


class Step(NamedTuple):
    """One request: `verb` is create or update, `outcome` empty while nobody knows what came of it.

    `slug` and `date` are what was asked for, `title` is a mark. A post that was created has an id
    above `after`. `earlier` holds, as JSON, what an update replaced: it is the site's text, and may
    be private.
    """

    key: str
    verb: str
    type: str
    site_id: int = 0
    slug: str = ""
    date: str = ""
    title: bytes = b""
    after: int = 0
    earlier: str = ""
    at: str = ""
    outcome: str = ""
