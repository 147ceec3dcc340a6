"""The holes in the spool: what is still to be filled when all records are known."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from migrate.writers.wxr.draft import GapKind


class Hole(NamedTuple):
    """A place in the spool that is filled at the end.

    `offset` is in bytes; `number` is the record's ID, or minus the ordinal of a number to be given;
    `origin` the scheme and host of its permalink.
    """

    offset: int
    kind: GapKind
    number: int
    origin: str


class Holes:
    """Holes in the order of their offsets, in 20 bytes each: there are three for some records."""

    def __init__(self) -> None:
        self._offsets = array("Q")
        self._numbers = array("q")
        self._what_of = array("I")
        self._what: dict[tuple[GapKind, str], int] = {}  # few sites, each with few kinds

    def append(self, hole: Hole) -> None:
        """Take one more."""
        self._offsets.append(hole.offset)
        self._numbers.append(hole.number)
        self._what_of.append(self._what.setdefault((hole.kind, hole.origin), len(self._what)))

    def __iter__(self) -> Iterator[Hole]:
        """Give them."""
        what = list(self._what)
        for offset, number, at in zip(self._offsets, self._numbers, self._what_of, strict=True):
            kind, origin = what[at]
            yield Hole(offset, kind, number, origin)
