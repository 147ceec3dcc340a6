"""Temporary folders in memory: sites write and flush all the time, and a disk has them wait."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")
_ROOM: Final = 8 << 30  # bytes; a run of all tests comes to some two of them at a time
_CHOSEN: Final = "TMPDIR"


def take() -> Path | None:
    """Have every temporary folder of this process, and of those that it starts, in memory.

    Gives the folder that holds them, which `give_back` takes away. None where memory is small,
    where no program may run from there, as in many containers, or where TMPDIR names a folder, as
    it does for whoever wants to look at what tests leave.
    """
    if _CHOSEN in os.environ or not _has_room():
        return None
    folder = Path(tempfile.mkdtemp(prefix="wp-", dir=_MEMORY))  # short: it begins names of sockets
    os.environ[_CHOSEN] = str(folder)
    tempfile.tempdir = None
    return folder


def give_back(folder: Path) -> None:
    """Take the folder away with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _has_room() -> bool:
    if not os.access(_MEMORY, os.W_OK | os.X_OK):
        return False
    held = os.statvfs(_MEMORY)
    found = re.search(r"MemAvailable: +([0-9]+) kB", Path("/proc/meminfo").read_text("ascii"))
    free = int(found[1]) * 1024 if found else 0
    return not held.f_flag & os.ST_NOEXEC and min(held.f_bavail * held.f_frsize, free) >= _ROOM
