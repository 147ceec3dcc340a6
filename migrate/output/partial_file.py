"""A file that arrives in pieces, over several runs if need be; whole or not in its place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from migrate.errors import OutputError
from migrate.output.names import is_below
from migrate.output.replacement import explaining

_FIX: Final = "The files before it are whole; mend that and run again to go on"
_PART: Final = ".part"
_AS_IT_STANDS: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_OF_THE_NAME: Final = frozenset(
    {
        *(errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ELOOP, errno.EEXIST),
        *(errno.EISDIR, errno.ENOTDIR, errno.ENOTEMPTY),
    }
)
"""What the system says of a path that no file can have, or that something else has."""


class PartialFile:
    """The file at `path` below a folder. What has arrived lies beside its place, as `.part`.

    A link that stands there is no part of ours, nor is a file with a second name elsewhere.
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
        with explaining(self._part, _FIX):
            try:
                held = self._part.lstat()
            except FileNotFoundError:
                return 0
            return held.st_size if _is_ours(held) else 0

    def open(self, *, go_on: bool) -> BinaryIO:
        """Open the part, to go on behind what has arrived or to begin anew."""
        with explaining(self.place, _FIX):
            # Before a folder is made: a link on the way there would have it made elsewhere.
            if not self.place.parent.resolve().is_relative_to(self._root.resolve()):
                raise OutputError("a link leads out of the folder", path=str(self.place), fix=_FIX)
            self.place.parent.mkdir(parents=True, exist_ok=True)
            if go_on:
                return self._opened(os.O_APPEND)
            self._part.unlink(missing_ok=True)
            return self._opened(os.O_CREAT | os.O_EXCL)

    def settle(self) -> None:
        """Put the whole file into its place."""
        with explaining(self.place, _FIX):
            self._part.replace(self.place)

    def _opened(self, how: int) -> BinaryIO:
        descriptor = os.open(self._part, os.O_WRONLY | _AS_IT_STANDS | how, 0o666)
        stream = os.fdopen(descriptor, "wb")
        if not _is_ours(os.fstat(descriptor)):
            stream.close()
            raise OutputError("no file of ours stands there", path=str(self._part), fix=_FIX)
        return stream


def _is_ours(held: os.stat_result) -> bool:
    return stat.S_ISREG(held.st_mode) and held.st_nlink == 1


def _size(path: Path) -> int | None:
    with explaining(path, _FIX):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return None


def is_of_a_part(path: str) -> bool:
    """Tell whether a path is such as files that are half there have here."""
    return path.rstrip(" .").casefold().endswith(_PART)


def is_of_the_name(error: OutputError) -> bool:
    """Tell whether an error is about the name of this one file, and other files may be written."""
    cause = error.__cause__
    return not isinstance(cause, OSError) or cause.errno in _OF_THE_NAME
