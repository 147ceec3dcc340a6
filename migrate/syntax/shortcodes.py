"""Shortcodes as WordPress reads them: get_shortcode_regex() and shortcode_parse_atts().

In tags, comments and code there are none. A shortcode that WordPress doesn't know has no grammar;
for it a stricter one holds, so that brackets in prose aren't taken for one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from msgspec import Struct, field

from migrate.syntax.html_markup import RAW, Markup

CORE: Final = frozenset(b"caption wp_caption gallery playlist audio video embed".split())
"""The shortcodes that WordPress itself registers."""

_OPENER: Final = re.compile(rb"\[([A-Za-z][\w-]*+)")
_CLOSER: Final = re.compile(rb"\[/([A-Za-z][\w-]*+)\]")
_REST_OF_UNKNOWN: Final = re.compile(rb"(?=[\s/\]])([^\[\]<>]*+)\]")
_CODE: Final = re.compile(rb"\[(code|sourcecode)(?=[\s\]])([^\[\]<>]*+)\]")
_ATTRIBUTE: Final = re.compile(
    rb"""([\w-]++)\s*+=\s*+"([^"]*+)"(?:\s|$)
       | ([\w-]++)\s*+=\s*+'([^']*+)'(?:\s|$)
       | ([\w-]++)\s*+=\s*+([^\s'"]++)(?:\s|$)
       | "([^"]*+)"(?:\s|$)
       | '([^']*+)'(?:\s|$)
       | (\S++)(?:\s|$)""",
    re.VERBOSE,
)
_ODD_BLANKS: Final = re.compile(rb"(?:\xc2\xa0|\xe2\x80\x8b)+")
_WHOLE_TAGS: Final = re.compile(rb"[^<]*+(?:<[^>]*+>[^<]*+)*+")
_ESCAPE: Final = re.compile(rb"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)", re.DOTALL)
_CONTROLS: Final = dict(zip(b"ntrabfv", b"\n\t\r\a\b\f\v", strict=True))


class Shortcode(NamedTuple):
    """One shortcode: bytes `start` to `end`; the opening tag alone ends at `opener_end`.

    `content` is what it encloses, None where it has no closing tag. An escaped one, `[[name]]`, is
    to be shown as it is written.
    """

    start: int
    opener_end: int
    end: int
    name: bytes
    said: bytes
    content: tuple[int, int] | None
    is_escaped: bool


class Attributes(Struct):
    """What a shortcode states: by name in small letters, and without a name."""

    named: dict[bytes, bytes] = field(default_factory=dict)
    others: list[bytes] = field(default_factory=list)


def attributes(said: bytes) -> Attributes:
    """Give the attributes in what stands between a shortcode's name and its `]`."""
    found = Attributes()
    for one in _ATTRIBUTE.finditer(_ODD_BLANKS.sub(b" ", said)):
        name = one[1] or one[3] or one[5]
        written = next(part for part in one.groups()[::-1] if part is not None)
        if name is None and written:
            found.others.append(_value(written))
        elif name and name != b"0":  # which PHP takes for empty
            found.named[name.lower()] = _value(written)
    return found


def _value(written: bytes) -> bytes:
    value = _ESCAPE.sub(_unescaped, written) if b"\\" in written else written
    return value if b"<" not in value or _WHOLE_TAGS.fullmatch(value) else b""


def _unescaped(found: re.Match[bytes]) -> bytes:
    """Give what PHP's stripcslashes() makes of a backslash and what follows."""
    said = found[1]
    if said[:1] == b"x" and len(said) > 1:
        return bytes([int(said[1:], 16)])
    if said.isdigit() and said[0] < ord("8"):
        return bytes([int(said, 8) % 256])
    return bytes([_CONTROLS.get(said[0], said[0])])


class Shortcodes:
    """Finds the shortcodes of one body."""

    def __init__(self, body: bytes, markup: Markup) -> None:
        """Take a body and its tags and raw spans."""
        self._body = body
        self._markup = markup
        self._codes = _codes(body, markup)
        self._closers: dict[bytes, list[int]] = {}
        for found in _CLOSER.finditer(body):
            if markup.is_text(found.start()):
                self._closers.setdefault(found[1], []).append(found.start())
        self._bracket = -1

    def between(self, start: int, end: int) -> Iterator[Shortcode]:
        """Give those in a part of the body, in order.

        What one that is known encloses isn't looked into; in it `between` can be asked again.
        """
        at = start
        while found := _OPENER.search(self._body, at, end):
            at = found.end()
            one = self._at(found, end)
            if one and one.end <= end:
                yield one
                at = one.end if self.is_known(one) or one.is_escaped else one.opener_end

    def is_known(self, one: Shortcode) -> bool:
        """Say whether it is one of WordPress's own, or shows code."""
        return one.name in CORE or one.start in self._codes

    def _at(self, found: re.Match[bytes], limit: int) -> Shortcode | None:
        if end := self._codes.get(found.start()):
            return self._code(found.start(), end)
        if not self._markup.is_text(found.start()):
            return None
        if found[1] in CORE:
            closes = self._next_bracket(found.end())
            if closes < 0:
                return None
            return self._whole(found, self._body[found.end() : closes], closes + 1, limit)
        rest = _REST_OF_UNKNOWN.match(self._body, found.end())
        return self._whole(found, rest[1], rest.end(), limit) if rest else None

    def _code(self, start: int, end: int) -> Shortcode | None:
        opener = _CODE.match(self._body, start)
        if opener is None:
            return None
        content = (opener.end(), end - len(opener[1]) - len(b"[/]"))
        return Shortcode(start, opener.end(), end, opener[1], opener[2], content, is_escaped=False)

    def _whole(self, found: re.Match[bytes], said: bytes, opener_end: int, limit: int) -> Shortcode:
        start, name, content, end = found.start(), found[1], None, opener_end
        if said.endswith(b"/"):
            said = said[:-1]
        else:
            closers = self._closers.get(name, [])
            following = bisect_left(closers, opener_end)
            if following < len(closers) and closers[following] < limit:
                content = (opener_end, closers[following])
                end = closers[following] + len(name) + len(b"[/]")
        is_escaped = self._body[max(start - 1, 0) : start] == b"[" and self._body.startswith(
            b"]", end
        )
        return Shortcode(start, opener_end, end, name, said, content, is_escaped)

    def _next_bracket(self, at: int) -> int:
        """Give the next `]` that stands in text, -1 without one; asked in order of places."""
        if self._bracket < at:
            self._bracket = self._body.find(b"]", at)
            while self._bracket >= 0 and not self._markup.is_text(self._bracket):
                self._bracket = self._body.find(b"]", self._bracket + 1)
            if self._bracket < 0:
                self._bracket = len(self._body)
        return self._bracket if self._bracket < len(self._body) else -1


def _codes(body: bytes, markup: Markup) -> dict[int, int]:
    """Give where the shortcodes that show code start and end; those in a `<pre>` are shown too."""
    if b"[code" not in body and b"[sourcecode" not in body:
        return {}
    elements = {tag.end for tag in markup.tags if tag.name in RAW and not tag.is_end}
    return {
        start: end
        for start, end in markup.raw
        if start not in elements and _CODE.match(body, start)
    }
