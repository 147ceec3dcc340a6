"""The lines of text that a reader sees in an HTML body, each with where it stands and its links.

A line is what stands between two block elements, line breaks, images or blank lines (which
WordPress makes paragraphs of). What is shown as quoted, listed, tabled, or as a heading is none.
"""

from __future__ import annotations

import heapq
import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

from msgspec import Struct, field

from migrate.syntax.html_markup import Markup, Tag, attribute

APART: Final = frozenset(
    b"blockquote figure table ul ol dl pre h1 h2 h3 h4 h5 h6 nav form button select".split()
)
"""Elements whose text says nothing about the post as a whole."""

_INLINE: Final = frozenset(
    b"a abbr b big bdi bdo cite data del dfn em font i ins kbd mark q s samp small span strike "
    b"strong sub sup time tt u var".split()
)
_IN_LINES: Final = _INLINE | {b"code", b"wbr"}

LONGEST: Final = 2_000
"""How many characters of a line are looked at; a longer one isn't `is_whole`."""

_SHOWN_AS_CODE: Final = "\ufffc"
_REFERENCE: Final = re.compile("&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][0-9A-Za-z]*);")
_BLANK_LINE: Final = re.compile(rb"\n[\t\r ]*\n")
_BLANKS: Final = re.compile(r"\s+")
_EDGES: Final = b"\t\n\f\r "


class Anchor(NamedTuple):
    """One link of a line: characters `start` to `end` of its text; `address` as it is written."""

    start: int
    end: int
    address: str
    rel: str


class Line(NamedTuple):
    """One line: bytes `start` to `end` of the body; `text` has no blanks but single ones.

    Not `is_whole` are those that an inline element begins or ends within.
    """

    start: int
    end: int
    text: str
    anchors: tuple[Anchor, ...]
    is_whole: bool


def lines(body: bytes, markup: Markup, start: int = 0) -> Iterator[Line]:
    """Give the lines of a body in order, none of them empty.

    Those from `start` on, which is the beginning of the body or what `boundary` gave.
    """
    text, done = _Text(body, _depth_at(markup, start)), start
    for piece in _pieces(markup, start):
        text.add(done, piece.start)
        done = piece.end
        if isinstance(piece, Tag):
            text.add_tag(piece)
        else:
            text.add_raw(piece)
        if text.lines:
            yield from text.lines
            text.lines.clear()
    text.add(done, len(body))
    text.end_line()
    yield from text.lines


def boundary(markup: Markup, at: int) -> int | None:
    """Give a place at which no line is torn apart, at a byte or soon behind it; None behind all."""
    first = bisect_left(markup.tags, at, key=attrgetter("start"))
    following = islice(markup.tags, first, None)
    return next((tag.start for tag in following if tag.name not in _IN_LINES), None)


def _pieces(markup: Markup, start: int) -> Iterator[Tag | _Raw]:
    """Give what parts the text, in order and no more of it than is asked for."""
    first = bisect_left(markup.tags, start, key=attrgetter("start"))
    raw = (_Raw(*span) for span in markup.raw if span[0] >= start)
    tags: Iterator[Tag | _Raw] = islice(markup.tags, first, None)
    return heapq.merge(tags, raw, key=attrgetter("start"))


def _depth_at(markup: Markup, place: int) -> int:
    depth = 0
    for tag in markup.tags:
        if tag.start >= place:
            break
        if tag.name in APART:
            depth = _depth(tag, depth)
    return depth


class _Raw(NamedTuple):
    start: int
    end: int


class _Open(NamedTuple):
    tag: Tag
    at: int


class _Unfinished(Struct):
    """A line while its pieces come in; `torn` once it can't be cut out without harm."""

    start: int = -1
    end: int = -1
    text: str = ""
    anchors: list[Anchor] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    torn: bool = False
    torn_if_text_follows: bool = False

    def add(self, body: bytes, start: int, end: int) -> None:
        """Take text without tags."""
        if len(self.text) > LONGEST:
            self.torn = True
            return
        piece = body[start:end]
        shown = piece.decode("utf-8", "replace")
        shown = _BLANKS.sub(" ", html.unescape(shown) if "&" in shown else shown)
        if not self.text or self.text.endswith(" "):
            shown = shown.lstrip(" ")
        self.text += shown
        if shown.strip(" "):
            if self.start < 0:
                self.start = start + len(piece) - len(piece.lstrip(_EDGES))
            self.end = end - len(piece) + len(piece.rstrip(_EDGES))
            self.torn = self.torn or self.torn_if_text_follows

    def add_code(self) -> None:
        """Take what is shown as code, which is no text of a line."""
        if len(self.text) <= LONGEST:
            self.text += _SHOWN_AS_CODE

    def open(self, tag: Tag) -> None:
        """Take an inline element's start; one written as closing itself holds nothing."""
        if not tag.is_self_closing:
            self.opened.append(_Open(tag, len(self.text)))

    def close(self, body: bytes, tag: Tag) -> None:
        """Take an inline element's end."""
        if not self.opened or self.opened[-1].tag.name != tag.name:
            self.torn_if_text_follows = self.start >= 0
            return
        opened = self.opened.pop()
        if self.start < 0 or len(self.text) == opened.at:
            return
        self.start, self.end = min(self.start, opened.tag.start), tag.end
        if tag.name == b"a":
            self.anchors.append(_anchor(body, opened.tag, opened.at, len(self.text)))

    def finished(self) -> Line | None:
        """Give the line, if there is any text in it."""
        if self.start < 0:
            return None
        torn = self.torn or any(one.tag.start > self.start for one in self.opened)
        return Line(self.start, self.end, self.text.rstrip(" "), tuple(self.anchors), not torn)


class _Text:
    """Puts the pieces of a body together to lines."""

    def __init__(self, body: bytes, apart: int) -> None:
        self.lines: list[Line] = []
        self._body = body
        self._line = _Unfinished()
        self._apart = apart

    def end_line(self) -> None:
        if line := self._line.finished():
            self.lines.append(line)
        self._line = _Unfinished()

    def add(self, start: int, end: int) -> None:
        if self._apart or start == end:
            return
        while found := _BLANK_LINE.search(self._body, start, end):
            self._line.add(self._body, start, found.start())
            self.end_line()
            start = found.end()
        self._line.add(self._body, start, end)

    def add_tag(self, tag: Tag) -> None:
        if tag.name in _INLINE:
            if tag.is_end:
                self._line.close(self._body, tag)
            else:
                self._line.open(tag)
        elif tag.name not in _IN_LINES:
            self.end_line()
            self._apart = _depth(tag, self._apart)
            self._add_canonical(tag)

    def add_raw(self, raw: _Raw) -> None:
        """Take a remark, which is nothing, a block's delimiter, or code, which is no text."""
        if not self._body.startswith(b"<!--", raw.start):
            self._line.add_code()
        elif self._body.startswith((b"<!-- wp:", b"<!-- /wp:"), raw.start):
            self.end_line()

    def _add_canonical(self, tag: Tag) -> None:
        """Take a `<link rel="canonical">`, which shows nothing, as a line of its own."""
        if tag.name == b"link" and not tag.is_end and not self._apart:
            anchor = _anchor(self._body, tag, 0, 0)
            if "canonical" in anchor.rel.split() and anchor.address:
                self.lines.append(Line(tag.start, tag.end, "", (anchor,), is_whole=True))


def _anchor(body: bytes, tag: Tag, start: int, end: int) -> Anchor:
    address, rel = attribute(body, tag, b"href") or b"", attribute(body, tag, b"rel") or b""
    return Anchor(start, end, _text(address).strip(), _text(rel).lower())


def _depth(tag: Tag, apart: int) -> int:
    if tag.name not in APART or tag.is_self_closing:  # importers mean it so, if not browsers
        return apart
    return max(apart - 1, 0) if tag.is_end else apart + 1


def _text(value: bytes) -> str:
    """Give an attribute's value; a reference without `;` is none where it could be a parameter."""
    text = value.decode("utf-8", "replace")
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text
