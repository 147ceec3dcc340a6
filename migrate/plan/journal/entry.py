"""What the journal knows of records, requests, terms and types."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Entry", "Listing", "Marks", "Resting", "Step"]


class Entry(NamedTuple):
    """Which post of the site a record is; `slug`, `date` and `title` as the site then had them.

    `title` and `text` (of the record) are marks, and so are the two by which a change is seen:
    `asked` of what the record asked of the site, `held` of what the site's listing said after our
    last write. Where these are empty, as in an entry that comes from a lock, only the post is
    known. `source_id` is the ID that the record states, or 0; `row` is the JSON of what the site's
    listing said, title and metas included. `mark` stands for the whole record, and for the
    status under which it went in, or, through the companion, for each of the record's comments;
    `ground` for all that made a plan leave the post as it is but what the site says of it, empty
    where there was anything to say of that. `scope` is the source that the record is of (see
    `Keys`).
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
    row: str = ""
    mark: bytes = b""
    ground: bytes = b""
    scope: str = ""


class Resting(NamedTuple):
    """What tells that nothing is to be done about a record, out of its `Entry`."""

    id: int
    held: bytes
    row: str
    ground: bytes


class Step(NamedTuple):
    """One request that changes an object of the site; `verb` is one of these.

    - create: made it. A post that was created has an id above `after`.
    - update: changed fields of it. `earlier` holds their values before, as JSON in the words of
      REST; it is the site's text, and may be private.
    - trash: put it into the trash. `earlier` holds the status that it had.
    - delete: took it away for good.

    `object` is the kind of thing, and `type` which of its kind: `post` and its post type (an
    attachment is one), `term` and its taxonomy, `comment`, `option` (its number in wp_options),
    `meta` (custom fields of the post `site_id`, which REST doesn't take; `earlier` is key → rows).
    `outcome` is empty while nobody knows what came of it. `slug` and `date` are what was asked for,
    `title` is a mark; `held` is the mark of what the site said of it afterwards, empty where that
    isn't known. `undone` tells whether an undo has taken it back.
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
    object: str = "post"
    held: bytes = b""
    undone: int = 0
    scope: str = ""


class Marks(NamedTuple):
    """An object of the site that was as the source says although no request made it so.

    `said` and `held` are the marks of both sides then, as those of a step are its `title` and
    `held`; `type` is the taxonomy of a term.
    """

    type: str
    id: int
    said: bytes
    held: bytes


class Listing(NamedTuple):
    """What the listing of a type said: how many posts but for the trash, and the newest of them.

    `newest` is the latest change (modified_gmt), `highest` the highest id.
    """

    total: int
    newest: str
    highest: int
