"""Files that a run reads beside SOURCE: plain ones, and of a measure.

A pipe would be waited for, a device may give bytes without end, and a file of many gigabytes would
take all memory; each of them can stand where a manifest or a mapping is looked for.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

MOST: Final = 64 << 20
"""How many bytes a file that is held whole may have: a hundred times what such files hold."""

NO_FILE: Final = "it is a pipe or a device, and no file"
_PROMPTLY: Final = (
    getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_BLOCK: Final = 1 << 20


def descriptor_of(path: str | Path, *, follow: bool = True) -> int:
    """Open a file to read it and give the descriptor; without `follow` no link at its end is.

    Raises OSError where the system refuses, or it is a pipe, a device or a folder.
    """
    # Opened so, a pipe doesn't wait until somebody writes to it.
    descriptor = os.open(path, os.O_RDONLY | _PROMPTLY | (0 if follow else _NO_LINK))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return descriptor
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, NO_FILE, str(path))


def opened(path: str | Path, *, follow: bool = True) -> BinaryIO:
    """Open a file to read it, as `descriptor_of` does."""
    return os.fdopen(descriptor_of(path, follow=follow), "rb")


def read(path: str | Path, most: int = MOST) -> bytes:
    """Give all that a file holds; OSError, as `descriptor_of`, or where it is more than `most`."""
    with opened(path) as stream:
        data = bytearray()
        while block := stream.read(min(_BLOCK, most + 1 - len(data))):
            data += block
        if len(data) > most:
            said = f"it holds more than {most >> 20} MB"
            raise OSError(errno.EFBIG, said, str(path))
    return bytes(data)
