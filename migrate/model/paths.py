"""Many paths, held small."""

from __future__ import annotations

from array import array


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

    def __getitem__(self, place: int) -> str:
        """Give the path at a place."""
        start = self._ends[place - 1] if place else 0
        return self._text[start : self._ends[place]].decode("utf-8", "surrogatepass")
