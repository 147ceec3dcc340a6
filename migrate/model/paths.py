"""Many paths, held small."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise


class Paths:
    """Paths by their places, in 8 bytes each beside their own; one like the last is held once."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q")
        self._last: str | None = None

    def append(self, path: str) -> int:
        """Take a path and give its place, counted from 0."""
        if path != self._last:
            # A name that isn't UTF-8 holds what Python decoded it to: halves of surrogate pairs.
            self._text += path.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._text))
            self._last = path
        return len(self._ends) - 1

    def extend(self, paths: Sequence[str]) -> int:
        """Take paths of which none is like the one before; give the place of the first."""
        first = len(self._ends)
        if paths:
            encoded = [path.encode("utf-8", "surrogatepass") for path in paths]
            _, *ends = accumulate(map(len, encoded), initial=len(self._text))
            self._text += b"".join(encoded)
            self._ends.extend(ends)
            self._last = paths[-1]
        return first

    def __getitem__(self, place: int) -> str:
        """Give the path at a place."""
        start = self._ends[place - 1] if place else 0
        return self._text[start : self._ends[place]].decode("utf-8", "surrogatepass")

    def between(self, start: int, end: int) -> list[str]:
        """Give the paths from one place to before another."""
        ends = self._ends[start:end]
        begin = self._ends[start - 1] if start else 0
        text = self._text[begin : ends[-1] if ends else begin]
        if not text.isascii():
            return [self[place] for place in range(start, end)]
        plain = text.decode("ascii")
        cuts = [0, *[at - begin for at in ends]]
        return [plain[a:b] for a, b in pairwise(cuts)]
