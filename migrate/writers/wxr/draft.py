"""Draft: an item's bytes with the few places that only the whole source can fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from migrate.model.post import Author, TermRef
from migrate.syntax import wxr

GapKind = Literal["id", "link", "guid", "creator", "nicename"]

PROVENANCE: Final = 1
"""The part of a draft that is the line with the provenance, or nothing."""


class Gap(NamedTuple):
    """A place in an item that the joiner fills; `term` says which of the draft's terms."""

    kind: GapKind
    term: int = 0


Placed = tuple[int, Gap]
"""A gap, and which of its draft's parts it is."""


class Draft(Struct):
    """One item on its way from a chunk to the joiner, with what numbering needs to know of it.

    `address` must be one record's alone among those of its type: the slug, or a page's permalink,
    since pages may share a slug under different parents. `origin` is the scheme and host of the
    permalink, `gmt` the moment that pubDate speaks of. `siteless` says that the permalink is a path
    of a site that isn't known. `instruction` is what its provenance is written as. `parts` are
    empty where there are `gaps`.
    """

    type: str
    slug: str
    path: str
    address: str
    id: int | None
    author: Author | None
    terms: list[TermRef]
    origin: str
    gmt: str
    instruction: bytes
    parts: list[bytes]
    gaps: Sequence[Placed]
    zone_assumed: bool = False
    siteless: bool = False


def provenance_line(instruction: bytes) -> bytes:
    """Give the line of an item that carries its provenance; nothing where there is none."""
    return b"\t\t" + instruction + b"\n" if instruction else b""


def cut_instruction(start: bytes) -> tuple[bytes, bytes, bytes]:
    """Cut the start of an item at the line that carries its provenance, which may be missing."""
    opening = start.find(b"\n") + 1
    end = opening
    if start.startswith(b"\t\t<?", opening):
        end = start.find(b"?>\n", opening) + len(b"?>\n")
    return start[:opening], start[opening:end], start[end:]


def plain_permalink(base: str, number: int) -> str:
    """Give the address, escaped, that WordPress finds a record by whatever its permalinks are."""
    return wxr.text(f"{base.rstrip('/')}/?p={number}".encode()).decode()
