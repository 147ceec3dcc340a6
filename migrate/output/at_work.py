"""The file that says which process is at work in a folder, so that no second one joins it.

The lock on it is the system's own, which ends with the process however that ends: a file that a
killed run has left holds nobody up. Processes that were forked don't have it. Where a system has no
such locks (Windows, some network drives) there is none.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import Final

from migrate.errors import UsageError

NAME: Final = "lock.part"
_FIX: Final = "Wait until it has ended, then run again"


class AtWork:
    """The lock of one folder of ours, taken once and held until `end`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._descriptor: int | None = None

    @property
    def is_taken(self) -> bool:
        """Tell whether this process is the one at work."""
        return self._descriptor is not None

    def take(self) -> None:
        """Take it; UsageError where another process has it, OSError where it can't be written."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        while self._descriptor is None:
            descriptor = os.open(self._path, flags, 0o666)
            try:
                self._lock(descriptor)
                if self._is_in_place(descriptor):  # else the one before us has just ended
                    os.truncate(self._path, 0)
                    os.write(descriptor, b"%d\n" % os.getpid())
                    self._descriptor = descriptor
            finally:
                if self._descriptor is None:
                    os.close(descriptor)

    def end(self) -> None:
        """Remove the file, then let go."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):  # what is left of it holds nobody up
                self._path.unlink()
            os.close(self._descriptor)
            self._descriptor = None

    def busy(self, said: str = "another wpmigrate is writing there") -> UsageError:
        """Give the error that names who is, or was, at work in the folder."""
        return UsageError(said, path=str(self._path.parent.parent), fix=_FIX)

    def _lock(self, descriptor: int) -> None:
        if sys.platform == "win32":
            return
        import fcntl  # noqa: PLC0415 - not everywhere

        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EAGAIN):
                number = os.read(descriptor, 20).decode("ascii", "replace").strip()
                who = f" (process {number})" if number.isdecimal() else ""
                raise self.busy(f"another wpmigrate is writing there{who}") from error

    def _is_in_place(self, descriptor: int) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(descriptor), self._path.lstat())
        return False
