"""Cuts the bytes of a file into front matter and body, and puts the same bytes together again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct

from migrate.errors import RecordError

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class Fence(Struct, frozen=True):
    """The line that opens a head and the lines that may close it, without blanks behind them."""

    opening: bytes
    closings: tuple[bytes, ...]


DASHES: Final = Fence(b"---", (b"---",))


class Frame(Struct):
    r"""All of a file with front matter that is neither head nor body.

    - `prefix`: what stands before the opening line: a byte order mark, blank lines.
    - `opening`, `closing`: the two lines as they stand, with blanks and line end; at the end of
      the file `closing` may have no line end.
    - `newline`: `\r\n` where every line of the head ends so; the head is then given with `\n`.
    - `head_line`: the number (from 1) of the line that follows the opening one.
    - `tail`: what stands behind the body, where a body has an end of its own (HTML).
    """

    prefix: bytes
    opening: bytes
    closing: bytes
    newline: bytes
    head_line: int
    tail: bytes = b""

    @property
    def fence(self) -> bytes:
        """The opening line without blanks and line end: `---`."""
        return self.opening.rstrip()

    @property
    def has_byte_order_mark(self) -> bool:
        """Whether the file begins with the byte order mark of UTF-8."""
        return self.prefix.startswith(BYTE_ORDER_MARK)

    @property
    def blank_lines(self) -> int:
        """How many blank lines stand before the opening line."""
        return self.prefix.count(b"\n")


def split(data: bytes, fences: tuple[Fence, ...] = (DASHES,)) -> tuple[Frame, bytes, bytes] | None:
    """Frame, head and body of a file; None where it doesn't begin with front matter.

    The head ends at the first line that is exactly a closing one; blanks behind it are let pass.
    The body is every byte behind that line. A byte order mark and blank lines may come first.
    Raises `RecordError` with the opening line's number where the head is never closed.
    """
    found = _openings(fences).match(data)
    if found is None:
        return None
    prefix, opening = found.groups()
    mark = opening.rstrip()
    closings = next(fence.closings for fence in fences if fence.opening == mark)
    line = prefix.count(b"\n") + 1
    end = _closing(closings).search(data, found.end() - 1)
    if end is None:
        closing = closings[0].decode()
        raise RecordError(
            "source-front-matter-unclosed",
            f"the front matter that opens here has no closing `{closing}`",
            line=line,
            column=1,
            fix=f"Put a line `{closing}` between the front matter and the text",
        )
    head = data[found.end() : end.start(1)]
    newline = b"\n"
    if b"\r" in opening and head.count(b"\n") == head.count(b"\r\n"):
        newline = b"\r\n"
        head = head.replace(newline, b"\n")
    return Frame(prefix, opening, end[1], newline, line + 1), head, data[end.end() :]


def usual(body: bytes, fence: Fence = DASHES) -> Frame:
    """The frame that a file gets which never stood otherwise; without a body it has no last LF."""
    closing = fence.closings[0] + (b"\n" if body else b"")
    return Frame(b"", fence.opening + b"\n", closing, b"\n", 2)


def join(frame: Frame, head: bytes, body: bytes) -> bytes:
    """The bytes of the file: `join(*split(data)) == data`. `head` ends its lines with LF."""
    if frame.newline != b"\n":
        head = head.replace(b"\n", frame.newline)
    return b"".join((frame.prefix, frame.opening, head, frame.closing, body, frame.tail))


def join_all(heads: Iterable[str], bodies: Iterable[bytes]) -> list[bytes]:
    """The same for many files, each in its `usual` frame; UnicodeEncodeError for half a pair."""
    opening, *ends = (
        line.decode() for line in (DASHES.opening + b"\n", usual(b"").closing, usual(b"-").closing)
    )
    return [
        f"{opening}{head}{ends[bool(body)]}".encode() + body
        for head, body in zip(heads, bodies, strict=True)
    ]


@lru_cache
def _openings(fences: tuple[Fence, ...]) -> re.Pattern[bytes]:
    marks = _either(fence.opening for fence in fences)
    return re.compile(
        rb"((?:%b)?(?:[ \t]*\r?\n)*)(%b[ \t]*(?:\r?\n|\Z))" % (BYTE_ORDER_MARK, marks)
    )


@lru_cache
def _closing(marks: tuple[bytes, ...]) -> re.Pattern[bytes]:
    # Begins with the line end before it, not with `^`: a search for a literal is ten times faster.
    return re.compile(rb"\n(%b[ \t]*(?:\r?\n|\r?\Z))" % _either(marks))


def _either(marks: Iterable[bytes]) -> bytes:
    return b"(?:%b)" % b"|".join(map(re.escape, marks))
