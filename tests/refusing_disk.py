"""A disk that refuses: from the n-th change to a folder on, each fails below Python's own calls.

It stands below `open()` and below what `os` offers, where the system's errors come from, so that
buffers, `pathlib`, `tempfile` and `shutil` behave as they do on a disk that is full in earnest.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest


class Trouble(NamedTuple):
    """What a disk says from some moment on, and to which calls."""

    number: int
    calls: frozenset[str]

    @property
    def words(self) -> str:
        """The system's words for it."""
        return os.strerror(self.number)


NAMES_OF_CALLS: Final = frozenset(
    {"open", "mkdir", "link", "replace", "rename", "unlink", "rmdir", "chmod"}
)
TROUBLES: Final = {
    "full": Trouble(errno.ENOSPC, frozenset({"open", "write", "mkdir", "fsync"})),
    "read-only": Trouble(errno.EROFS, NAMES_OF_CALLS | {"write"}),
    "forbidden": Trouble(errno.EACCES, NAMES_OF_CALLS),
    "broken": Trouble(errno.EIO, frozenset({"write", "fsync", "link", "replace"})),
}
_PATHS: Final = ("mkdir", "link", "replace", "rename", "unlink", "remove", "rmdir", "chmod")
_FILES_OWN: Final[tuple[str, ...]] = ("closefd", "opener")
_WRITING: Final = os.O_WRONLY | os.O_RDWR


class RefusingDisk:
    """Counts the changes to what lies below `root` that a trouble is about; refuses from `first`.

    With `first` 0 it only counts: `changes` then says how many there are to refuse.
    """

    def __init__(self, root: Path, trouble: Trouble, first: int) -> None:
        self.changes = 0
        self._root = f"{root.resolve()}/"
        self._trouble = trouble
        self._first = first

    def lay(self, patch: pytest.MonkeyPatch) -> None:
        """Lay it below Python's calls, until the patch is undone."""
        for name in _PATHS:
            patch.setattr(os, name, self._by_path(name, getattr(os, name)))
        patch.setattr(os, "open", self._os_open(os.open))
        patch.setattr(os, "write", self._by_descriptor("write", os.write))
        patch.setattr(os, "fsync", self._by_descriptor("fsync", os.fsync))
        opened = self._open(io.open)
        patch.setattr(io, "open", opened)
        patch.setattr(builtins, "open", opened)

    def change(self, call: str, place: str) -> None:
        """Count a call that changes something; OSError where the disk refuses it."""
        if call in self._trouble.calls and f"{place}/".startswith(self._root):
            self.changes += 1
            if 0 < self._first <= self.changes:
                raise OSError(self._trouble.number, self._trouble.words, place)

    def _by_path(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def changing(path: Any, *others: Any, **named: Any) -> Any:
            folder = named.get("src_dir_fd", named.get("dir_fd"))
            self.change("unlink" if name == "remove" else name, _place(path, folder))
            return call(path, *others, **named)

        return changing

    def _by_descriptor(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def changing(descriptor: int, *others: Any) -> Any:
            self.change(name, _place(descriptor))
            return call(descriptor, *others)

        return changing

    def _os_open(self, call: Callable[..., int]) -> Callable[..., int]:
        def opened(path: Any, flags: int, *others: Any, **named: Any) -> int:
            if flags & _WRITING:
                self.change("open", _place(path, named.get("dir_fd")))
            return call(path, flags, *others, **named)

        return opened

    def _open(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opened(
            file: Any, mode: str = "r", buffering: int = -1, *text: Any, **named: Any
        ) -> Any:
            if not set(mode) & set("wxa+"):
                return call(file, mode, buffering, *text, **named)
            known = {name: named.pop(name) for name in _FILES_OWN if name in named}
            raw = _File(self, file, mode.replace("b", "").replace("t", ""), known)
            if buffering == 0:
                return raw
            kind = io.BufferedRandom if "+" in mode else io.BufferedWriter
            buffer = kind(raw)
            return buffer if "b" in mode else io.TextIOWrapper(buffer, *text, **named)

        return opened


class _File(io.FileIO):
    """The file below a buffer, each write of which the disk may refuse."""

    def __init__(self, disk: RefusingDisk, file: Any, mode: str, known: dict[str, Any]) -> None:
        if not isinstance(file, int):
            disk.change("open", _place(file))
        super().__init__(file, mode, **known)
        self._disk = disk

    def write(self, data: Any, /) -> int:
        self._disk.change("write", _place(self.fileno()))
        return super().write(data)


def _place(path: Any, folder: int | None = None) -> str:
    """Give the absolute path of a path, which may be one in an open folder, or of an open file."""
    if isinstance(path, int):
        return str(Path(f"/proc/self/fd/{path}").readlink())
    named = Path(_place(folder) if folder is not None else "", os.fsdecode(path))
    return str(named.parent.resolve() / named.name)
