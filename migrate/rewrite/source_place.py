"""The bytes that a line of a body takes up with all that stands there only because of it."""

from __future__ import annotations

import re
from typing import Final

from migrate.rewrite.draft import Edit
from migrate.syntax.text_lines import Line

_BLANKS: Final = b"\t\n\f\r "
_OPENED: Final = re.compile(rb"<(p|div|footer|small)(?: [^<>]*)?>[\t\n\f\r ]*\Z", re.IGNORECASE)
_CLOSED: Final = re.compile(rb"[\t\n\f\r ]*</(p|div|footer|small)[\t\n\f\r ]*>", re.IGNORECASE)
_BREAK: Final = re.compile(rb"<br ?/?>\Z", re.IGNORECASE)
_BLOCK_OPENED: Final = re.compile(rb"<!-- wp:paragraph (?:\{[^<>]*\} )?-->[\t\n\f\r ]*\Z")
_BLOCK_CLOSED: Final = re.compile(rb"[\t\n\f\r ]*<!-- /wp:paragraph -->")
_LONGEST: Final = 1_000
"""How many bytes before a line are looked at: a longer tag isn't taken for a part of it."""


def instead(body: bytes, line: Line, new: bytes) -> Edit:
    """Put something in the place of a line; what stood in a paragraph block becomes an HTML block."""
    start, end = _with_paragraph(body, line)
    if new and (block := _block(body, start, end)) is not None:
        return Edit(*block, _as_block(body, new))
    return Edit(start, end, new)


def without(body: bytes, line: Line) -> tuple[int, int]:
    """Give what goes with a line that goes; at the end of a body the blanks before it too."""
    start, end = _with_paragraph(body, line)
    start, end = _block(body, start, end) or (start, end)
    if not body[end:].strip():
        start = len(body[:start].rstrip(_BLANKS))
    return start, end


def behind(body: bytes, new: bytes) -> Edit:
    """Put something at the end of a body, on a line of its own."""
    if b"<!-- wp:" in body:
        new = _as_block(body, new)
    has_end = body.endswith(b"\n")
    return Edit(len(body), len(body), new if has_end else _newline(body) + new)


def is_in(body: bytes, line: Line, whole: bytes) -> bool:
    """Say whether a line is part of a certain text that stands in the body."""
    length = line.end - line.start
    if len(whole) < length:
        return False
    at = body.find(whole, max(line.end - len(whole), 0), line.start + len(whole))
    return at >= 0


def _with_paragraph(body: bytes, line: Line) -> tuple[int, int]:
    """Give the element that holds nothing but the line, or the line and the breaks before it."""
    window = body[max(line.start - _LONGEST, 0) : line.start]
    opened, closed = _OPENED.search(window), _CLOSED.match(body, line.end)
    if opened and closed and opened[1].lower() == closed[1].lower():
        return line.start - len(window) + opened.start(), closed.end()
    start = line.start
    while found := _BREAK.search(body[max(start - _LONGEST, 0) : start].rstrip(_BLANKS)):
        start = len(body[:start].rstrip(_BLANKS)) - len(found[0])
    return start, line.end


def _block(body: bytes, start: int, end: int) -> tuple[int, int] | None:
    window = body[max(start - _LONGEST, 0) : start]
    opened, closed = _BLOCK_OPENED.search(window), _BLOCK_CLOSED.match(body, end)
    if opened is None or closed is None:
        return None
    return start - len(window) + opened.start(), closed.end()


def _as_block(body: bytes, new: bytes) -> bytes:
    newline = _newline(body)
    return newline.join((b"<!-- wp:html -->", new, b"<!-- /wp:html -->"))


def _newline(body: bytes) -> bytes:
    return b"\r\n" if b"\r\n" in body else b"\n"
