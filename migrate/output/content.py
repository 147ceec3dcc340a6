"""What a file shall hold, in blocks, or holds, and its hash."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

Content = bytes | BinaryIO
"""What a file shall hold; a stream is read from its start, more than once."""

_BLOCK: Final = 1 << 20


def blocks(content: Content) -> Iterable[bytes]:
    """Give what a file shall hold, a part at a time."""
    if isinstance(content, bytes):
        yield content
        return
    content.seek(0)
    while block := content.read(_BLOCK):
        yield block


def digest(content: Content) -> str:
    """Give its SHA-256, in hexadecimal."""
    if isinstance(content, bytes):
        return sha256(content).hexdigest()
    found = sha256()
    for block in blocks(content):
        found.update(block)
    return found.hexdigest()


def bytes_of(path: str, size: int) -> bytes:
    """Give what a file holds, by as few calls as can be; `size` is what it had a moment ago."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return rest_of(descriptor, size)
    finally:
        os.close(descriptor)


def rest_of(descriptor: int, size: int) -> bytes:
    """Give what is still to be read of a file, of which so much was there a moment ago."""
    data = os.read(descriptor, size + 1)
    if len(data) != size:  # it grew or shrank since, or comes in pieces
        data += b"".join(iter(lambda: os.read(descriptor, _BLOCK), b""))
    return data


def digest_of(path: Path) -> str:
    """Give the SHA-256 of what a file holds; empty where there is none."""
    try:
        with path.open("rb") as stream:
            return digest(stream)
    except FileNotFoundError:
        return ""
