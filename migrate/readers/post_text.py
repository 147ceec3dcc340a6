"""The text of a post's file as UTF-8; what is no text, or in another encoding, is refused."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from migrate.errors import RecordError
from migrate.output import content, plain
from migrate.syntax import frontmatter

_BINARY_PROBE: Final = 1024
"""How many bytes of a file without front matter are looked at to tell that it is no text."""

_OPENINGS: Final = (b"---", b"+++", b"Title:", b"title:")
"""How posts begin, and no report does."""

_LONGEST_TEXT: Final = plain.MOST
"""How many bytes a file may hold."""

_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
"""What Python makes of the bytes in a file's name that aren't UTF-8."""

_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def read(path: str, *, follow: bool = False) -> bytes:
    """Give what a file holds, and with `follow` what one that is a link leads to.

    Raises RecordError where it can't be read.
    """
    try:
        descriptor, size = plain.descriptor_of(path, follow=follow)
        try:
            _refuse_long(size)
            return content.rest_of(descriptor, size)
        finally:
            os.close(descriptor)
    except plain.NotPlain as error:
        fix = "Remove it, or write what it gives to a file"
        raise RecordError("source-unreadable", str(error.strerror), fix=fix) from error
    except OSError as error:
        raise RecordError(
            "source-unreadable",
            f"the file can't be read: {error.strerror}",
            fix="Check its permissions",
        ) from error


def is_post(path: str) -> bool:
    """Tell whether a file plainly is a post: its first line opens front matter."""
    try:
        with Path(path).open("rb") as stream:
            first = stream.read(_BINARY_PROBE)
    except OSError:
        return False
    return first.removeprefix(frontmatter.BYTE_ORDER_MARK).lstrip().startswith(_OPENINGS)


def refuse_name(path: str) -> None:
    """Raise RecordError for a file whose name isn't UTF-8."""
    if not path.isascii() and _NOT_UTF8.search(path):
        raise RecordError(
            "source-file-name",
            "the file's name is not UTF-8",
            fix="Rename the file: its slug and its address come from the name",
        )


def refuse_binary(data: bytes) -> None:
    """Raise RecordError for a file without front matter that is no text at all."""
    # A text may hold a NUL, and WordPress keeps it; a file without front matter has no text.
    if b"\0" in data[:_BINARY_PROBE]:
        raise RecordError(
            "source-not-text",
            "the file holds binary data",
            line=1,
            fix="Remove it, or give it an ending that no post has",
        )


def _refuse_long(size: int) -> None:
    if size > _LONGEST_TEXT:
        raise RecordError(
            "source-text-too-long",
            f"the file holds {size} bytes; one text is at most {_LONGEST_TEXT}",
            fix="Take the text out of the file, or shorten it",
        )


def as_utf8(data: bytes, encoding: str) -> bytes:
    """Give a file's text in UTF-8; RecordError where it isn't in `encoding`."""
    if encoding == "utf-8":
        if data.isascii():
            return data
        _refuse_utf16(data)
    try:
        text = data.decode(encoding)
    except UnicodeError as error:
        if not data.lstrip(frontmatter.BYTE_ORDER_MARK + b" \t\r\n").startswith(b"---"):
            refuse_binary(data)
        at = getattr(error, "start", 0)
        raise RecordError(
            "source-encoding",
            f"byte 0x{data[at]:02X} is not {encoding.upper()}",
            line=data.count(b"\n", 0, at) + 1,
            column=at - data.rfind(b"\n", 0, at),
            fix="Save the file as UTF-8, or name its encoding with --encoding (latin-1, cp1252 …)",
        ) from error
    return data if encoding == "utf-8" else text.encode("utf-8")


def _refuse_utf16(data: bytes) -> None:
    if data.startswith(_UTF_16_MARKS):
        raise RecordError(
            "source-encoding",
            "the file is UTF-16",
            line=1,
            column=1,
            fix="Save it as UTF-8, or read it with --encoding utf-16",
        )
