"""What the items of one kind of records have in common, as formats with places for what differs.

The layout of an item is usual.py's: it lays out a record whose fields are marks, and what stands
between the marks is the format.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from migrate.model.post import Meta, Post
from migrate.patterns import pattern
from migrate.writers.wxr import usual
from migrate.writers.wxr.instruction import round_path

VARYING: Final = frozenset(("id", "title", "excerpt", "slug", "date", "link"))
"""The fields that may differ from one record of a kind to the next; all of them are text but id."""

_USUAL: Final = {"date": "1970-01-01 00:00:00", "link": "https://example.org/"}
"""Values as usual ones are, of the fields in which not any text is one."""

_MARK: Final = "\x01{}\x01"
"""Stands for a value, where what is said beside it holds nothing that XML can't carry."""

_MARKS: Final = pattern("\x01([^\x01]*)\x01")


class Format(NamedTuple):
    """A text with `%s` for each of the named values; `%` stands twice in it."""

    text: str
    names: tuple[str, ...]


class ItemFormat(NamedTuple):
    """An item in its pieces, each up to the next: creator, guid, body, ID, terms, end.

    `terms` are the pieces between the nicenames, which stand before the end.
    """

    start: Format
    before_guid: bytes
    body: Format
    before_id: Format
    columns: Format
    terms: tuple[bytes, ...]
    end: Format

    def names(self) -> tuple[tuple[str, ...], ...]:
        """Give the names of the values that fill it."""
        return tuple(part.names for part in self if isinstance(part, Format))


def meta_name(place: int) -> str:
    """Give the name of the value of a meta, by its place."""
    return f"meta.{place}"


def item_format(
    kind: Post, fields: Collection[str], keys: Sequence[str], *, provenance: bool
) -> ItemFormat | None:
    """Make the format for records of a kind that differ in these fields and in the metas' values.

    Values are named as fields, besides `path`, `gmt`, `pub_date`, `guid` and metas by `meta_name`.
    None where records like these aren't usual.
    """
    if not VARYING.issuperset(fields):
        return None
    metas = [(key, meta_name(at)) for at, key in enumerate(keys)]
    marked = _laid_open(kind, fields, metas, mark=_MARK)
    if marked.link is None or marked.guid is not None:
        return None
    like = replace(_laid_open(kind, fields, metas, mark=""), **_USUAL)
    if usual.draft(like, None, provenance=False) is None:
        return None  # so what the kind says needs no escape, and holds nothing like a mark
    before, behind = usual.laid_out(marked, _MARK.format("gmt"), _MARK.format("pub_date"))
    start, title, before_guid, body = before.split(usual.GAP)
    before_id, columns, *terms = behind.split(usual.GAP)
    line = _provenance(marked) if provenance else ""
    *between, end = terms or [""]
    return ItemFormat(
        start=_format(start + line + title),
        before_guid=before_guid.encode(),
        body=_format(body),
        before_id=_format(before_id),
        columns=_format(columns),
        terms=tuple(piece.encode() for piece in between),
        end=_format(end),
    )


def _laid_open(
    kind: Post, fields: Iterable[str], metas: Iterable[tuple[str, str]], *, mark: str
) -> Post:
    """Give a record of a kind whose fields and metas are marks with their names, or just stated."""
    return replace(
        kind,
        **{field: mark.format(field) for field in fields if field != "id"},
        id=1,
        content=b"",
        meta=[Meta(key, mark.format(name)) for key, name in metas] or kind.meta,
    )


def _provenance(like: Post) -> str:
    before, behind = round_path(like)
    return f"\t\t{before.decode()}{_MARK.format('path')}{behind.decode()}\n"


def _format(text: str) -> Format:
    pieces = _MARKS.split(text)
    return Format("%s".join(piece.replace("%", "%%") for piece in pieces[::2]), tuple(pieces[1::2]))
