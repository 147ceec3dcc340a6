"""Cuts files whose head has no marks: JSON, `Key: value` lines, reStructuredText, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax import json_text, key_value, rst_fields
from migrate.syntax.frontmatter import BYTE_ORDER_MARK, Frame

Parts = tuple[Frame, bytes, bytes]

_PREFIX: Final = pattern(rb"(?:%b)?(?:[ \t]*\r?\n)*" % BYTE_ORDER_MARK)
_OBJECT: Final = pattern(r'\{\s*["}]')
_BLANKS: Final = " \t\r\n"
_LINE: Final = pattern(r"[^\n]*\n|[^\n]+\Z")
_FIRST_KEY: Final = pattern(rb" {0,3}[A-Za-z0-9_-]+:")
_REST_OF_LINE: Final = pattern(rb"[ \t]*(?:\r?\n|\Z)")
_HTML: Final = pattern(
    rb"((?:<!doctype[^>]*>\s*)?<html\b[^>]*>\s*<head\b[^>]*>\n?)(.*?)"
    rb"((?<![ \t])[ \t]*+</head\s*+>(?:\s*+<body\b[^>]*>\n?)?)",
    re.IGNORECASE | re.DOTALL,
)
_HTML_TAIL: Final = pattern(rb"(?:\n|(?<![ \t]))[ \t]*+</body\s*+>", re.IGNORECASE)
_EMPTY_COMMENT: Final = ("", "..", "")
_GOES_ON: Final = pattern(rb"(?:[ \t]*\r?\n)*[\s:]|\.\.[ \t]*\r?\n")
_AS_WRITTEN: Final[Mapping[str, tuple[bytes, bytes, bytes]]] = {
    "json": (b"", b"", b""),
    "key-value": (b"", b"\n", b""),
    "rst": (b"", b"\n", b""),
    "html-head": (b"<html>\n<head>\n", b"</head>\n<body>\n", b"\n</body>\n</html>\n"),
}


def cut(name: str, data: bytes) -> Parts | None:
    """Give frame, head and body of a file in that spelling; None where it doesn't begin so."""
    prefix = _PREFIX.match(data)
    assert prefix is not None  # it may be empty
    parts = _CUTTERS[name](data[prefix.end() :])
    if parts is None:
        return None
    parts[0].prefix = prefix[0]
    parts[0].head_line += prefix[0].count(b"\n")
    return parts


def new_frame(name: str, body: bytes) -> Frame:
    """Give the frame of a file that had none yet.

    In reStructuredText an empty comment parts the fields from a body that would go on with them.
    """
    opening, closing, tail = _AS_WRITTEN[name]
    if name == "rst" and _GOES_ON.match(body):
        closing = "".join(f"{line}\n" for line in _EMPTY_COMMENT).encode()
    return Frame(b"", opening, closing, b"\n", 1 + opening.count(b"\n"), tail)


def _json(data: bytes) -> Parts | None:
    if not data.startswith(b"{"):
        return None
    text = data.decode("utf-8")
    if not _OBJECT.match(text):
        return None  # a template's tag, perhaps
    end = json_text.end_of_object(text)
    if end is None:
        raise _broken_object(text)
    at = len(text[:end].encode())
    behind = _REST_OF_LINE.match(data, at)
    stop = behind.end() if behind else at
    return _framed(data, 0, stop, stop)


def _broken_object(text: str) -> RecordError:
    try:
        json_text.load(text)
    except RecordError as error:
        return error
    return RecordError("source-front-matter-syntax", "the JSON has no end", line=1, fix="Close it")


def _key_value(data: bytes) -> Parts | None:
    if not _FIRST_KEY.match(data):
        return None  # told before a long text is made lines
    lines = _LINE.findall(data.decode("utf-8"))
    count = 0
    for line in lines:
        text = line.rstrip(_BLANKS)
        if key_value.ENTRY.fullmatch(text) or (count and key_value.MORE.fullmatch(text)):
            count += 1
        else:
            break
    return _lines_framed(data, lines, count) if count else None


def _rst(data: bytes) -> Parts | None:
    lines = _LINE.findall(data.decode("utf-8"))
    bare = [line.rstrip(_BLANKS) for line in lines[:3]]
    title_at, count = rst_fields.title_of(bare)
    first = _next_text(lines, count)
    if first < len(lines) and rst_fields.ENTRY.fullmatch(lines[first].rstrip(_BLANKS)):
        count = _end_of_fields(lines, first)
    elif title_at is None:
        return None
    return _lines_framed(data, lines, count, _EMPTY_COMMENT)


def _end_of_fields(lines: list[str], first: int) -> int:
    """Give the number of the first line that belongs to no field."""
    end = first
    while end < len(lines):
        at = _next_text(lines, end)
        if at == len(lines):
            break
        line = lines[at].rstrip(_BLANKS)
        if not (line[:1] in rst_fields.INDENT or rst_fields.ENTRY.fullmatch(line)):
            break
        end = at + 1
    return end


def _next_text(lines: list[str], start: int) -> int:
    return next((n for n in range(start, len(lines)) if lines[n].strip(_BLANKS)), len(lines))


def _lines_framed(
    data: bytes, lines: list[str], count: int, separator: Sequence[str] = ()
) -> Parts:
    """Frame a head of so many lines; the blank line behind it, or the separator, closes it."""
    end = len("".join(lines[:count]).encode())
    behind = [line.rstrip(_BLANKS) for line in lines[count : count + max(1, len(separator))]]
    closing = len(separator) if separator and behind == [*separator] else behind[:1] == [""]
    stop = end + len("".join(lines[count : count + closing]).encode())
    return _framed(data, 0, end, stop)


def _html(data: bytes) -> Parts | None:
    found = _HTML.match(data)
    if found is None:
        return None
    frame, head, body = _framed(data, found.end(1), found.end(2), found.end(3))
    frame.opening = found[1]
    frame.head_line = 1 + found[1].count(b"\n")
    if b"<body" not in found[3].lower():
        return (_with_tail(frame, b"", body), head, b"")
    ends = list(_HTML_TAIL.finditer(body))
    at = ends[-1].start() if ends else len(body)
    return _with_tail(frame, frame.closing, body[at:]), head, body[:at]


def _with_tail(frame: Frame, closing: bytes, tail: bytes) -> Frame:
    frame.closing = closing or frame.closing
    frame.tail = tail
    return frame


def _framed(data: bytes, start: int, end: int, stop: int) -> Parts:
    r"""Frame the head at `start:end`, closed by `end:stop`; a head in CRLF is given with LF."""
    head = data[start:end]
    newline = b"\n"
    if b"\r\n" in head and head.count(b"\n") == head.count(b"\r\n"):
        newline = b"\r\n"
        head = head.replace(newline, b"\n")
    return Frame(b"", b"", data[end:stop], newline, 1), head, data[stop:]


_CUTTERS: Final[Mapping[str, Callable[[bytes], Parts | None]]] = {
    "json": _json,
    "key-value": _key_value,
    "rst": _rst,
    "html-head": _html,
}
