"""The folders below a root: whether a link stands on the way to one, and which a run has made."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class Folders:
    """Looks at each folder once, and makes it where it is needed. Paths are below the root."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._passable: dict[str, bool] = {}
        self._made: set[str] = set()
        self._new: set[str] = set()

    def is_passable(self, folder: str) -> bool:
        """Tell whether every step to a folder is a real folder, or nothing yet."""
        if folder not in self._passable:
            above, _, name = folder.rpartition("/")
            passable = not name or (self.is_passable(above) and is_kind(self._root / folder))
            self._passable[folder] = passable
        return self._passable[folder]

    def is_new(self, folder: str) -> bool:
        """Tell whether `make` made a folder, and no other in it: it holds files of this run only.

        So does nobody have to look what stands there, as long as no name is given twice.
        """
        return folder in self._new

    def make(self, folder: str) -> None:
        """Make a folder, and those above it, where they aren't there; OSError if that can't be."""
        if folder in self._made:
            return
        place = self._root / folder
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            place.mkdir()
        except FileExistsError:
            place.mkdir(exist_ok=True)  # refuses what is no folder
        else:
            self._new.add(folder)
        self._made.add(folder)
        while folder:  # what is above it holds more than files now
            folder = folder.rpartition("/")[0]
            self._new.discard(folder)

    def remove_empty(self, folder: str) -> None:
        """Remove a folder, and those above it, as long as nothing is in them."""
        while folder:
            try:
                (self._root / folder).rmdir()
            except OSError:
                return
            self._made.discard(folder)
            self._new.discard(folder)
            folder = folder.rpartition("/")[0]


def is_kind(path: Path, kind: int = stat.S_IFDIR) -> bool:
    """Tell whether a folder, or another `kind`, stands somewhere and no link to one, or nothing."""
    try:
        return stat.S_IFMT(os.lstat(path).st_mode) == kind
    except FileNotFoundError:
        return True
