"""The file in which an output of one file is written, beside its place, until it is whole.

Whoever writes it has the system's lock on it, which ends with the process however that ends: one
that nobody has locked is what a killed run left. Where a system has no such locks (Windows, some
network drives) nothing is taken for left that can still be in use.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SUFFIX: Final = ".part"
_LONGEST: Final = 60  # characters of the output's name in that of its temporary file


@contextlib.contextmanager
def temporary(path: Path, folder: Path | None) -> Iterator[tuple[int, Path]]:
    """Make one for `path` in a folder, the system's own for None: a descriptor, and its place.

    It is locked until the end of the block; the descriptor is the caller's to close. Raises OSError
    where it can't be made.
    """
    descriptor, place = _made(path, folder)
    lock = os.dup(descriptor)
    try:
        yield descriptor, place
    finally:
        os.close(lock)


def remove_left(path: Path) -> None:
    """Remove what killed runs have left beside `path`, as far as the system lets us."""
    mine = re.compile(rf"{re.escape(_prefix(path))}[a-z0-9_]{{8}}{re.escape(_SUFFIX)}")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if mine.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    _remove(Path(entry.path))


def _prefix(path: Path) -> str:
    return f".{path.name[:_LONGEST]}."


def _made(path: Path, folder: Path | None) -> tuple[int, Path]:
    while True:
        descriptor, name = tempfile.mkstemp(prefix=_prefix(path), suffix=_SUFFIX, dir=folder)
        with contextlib.suppress(OSError):  # where there are no locks nobody takes it for left
            _lock(descriptor)
        if _is_in_place(descriptor, Path(name)):
            return descriptor, Path(name)
        os.close(descriptor)  # another run has taken it for left before it was locked


def _remove(place: Path) -> None:
    """Remove one that nobody writes; OSError where somebody does."""
    if sys.platform == "win32":
        place.unlink()  # which Windows refuses while it is open
        return
    descriptor = os.open(place, os.O_RDWR | os.O_NOFOLLOW)
    try:
        _lock(descriptor)
        place.unlink()
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock a file for all who have this opening of it; OSError where another has it."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not everywhere

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_in_place(descriptor: int, place: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        held = place.lstat()
        return stat.S_ISREG(held.st_mode) and os.path.samestat(os.fstat(descriptor), held)
    return False
