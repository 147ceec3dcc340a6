"""SourceLines: on which line of the body as it was read a byte stands that rules have moved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple


class Moved(NamedTuple):
    """An edit as far as lines are concerned: its place before, its bytes, the line ends it took."""

    start: int
    end: int
    put: int
    lines: int


class SourceLines:
    """Follows a body through its edits; a line is None once another body has taken its place."""

    __slots__ = ("_counted", "_is_lost", "_places", "_sums")

    def __init__(self) -> None:
        self._counted: tuple[bytes, int, int] = (b"", 0, 0)
        self._is_lost = False
        self._places: list[int] = []
        self._sums: list[int] = [0]

    def of(self, body: bytes, at: int) -> int | None:
        """Give the line, counted from 1, of a byte of the body as it is now.

        Asked from the front to the back it counts each line end once.
        """
        if self._is_lost:
            return None
        known, start, count = self._counted
        if known is not body or at < start:
            start = count = 0
        count += body.count(b"\n", start, at)
        self._counted = body, at, count
        return count + 1 + self._sums[bisect_right(self._places, at)]

    def edited(self, edits: Iterable[Moved]) -> None:
        """Take the edits of one rule, in their order."""
        earlier = list(zip(self._places, _steps(self._sums), strict=True))
        gone: list[tuple[int, int]] = []
        shift = taken = 0
        for edit in edits:
            while taken < len(earlier) and earlier[taken][0] < edit.end:
                gone.append((earlier[taken][0] + shift, earlier[taken][1]))
                taken += 1
            gone.append((edit.start + shift + edit.put, edit.lines))
            shift += edit.put - (edit.end - edit.start)
        gone += [(place + shift, lines) for place, lines in earlier[taken:]]
        gone = sorted(step for step in gone if step[1])
        self._places = [place for place, _ in gone]
        self._sums = [0, *accumulate(lines for _, lines in gone)]

    def lose(self) -> None:
        """Take it that the body is another one now."""
        self._is_lost = True


def _steps(sums: list[int]) -> list[int]:
    return [after - before for before, after in pairwise(sums)]
