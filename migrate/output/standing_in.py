"""A file that stands in for a stream, which can be read but once."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from migrate.errors import SourceError
from migrate.output.replacement import explaining_spool

_BLOCK: Final = 1 << 20


@contextlib.contextmanager
def standing_in(stream: BinaryIO, name: str) -> Iterator[Path]:
    """Give a file called `name` that holds all of a stream; the end of the block removes it.

    Raises SourceError where the stream can't be read, OutputError where the file can't be written.
    """
    with contextlib.ExitStack() as stack:
        with explaining_spool():
            folder = tempfile.TemporaryDirectory(prefix="wpmigrate-")
            path = Path(stack.enter_context(folder)) / name
        with explaining_spool(), path.open("wb") as file:
            while block := _read(stream, name):
                file.write(block)
        yield path


def _read(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(_BLOCK)
    except OSError as error:
        raise SourceError(f"can't be read: {error.strerror or error}", path=name) from error
