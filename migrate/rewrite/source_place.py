"""The bytes that a line of a body takes up with all that stands there only because of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import Final

from migrate.rewrite.attributions import UnclearError
from migrate.rewrite.edits import Edit
from migrate.syntax.html_markup import Markup, Tag
from migrate.syntax.text_lines import Line

_BLANKS: Final = b"\t\n\f\r "
_OPENED: Final = re.compile(rb"<(p|div|footer|small)(?: [^<>]*)?>[\t\n\f\r ]*\Z", re.IGNORECASE)
_CLOSED: Final = re.compile(rb"[\t\n\f\r ]*</(p|div|footer|small)[\t\n\f\r ]*>", re.IGNORECASE)
_BREAKS: Final = re.compile(rb"(?:<br ?/?>[\t\n\f\r ]*)++\Z", re.IGNORECASE)
_BLOCK_NAMES: Final = (
    b"address article aside blockquote details div dl figure footer h1 h2 h3 h4 h5 h6 header hr "
    b"nav ol p pre section table ul"
).split()
_BLOCK_LEVEL: Final = re.compile(
    rb"<(?:" + b"|".join(_BLOCK_NAMES) + rb")[\t\n\f\r />]", re.IGNORECASE
)
_ENDS_PARAGRAPH: Final = frozenset([*_BLOCK_NAMES, b"center", b"form", b"li", b"td", b"th"])
_BREAKS_BEHIND: Final = re.compile(rb"[\t\n\f\r ]*+(?:<br ?/?>[\t\n\f\r ]*+)*+", re.IGNORECASE)
_BLANK_LINE: Final = re.compile(rb"\n[\t\r ]*\n")
_BLOCK_OPENED: Final = re.compile(rb"<!-- wp:paragraph (?:\{[^<>]*\} )?-->[\t\n\f\r ]*\Z")
_BLOCK_CLOSED: Final = re.compile(rb"[\t\n\f\r ]*<!-- /wp:paragraph -->")
_LONGEST: Final = 1_000
"""How many bytes before a line are looked at: a longer tag isn't taken for a part of it."""


def instead(body: bytes, markup: Markup, line: Line, new: bytes) -> Edit:
    """Put something in the place of a line; what stood in a paragraph block becomes an HTML block.

    What is no block element takes the place of the line alone, and the paragraph stays. A paragraph
    that holds more than the line is parted; UnclearError where that is a block of its own.
    """
    if not _BLOCK_LEVEL.match(new):
        apart = b"" if line.text else _newline(body) * 2  # as the <link> was
        return Edit(line.start, line.end, apart + new + apart)
    whole = _paragraph(body, line)
    if whole is None and (opener := _open_paragraph(markup, line.start)) is not None:
        return _parting(body, opener, line, new)
    start, end = whole or (_breaks(body, line), line.end)
    if (block := _block(body, start, end)) is not None:
        return Edit(*block, _as_block(body, new))
    return Edit(start, end, new)


def without(body: bytes, line: Line) -> Edit:
    """Take out a line with its paragraph; what stood before and behind it stays apart."""
    paragraph = _paragraph(body, line)
    start, end = paragraph or (_breaks(body, line), line.end)
    start, end = _block(body, start, end) or (start, end)
    before, behind = body[max(start - _LONGEST, 0) : start], body[end : end + _LONGEST]
    blanks = len(before) - len(before.rstrip(_BLANKS))
    if not behind.strip() and end + _LONGEST >= len(body):
        return Edit(start - blanks, end, b"")
    round_it = body[start - blanks : start] + behind[: len(behind) - len(behind.lstrip(_BLANKS))]
    is_apart = blanks == start or (paragraph is None and line.text) or _BLANK_LINE.search(round_it)
    return Edit(start, end, b"" if is_apart else _newline(body) * 2)


def behind(body: bytes, new: bytes) -> Edit:
    """Put something at the end of a body, on a line of its own."""
    newline = _newline(body)
    if b"<!-- wp:" in body:
        new = _as_block(body, new)
    elif not _BLOCK_LEVEL.match(new):
        new = newline + new  # a paragraph of its own to WordPress
    new = new + newline if body.endswith(b"\n") else newline + new
    return Edit(len(body), len(body), new)


def is_in(body: bytes, line: Line, whole: bytes) -> bool:
    """Say whether a line is part of a certain text that stands in the body."""
    length = line.end - line.start
    if len(whole) < length:
        return False
    at = body.find(whole, max(line.end - len(whole), 0), line.start + len(whole))
    return at >= 0


def _paragraph(body: bytes, line: Line) -> tuple[int, int] | None:
    """Give the element that holds nothing but the line."""
    window = body[max(line.start - _LONGEST, 0) : line.start]
    opened, closed = _OPENED.search(window), _CLOSED.match(body, line.end)
    if opened is None or closed is None or opened[1].lower() != closed[1].lower():
        return None
    return line.start - len(window) + opened.start(), closed.end()


def _open_paragraph(markup: Markup, at: int) -> Tag | None:
    """Give the start tag of the paragraph that a place is in."""
    for number in range(bisect_left(markup.tags, at, key=attrgetter("start")) - 1, -1, -1):
        tag = markup.tags[number]
        if tag.name in _ENDS_PARAGRAPH:
            return tag if tag.name == b"p" and not tag.is_end else None
    return None


def _parting(body: bytes, opener: Tag, line: Line, new: bytes) -> Edit:
    """Put something between what stands before a line and what stands behind it."""
    window = body[max(opener.start - _LONGEST, 0) : opener.start]
    if _BLOCK_OPENED.search(window):
        message = "the line that names the source shares a paragraph block with other text"
        raise UnclearError(message, line.start, "Give it a paragraph of its own")
    newline, start, end = _newline(body), _breaks(body, line), line.end
    if body[opener.end : start].strip():
        new = b"</p>" + newline + new
    else:
        start = opener.start
    closed = _CLOSED.match(body, end)
    if closed is not None and closed[1].lower() == b"p":
        return Edit(start, closed.end(), new)
    breaks = _BREAKS_BEHIND.match(body, end)
    tag = b"<p>" if start != opener.start else body[opener.start : opener.end]
    return Edit(start, breaks.end() if breaks else end, new + newline + tag)


def _breaks(body: bytes, line: Line) -> int:
    """Give where the line breaks directly before a line begin, which only set it apart."""
    window = body[max(line.start - _LONGEST, 0) : line.start]
    found = _BREAKS.search(window)
    return line.start - len(window) + found.start() if found else line.start


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
    first = body.find(b"\n")
    return b"\r\n" if first > 0 and body[first - 1 : first] == b"\r" else b"\n"
