"""Lines: values of JSON on disk, each found again by where it lies, from any process."""

from __future__ import annotations

import os
from typing import Any, BinaryIO, Final

from migrate import quick_json

__all__ = ["Lines"]

_PIECE: Final = 16 * 1024


class Lines:
    """Values in a file that nobody else writes; a forked process reads them as well."""

    def __init__(self, spool: BinaryIO) -> None:
        self._spool = spool
        self._end = 0

    def add(self, value: Any) -> int:
        """Keep a value; give where it lies."""
        return self.put(quick_json.dumps(value).encode())

    def put(self, line: bytes) -> int:
        """Keep a value that is a line of JSON already, but for its end."""
        offset, self._end = self._end, self._end + len(line) + 1
        self._spool.write(line + b"\n")
        return offset

    def flush(self) -> None:
        """Put everything onto the disk, which a fork has to find there."""
        self._spool.flush()

    def at(self, offset: int) -> Any:
        """Give the value at an offset."""
        self.flush()
        line = piece = os.pread(self._spool.fileno(), _PIECE, offset)
        while piece and b"\n" not in piece:
            piece = os.pread(self._spool.fileno(), len(line), offset + len(line))
            line += piece
        return quick_json.loads(line[: line.index(b"\n")])
