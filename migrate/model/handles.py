"""The handles of a source, held small: half a million of them fit in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from migrate.model.paths import Paths
from migrate.model.settings import Handle


class Handles(Sequence[Handle]):
    """Handles in source order, in 20 bytes each and those of a path that isn't the last one's.

    They are made again when they are asked for; a slice gives a list of them.
    """

    def __init__(self, handles: Iterable[Handle] = ()) -> None:
        self._paths = Paths()
        self._path_of = array("I")
        self._starts = array("Q")
        self._ends = array("Q")
        for handle in handles:
            self.append(handle)

    def append(self, handle: Handle) -> None:
        """Take one more."""
        self._path_of.append(self._paths.append(handle.path))
        self._starts.append(handle.start)
        self._ends.append(handle.end)

    def __len__(self) -> int:
        """Count them."""
        return len(self._starts)

    def _between(self, start: int, end: int) -> list[Handle]:
        path_of = self._path_of[start:end]
        first, last = path_of[0], path_of[-1]
        paths: Iterable[str] = self._paths.between(first, last + 1)
        if last - first + 1 < len(path_of):  # several stand in one file
            known = [*paths]
            paths = [known[at - first] for at in path_of]
        return list(map(Handle, paths, self._starts[start:end], self._ends[start:end]))

    @overload
    def __getitem__(self, place: int, /) -> Handle: ...

    @overload
    def __getitem__(self, place: slice, /) -> list[Handle]: ...

    def __getitem__(self, place: int | slice, /) -> Handle | list[Handle]:
        """Give one by its place, or several."""
        if isinstance(place, slice):
            places = range(len(self))[place]
            if places.step == 1 and places:
                return self._between(places.start, places.stop)
            return [self[at] for at in places]
        path = self._paths[self._path_of[place]]
        return Handle(path, self._starts[place], self._ends[place])
