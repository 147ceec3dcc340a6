"""A file that arrives in pieces, over several runs if need be; whole or not in its place."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Final

from migrate.errors import OutputError
from migrate.output.names import is_below
from migrate.output.replacement import explaining

_FIX: Final = "The files before it are whole; mend that and run again to go on"
_PART: Final = ".part"


class PartialFile:
    """The file at `path` below a folder. What has arrived lies beside its place, as `.part`.

    Raises OutputError where the path leads out of the folder, or the system refuses.
    """

    def __init__(self, root: Path, path: str) -> None:
        if not is_below(path):
            raise OutputError("it leads out of the folder", path=path, fix="Mend its address")
        self.place = root / path
        self._root = root
        self._part = self.place.with_name(self.place.name + _PART)

    @property
    def size(self) -> int | None:
        """The bytes of the whole file, None where it isn't there."""
        return _size(self.place)

    @property
    def is_anothers(self) -> bool:
        """Whether a file is there whose name is written otherwise, on a disk that folds letters."""
        if self.size is None:
            return False
        return self.place.name not in [path.name for path in self.place.parent.iterdir()]

    @property
    def arrived(self) -> int:
        """The bytes that an earlier try has left."""
        return _size(self._part) or 0

    def open(self, *, go_on: bool) -> BinaryIO:
        """Open the part, to go on behind what has arrived or to begin anew."""
        with explaining(self.place, _FIX):
            self.place.parent.mkdir(parents=True, exist_ok=True)
            if not self.place.parent.resolve().is_relative_to(self._root.resolve()):
                raise OutputError("a link leads out of the folder", path=str(self.place), fix=_FIX)
            return self._part.open("ab" if go_on else "wb")

    def settle(self) -> None:
        """Put the whole file into its place."""
        with explaining(self.place, _FIX):
            self._part.replace(self.place)


def _size(path: Path) -> int | None:
    with explaining(path, _FIX):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return None
