"""Form: a file and some fields as `multipart/form-data`, read from the disk while it is sent.

WordPress takes the bare bytes of a file too, but PHP then holds them in memory, twice for a moment;
a form's file it writes to its own disk (WP_REST_Attachments_Controller::upload_from_file()).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

__all__ = ["Form"]

_ESCAPED: Final = {'"': "%22", "\r": "%0D", "\n": "%0A"}
"""What the HTML standard (4.10.22.8) writes in names instead."""

_BLOCK: Final = 64 * 1024


class Form:
    """A context manager that has the file open; to be read once, from the beginning to the end."""

    def __init__(
        self, fields: Mapping[str, str], path: Path, *, name: str, media_type: str
    ) -> None:
        """`name` is what the site is to call the file. Raises OSError where it can't be read."""
        boundary = f"wpmigrate-{secrets.token_hex(16)}"
        self.content_type = f"multipart/form-data; boundary={boundary}"
        parts = [_field(boundary, field, value) for field, value in fields.items()]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="'
        head += f'{_quoted(name)}"\r\nContent-Type: {media_type}\r\n\r\n'
        self._file: BinaryIO = path.open("rb")
        self._length = path.stat().st_size
        self._pieces = [b"".join(parts) + head.encode(), f"\r\n--{boundary}--\r\n".encode()]
        self._size = self._length + sum(map(len, self._pieces))
        self._stream = self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        """Give the bytes in all, which a request states beforehand."""
        return self._size

    def __iter__(self) -> Iterator[bytes]:
        """Give the bytes piece by piece."""
        return self._stream

    def read(self, _size: int = -1) -> bytes:
        """Give the next piece, however much was asked for; nothing at the end."""
        return next(self._stream, b"")

    def _read(self) -> Iterator[bytes]:
        head, tail = self._pieces
        yield head
        left = self._length  # and no byte more, should the file be growing
        while left and (piece := self._file.read(min(left, _BLOCK))):
            left -= len(piece)
            yield piece
        yield tail


def _field(boundary: str, name: str, value: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n'
    return head.encode() + value.encode("utf-8", "replace") + b"\r\n"


def _quoted(name: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in name.encode("utf-8", "replace").decode())
