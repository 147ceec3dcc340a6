"""The tags of a piece of XML and the elements that they make, with their places, broken or not.

It reads what well-formed XML says exactly as a parser does, and finds its way through what isn't
well formed: an element that is never closed, text that holds tags, a section without its end.
There is no DTD, no entity and no network that it could know of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from migrate.patterns import pattern
from migrate.syntax.wxr_hidden import Hidden

_MARKUP: Final = pattern(
    rb"""<(?:
        !\[CDATA\[ | !-- | \?
      | (?P<closing>/?)
        (?P<name>[A-Za-z_\x80-\xff][\w.:\x80-\xff-]*+)
        (?P<attributes>(?:[^<>"'/]++|/(?!>)|"[^"<]*+"|'[^'<]*+')*+)
        (?P<empty>/?)>
    )""",
    re.VERBOSE,
)
_ATTRIBUTE: Final = pattern(rb"""([^\s=]++)(?:(\s*+=\s*+)(?:"([^"]*+)"|'([^']*+)'))?+""")


class Tag(Struct, frozen=True, gc=False):
    """A tag outside CDATA, comments and instructions; `start` and `end` are bytes."""

    name: bytes
    start: int
    end: int
    closing: bool
    empty: bool
    attributes: bytes


class Element(Struct, frozen=True, gc=False):
    """An element, by the places of its start tag and of what stands in it.

    `first` and `last` are the tags inside, counted in `Markup.tags`. One that is never closed ends
    at the next tag.
    """

    tag: Tag
    inner_start: int
    inner_end: int
    end: int
    first: int
    last: int
    closed: bool


class Markup:
    """A piece of XML, its tags found once."""

    def __init__(self, data: bytes) -> None:
        """Find the tags."""
        self.data = data
        self.tags = list(_tags(data))
        self._closing: dict[bytes, list[int]] = {}
        for index, tag in enumerate(self.tags):
            if tag.closing:
                self._closing.setdefault(tag.name, []).append(index)

    def elements(self, first: int = 0, last: int | None = None) -> Iterator[Element]:
        """Give the elements that stand side by side among these tags; stray end tags are left out.

        The first end tag of its name closes an element: WXR nests no element in one of its kind.
        """
        stop = len(self.tags) if last is None else last
        at = first
        while at < stop:
            tag = self.tags[at]
            at += 1
            if not tag.closing:
                element = self._element(tag, at, stop)
                at = element.last + (element.closed and not tag.empty)
                yield element

    def inside(self, element: Element) -> bytes:
        """Give what stands between an element's tags."""
        return self.data[element.inner_start : element.inner_end]

    def _element(self, tag: Tag, following: int, stop: int) -> Element:
        if tag.empty:
            end = tag.end
            return Element(tag, end, end, end, following, following, closed=True)
        ends = self._closing.get(tag.name, [])
        place = bisect_left(ends, following)
        if place < len(ends) and ends[place] < stop:
            last = self.tags[ends[place]]
            return Element(tag, tag.end, last.start, last.end, following, ends[place], closed=True)
        more = following < len(self.tags)
        upto = self.tags[following].start if more else len(self.data)
        return Element(tag, tag.end, upto, upto, following, following, closed=False)


def attributes(tag: Tag) -> dict[bytes, bytes]:
    """Give a tag's attributes as they are written, references and all."""
    found = _ATTRIBUTE.findall(tag.attributes)
    return {name: double or single for name, is_stated, double, single in found if is_stated}


def _tags(data: bytes) -> Iterator[Tag]:
    at = 0
    inside = b""
    hidden: Hidden | None = None
    while match := _MARKUP.search(data, at):
        start, at = match.span()
        closing, name, attributes, empty = match.groups()
        if name:
            yield Tag(name, start, at, bool(closing), bool(empty), attributes)
            inside = b"" if closing or empty else name
        else:
            hidden = hidden or Hidden(data)
            end = hidden.end(match[0], at)
            if end >= 0 and not hidden.runs_over(match[0], start, end, inside):
                at = end
