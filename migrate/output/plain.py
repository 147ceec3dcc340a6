"""Files of others that a run reads: plain ones, and of a measure.

A pipe would be waited for, a device may give bytes without end, and a file of many gigabytes would
take all memory; each of them can stand where a post, a manifest or a mapping is looked for.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path
from typing import Final

MOST: Final = 256 << 20
"""How many bytes a file that is held whole may have."""

MOST_SAID: Final = 16 << 20
"""The same where people write it: settings, a mapping, an author map."""

_PROMPTLY: Final = (
    getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


AS_IT_STANDS: Final = _PROMPTLY | _NO_LINK
"""Flags to open what stands at a path: no link is followed, no pipe waited for."""


class NotPlain(OSError):  # noqa: N818 - names a state, as its siblings of Python do
    """What was to be read is a pipe, a device, a socket, or a link that isn't to be followed."""


def descriptor_of(path: str | Path, *, follow: bool = True) -> tuple[int, int]:
    """Open a file to read it; give the descriptor, and how many bytes it has.

    Without `follow` no link at the path's end is followed. Raises OSError where the system refuses
    or it is a folder, NotPlain where it is no file at all.
    """
    try:
        # Opened so, a pipe doesn't wait until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | _PROMPTLY | (0 if follow else _NO_LINK))
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket can't be opened
            raise _no_file(path) from error
        if error.errno == errno.ELOOP and not follow:
            said = "it is a link, which isn't followed"
            raise NotPlain(errno.ELOOP, said, str(path)) from error
        raise
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode):
        return descriptor, found.st_size
    os.close(descriptor)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise _no_file(path)


def opened(path: str | Path, *, follow: bool = True) -> io.BufferedReader:
    """Open a file to read it, as `descriptor_of` does."""
    descriptor, _ = descriptor_of(path, follow=follow)
    return os.fdopen(descriptor, "rb")


def read(path: str | Path, most: int = MOST, *, follow: bool = True) -> bytes:
    """Give all that a file holds; OSError, as `descriptor_of`, or where it is more than `most`."""
    descriptor, size = descriptor_of(path, follow=follow)
    try:
        data = os.read(descriptor, min(size, most) + 1)
        while len(data) <= most and (more := os.read(descriptor, most + 1 - len(data))):
            data += more  # seldom: a short read, or a file that grows
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it holds more than {most >> 20} MB", str(path))
    return data


def text(path: str | Path, most: int = MOST_SAID) -> str:
    """Give a file's text with one kind of line ends; UnicodeDecodeError where it isn't UTF-8."""
    return io.StringIO(read(path, most).decode("utf-8"), newline=None).read()


def _no_file(path: str | Path) -> NotPlain:
    return NotPlain(errno.EINVAL, "it is a pipe or a device, and no file", str(path))
