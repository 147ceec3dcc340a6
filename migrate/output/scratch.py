"""A file of a folder, written under a name beside its place and then moved there."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from migrate.output.content import Content, blocks


def put(scratch: str, place: str, content: Content, *, is_new: bool) -> None:
    """Write `scratch`, then move it to `place`; what stood there keeps its permissions.

    One that `is_new` takes the place of nothing, whatever has come there in the meantime. Raises
    OSError where the system refuses; what stood there is whole then.
    """
    descriptor = _opened(scratch)
    try:
        for block in blocks(content):
            written = os.write(descriptor, block)
            while written < len(block):
                written += os.write(descriptor, block[written:])
    finally:
        os.close(descriptor)
    if is_new:
        _move(scratch, place)
        return
    old = os.lstat(place).st_mode
    if stat.S_ISREG(old):
        Path(scratch).chmod(stat.S_IMODE(old))
    # A Path for each file costs as much as moving it.
    os.replace(scratch, place)  # noqa: PTH105


def _move(scratch: str, place: str) -> None:
    """Move a file to where nothing stands; FileExistsError where something does."""
    try:
        os.link(scratch, place)
    except FileExistsError:
        raise
    except (AttributeError, OSError):  # some systems and some drives have no second names
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), place) from None
        os.replace(scratch, place)  # noqa: PTH105
    else:
        os.unlink(scratch)  # noqa: PTH108


def _opened(scratch: str) -> int:
    """Open the file to write, never one that stands there or that a link leads to."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        return os.open(scratch, flags, 0o666)
    except FileExistsError:
        Path(scratch).unlink()
        return os.open(scratch, flags, 0o666)
