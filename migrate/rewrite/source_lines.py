"""SourceLines: on which line of the body as it was read a byte stands that rules have moved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise, repeat
from operator import add, sub

from migrate.rewrite.edits import Edit


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

    def of_all(self, body: bytes, places: Sequence[int]) -> Sequence[int | None]:
        """Give the lines of several places of a body, which are in order."""
        if self._is_lost:
            return [None] * len(places)
        counts = accumulate(map(body.count, repeat(b"\n"), (0, *places), places), initial=1)
        next(counts)
        if not self._places:
            return [*counts]
        begins = [bisect_left(places, place) for place in self._places]
        spans = map(sub, [*begins, len(places)], [0, *begins])
        return [*map(add, counts, chain.from_iterable(map(repeat, self._sums, spans)))]

    def edited(self, body: bytes, edits: Sequence[Edit]) -> None:
        """Take the edits that a rule makes in a body, in their order."""
        starts, ends, news = zip(*edits, strict=True)
        gone = map(body.count, repeat(b"\n"), starts, ends)
        taken = [*map(sub, gone, map(bytes.count, news, repeat(b"\n")))]
        if not (self._places or any(taken)):
            return
        grown = [0, *accumulate(map(sub, map(len, news), map(sub, ends, starts)))]
        steps = [
            (place + grown[bisect_right(ends, place)], after - before)
            for place, (before, after) in zip(self._places, pairwise(self._sums), strict=True)
        ]
        steps += [
            (end + by, lines)
            for end, by, lines in zip(ends, grown[1:], taken, strict=True)
            if lines
        ]
        steps.sort()
        self._places = [place for place, _ in steps]
        self._sums = [0, *accumulate(step for _, step in steps)]

    def lose(self) -> None:
        """Take it that the body is another one now."""
        self._is_lost = True
