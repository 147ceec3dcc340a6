"""SourceLines: on which line of the body as it was read a byte stands that rules have moved."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise, repeat
from operator import sub

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
        return [
            count + self._sums[bisect_right(self._places, place)]
            for count, place in zip(counts, places, strict=True)
        ]

    def edited(self, body: bytes, edits: Collection[Edit]) -> None:
        """Take the edits that a rule makes in a body, in their order."""
        starts, ends, news = zip(*edits, strict=True)
        gone = [*map(body.count, repeat(b"\n"), starts, ends)]
        if not (self._places or any(gone) or b"\n" in b"".join(news)):
            return
        taken = map(sub, gone, map(bytes.count, news, repeat(b"\n")))
        earlier = deque(zip(self._places, _steps(self._sums), strict=True))
        steps: list[tuple[int, int]] = []
        shift = 0
        for (start, end, new), lines in zip(edits, taken, strict=True):
            while earlier and earlier[0][0] < end:
                place, step = earlier.popleft()
                steps.append((place + shift, step))
            steps.append((start + shift + len(new), lines))
            shift += len(new) - (end - start)
        steps += [(place + shift, step) for place, step in earlier]
        steps = sorted(step for step in steps if step[1])
        self._places = [place for place, _ in steps]
        self._sums = [0, *accumulate(step for _, step in steps)]

    def lose(self) -> None:
        """Take it that the body is another one now."""
        self._is_lost = True


def _steps(sums: list[int]) -> list[int]:
    return [after - before for before, after in pairwise(sums)]
