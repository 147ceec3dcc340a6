"""What an earlier run of ours says of a folder: the dialect that it wrote, and which files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from migrate.output import manifest
from migrate.syntax.wordpress_folder import FOLDER, WITHOUT_FOLDER


class Written:
    """A folder that a run of ours wrote, known by its manifest. Can be pickled."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Take the first of `folders` that has a manifest; without one nothing is known."""
        self._folders = tuple(folders)

    def __getstate__(self) -> dict[str, Any]:
        return {"_folders": self._folders}

    @cached_property
    def dialect(self) -> str:
        """The dialect of the last run; empty where no run named one."""
        return manifest.dialect(self._found[1]) if self._found else ""

    def has(self, path: Path) -> bool:
        """Tell whether a file, by its absolute path, was written by a run of ours."""
        if not (self._found and path.is_relative_to(self._found[0])):
            return False
        return manifest.short(path.relative_to(self._found[0]).as_posix()) in self._files

    @cached_property
    def _found(self) -> tuple[Path, Path] | None:
        """The folder and its manifest."""
        for folder in self._folders:
            for own in (FOLDER, WITHOUT_FOLDER):
                path = folder / own / manifest.NAME
                if path.is_file() and not path.is_symlink():
                    return folder, path
        return None

    @cached_property
    def _files(self) -> frozenset[int]:
        """Short names of the files: 8 bytes each, asked only where a file's keys disagree."""
        entries = manifest.read(self._found[1]) if self._found else ()
        try:
            return frozenset(entry.place for entry in entries if not entry.inside)
        except OSError:
            return frozenset()
