"""A file that arrives in pieces, over several runs if need be; whole or not in its place."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final, Literal

from migrate.errors import OutputError
from migrate.output.names import is_below
from migrate.output.plain import AS_IT_STANDS
from migrate.output.replacement import explaining

_FIX: Final = "The files before it are whole; mend that and run again to go on"
_PART: Final = ".part"
_KEPT: Final = ".part.of"
_LONGEST_MARK: Final = 16 * 1024  # bytes
_ANEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_OF_THE_NAME: Final = frozenset(
    {
        *(errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ELOOP, errno.EEXIST),
        *(errno.EISDIR, errno.ENOTDIR, errno.ENOTEMPTY),
    }
)
"""What the system says of a path that no file can have, or that something else has."""


class PartialFile:
    """The file at `path` below a folder. What has arrived lies beside its place, as `.part`.

    Of what that is a part, whoever fetches it says by a mark, which lies beside it as `.part.of`.
    A link that stands there is no part of ours, nor is a file with a second name elsewhere.
    Raises OutputError where the path leads out of the folder, or the system refuses.
    """

    def __init__(self, root: Path, path: str) -> None:
        if not is_below(path):
            raise OutputError("it leads out of the folder", path=path, fix="Mend its address")
        self.place = root / path
        self._root = root
        self._part = self.place.with_name(self.place.name + _PART)
        self._kept = self.place.with_name(self.place.name + _KEPT)

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
            return _size_of_ours(self._part)

    @property
    def mark(self) -> bytes:
        """The mark of what has arrived, empty where nothing tells it."""
        with explaining(self._kept, _FIX):
            if not 0 < _size_of_ours(self._kept) <= _LONGEST_MARK:
                return b""
            with _opened(self._kept, os.O_RDONLY, "rb") as stream:
                return stream.read(_LONGEST_MARK)

    def open(self, *, go_on: bool, mark: bytes = b"") -> BinaryIO:
        """Open the part, to go on behind what has arrived or to begin anew, with its mark."""
        with explaining(self.place, _FIX):
            # Before a folder is made: a link on the way there would have it made elsewhere.
            if not self.place.parent.resolve().is_relative_to(self._root.resolve()):
                raise OutputError("a link leads out of the folder", path=str(self.place), fix=_FIX)
            self.place.parent.mkdir(parents=True, exist_ok=True)
            if go_on:
                return _opened(self._part, os.O_WRONLY | os.O_APPEND, "wb")
            return self._begun(mark)

    def settle(self) -> None:
        """Put the whole file into its place."""
        with explaining(self.place, _FIX):
            self._part.replace(self.place)
            self._kept.unlink(missing_ok=True)

    def _begun(self, mark: bytes) -> BinaryIO:
        """Begin the part anew; whenever that ends, no mark lies beside bytes of another's."""
        self._kept.unlink(missing_ok=True)
        self._part.unlink(missing_ok=True)
        stream = _opened(self._part, _ANEW, "wb")
        try:
            if mark:
                with _opened(self._kept, _ANEW, "wb") as kept:
                    kept.write(mark)
        except BaseException:
            stream.close()
            raise
        return stream


def _opened(path: Path, how: int, mode: Literal["rb", "wb"]) -> BinaryIO:
    descriptor = os.open(path, AS_IT_STANDS | how, 0o666)
    stream = os.fdopen(descriptor, mode)
    if not _is_ours(os.fstat(descriptor)):
        stream.close()
        raise OutputError("no file of ours stands there", path=str(path), fix=_FIX)
    return stream


def _is_ours(held: os.stat_result) -> bool:
    return stat.S_ISREG(held.st_mode) and held.st_nlink == 1


def _size_of_ours(path: Path) -> int:
    """Return the bytes of a file of ours, 0 where none stands there."""
    try:
        held = path.lstat()
    except FileNotFoundError:
        return 0
    return held.st_size if _is_ours(held) else 0


def _size(path: Path) -> int | None:
    with explaining(path, _FIX):
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return None


def is_of_a_part(path: str) -> bool:
    """Tell whether a path is such as files that are half there have here."""
    return path.rstrip(" .").casefold().endswith((_PART, _KEPT))


def is_of_the_name(error: OutputError) -> bool:
    """Tell whether an error is about the name of this one file, and other files may be written."""
    cause = error.__cause__
    return not isinstance(cause, OSError) or cause.errno in _OF_THE_NAME
