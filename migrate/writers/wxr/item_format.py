"""What the items of one kind of records have in common, as formats with places for what differs.

The layout of an item is usual.py's: it lays out a record whose fields are marks, and what stands
between the marks is the format.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from migrate.model.post import Meta, Post
from migrate.patterns import pattern
from migrate.syntax import wxr
from migrate.writers.wxr import usual
from migrate.writers.wxr.instruction import round_path

VARYING: Final = frozenset(("id", "title", "excerpt", "slug", "date", "link"))
"""The fields that may differ from one record of a kind to the next; all of them are text but id."""

_MARK: Final = "\x01{}\x01"
"""Stands for a value; XML can't carry it, so it is nothing else."""

_MARKS: Final = pattern("\x01([^\x01]*)\x01")


class Format(NamedTuple):
    """A text with `%s` for each of the named values; `%` stands twice in it."""

    text: str
    names: tuple[str, ...]


class ItemFormat(NamedTuple):
    """An item in its pieces: up to the creator, up to the body, and behind it.

    `terms` are the pieces between the nicenames, which stand behind it; `end` is the rest.
    """

    creator: Format
    body: Format
    behind: Format
    terms: tuple[bytes, ...]
    end: Format

    def names(self) -> tuple[tuple[str, ...], ...]:
        """Give the names of the values that fill it."""
        return self.creator.names, self.body.names, self.behind.names, self.end.names


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
    marks = {field: _MARK.format(field) for field in fields if field != "id"}
    metas = [Meta(key, _MARK.format(meta_name(at))) for at, key in enumerate(keys)]
    like = replace(kind, **marks, id=1, content=b"", meta=metas or kind.meta)
    if usual.keeps_more(like) or like.link is None:
        return None
    before, behind = usual.laid_out(like, _MARK.format("gmt"), _MARK.format("pub_date"))
    if not _is_plain(_MARKS.sub("", before + behind), like):
        return None
    start, title, *rest = before.split(usual.GAP)
    excerpt, columns, *terms = behind.split(usual.GAP)
    line = _provenance(like) if provenance else ""
    *between, end = terms or [""]
    guid = _MARK.format("guid")
    return ItemFormat(
        creator=_format(start + line + title),
        body=_format(guid.join(rest)),
        behind=_format(f"{excerpt}{_MARK.format('id')}{columns}"),
        terms=tuple(piece.encode() for piece in between),
        end=_format(end),
    )


def _is_plain(text: str, like: Post) -> bool:
    """Tell whether nothing in what a kind says would have to be escaped."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return False
    gaps = data.count(usual.GAP.encode())
    expected = 3 + (like.guid is None) + len(like.terms or ())
    without = data.replace(usual.GAP.encode(), b"")
    return (
        usual.sections_of(like) == data.count(wxr.SECTION_END)
        and gaps == expected
        and b"\r" not in data
        and not wxr.has_forbidden(without)
    )


def _provenance(like: Post) -> str:
    before, behind = round_path(like)
    return f"\t\t{before.decode()}{_MARK.format('path')}{behind.decode()}\n"


def _format(text: str) -> Format:
    pieces = _MARKS.split(text)
    return Format("%s".join(piece.replace("%", "%%") for piece in pieces[::2]), tuple(pieces[1::2]))
