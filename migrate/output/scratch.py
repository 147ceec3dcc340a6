"""A file of a folder, written under a name beside its place and then moved there."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from migrate.output.content import Content, blocks

_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_IN_FOLDERS: Final = {os.open, os.link, os.unlink} <= os.supports_dir_fd
"""Whether files can be named as they are in a folder that is open: Windows can't."""


def put(scratch: str, place: str, content: Content, *, is_new: bool) -> None:
    """Write `scratch`, then move it to `place`; what stood there keeps its permissions.

    One that `is_new` takes the place of nothing, whatever has come there in the meantime. Raises
    OSError where the system refuses; what stood there is whole then.
    """
    descriptor = _opened(scratch)
    try:
        for block in blocks(content):
            _write(descriptor, block)
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


def put_new(scratch: str, folder: str, files: Iterable[tuple[str, bytes]]) -> None:
    """Do the same for new files of a folder, given by their names; an OSError names the file.

    The folders are opened, so that the system needn't walk to them for each file.
    """
    name = ""
    try:
        with _putting(scratch, folder) as put_one:
            for name, data in files:
                put_one(name, data)
    except OSError as error:
        error.filename = f"{folder}/{name}"
        raise


@contextmanager
def _putting(scratch: str, folder: str) -> Iterator[Callable[[str, bytes], None]]:
    """Give what puts a new file into a folder."""
    if not _IN_FOLDERS:
        yield lambda name, data: put(scratch, f"{folder}/{name}", data, is_new=True)
        return
    own, _, new = scratch.rpartition("/")
    with _open_folder(own) as here, _open_folder(folder) as there:

        def put_one(name: str, data: bytes) -> None:
            descriptor = _opened(new, here)
            try:
                _write(descriptor, data)
            finally:
                os.close(descriptor)
            try:
                os.link(new, name, src_dir_fd=here, dst_dir_fd=there, follow_symlinks=False)
            except FileExistsError:
                raise
            except OSError:
                _move(scratch, f"{folder}/{name}")
            else:
                os.unlink(new, dir_fd=here)

        yield put_one


@contextmanager
def _open_folder(path: str) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write(descriptor: int, block: bytes) -> None:
    written = os.write(descriptor, block)
    while written < len(block):
        written += os.write(descriptor, block[written:])


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


def _opened(scratch: str, folder: int | None = None) -> int:
    """Open the file to write, never one that stands there or that a link leads to."""
    try:
        return os.open(scratch, _FLAGS, 0o666, dir_fd=folder)
    except FileExistsError:
        os.unlink(scratch, dir_fd=folder)
        return os.open(scratch, _FLAGS, 0o666, dir_fd=folder)
