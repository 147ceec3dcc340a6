"""The holes in the spool: what is still to be filled when all records are known."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, MutableSequence
from typing import NamedTuple

from migrate.writers.wxr.draft import GapKind


class Hole(NamedTuple):
    """A place in the spool that is filled at the end.

    `offset` counts the bytes of items; `number` is the record's ID, or minus the ordinal of a
    number to be given; `origin` the scheme and host of its permalink.
    """

    offset: int
    kind: GapKind
    number: int
    origin: str


class Holes:
    """Holes in the order of their offsets, in 20 bytes each: there are three for some records."""

    def __init__(self) -> None:
        self._offsets = array("Q")
        self._numbers: MutableSequence[int] = array("q")
        self._what_of = array("I")
        self._what: dict[tuple[GapKind, str], int] = {}  # few sites, each with few kinds
        self._kinds: list[tuple[GapKind, str]] = []

    def append(self, hole: Hole) -> None:
        """Take one more."""
        self._offsets.append(hole.offset)
        try:
            self._numbers.append(hole.number)
        except OverflowError:  # no database has such a number; a file may
            self._numbers = [*self._numbers, hole.number]
        what = self._what.setdefault((hole.kind, hole.origin), len(self._kinds))
        if what == len(self._kinds):
            self._kinds.append((hole.kind, hole.origin))
        self._what_of.append(what)

    def __iter__(self) -> Iterator[Hole]:
        """Give them."""
        return map(self._at, range(len(self._offsets)))

    def __reversed__(self) -> Iterator[Hole]:
        """Give them from the last to the first."""
        return map(self._at, reversed(range(len(self._offsets))))

    def _at(self, place: int) -> Hole:
        kind, origin = self._kinds[self._what_of[place]]
        return Hole(self._offsets[place], kind, self._numbers[place], origin)
