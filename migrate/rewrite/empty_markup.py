"""`empty-markup`: elements that hold nothing and show nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Final

from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.leftovers import CLASSES, IDS
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.whole_lines import is_joined, with_line
from migrate.syntax.html_markup import Attribute, Tag, attributes
from migrate.syntax.id_references import referred_to

_BOXES: Final = frozenset(b"p div center h1 h2 h3 h4 h5 h6".split())
_PHRASES: Final = frozenset(b"a b big em font i s small span strike strong u".split())
_TAKEN: Final = _BOXES | _PHRASES
_SHOWS_NOTHING: Final = frozenset(b"align color dir face lang readability size xml:lang".split())
"""Attributes that say how a text looks, or nothing to anybody; without a text they show nothing."""

_TEXT_STYLES: Final = re.compile(
    r"(?:\s*(?:text-align|text-decoration|text-indent|color|font(?:-\w+)*|line-height)\s*:[^;]*;?)*+"
    r"\s*"
)
_NO_BREAK_SPACES: Final = re.compile(rb"(?:&nbsp;?|&#160;|&#[xX][aA]0;|\xc2\xa0)", re.IGNORECASE)
_END_WITHOUT_TEXT: Final = re.compile(
    rb">(?:[\s\xa0\xc2]|&[#\w]{2,5};?)*+</([A-Za-z0-9]++)", re.IGNORECASE
)
_TEXT: Final = re.compile(
    rb"[^<]|</?(?:a|abbr|b|big|cite|code|em|font|i|img|kbd|q|s|small|span|strike|strong|sub|sup|u)"
    rb"[\s/>]",
    re.IGNORECASE,
)
_BLANK_LINE_BEFORE: Final = re.compile(rb"\n[\t\r ]*+\n\s*+\Z")
_BLANK_LINE_BEHIND: Final = re.compile(rb"[\t\r ]*+\n[\t\r ]*+\n")
_NEAR: Final = 200
"""How many bytes beside an element are looked at for text."""

Element = tuple[Tag, Tag]
"""The start tag and the end tag of an element."""

_BLOCK: Final = re.compile(rb"<!--\s+(/?)wp:(\S+)")


class _Kept:
    """What of one body stays as it is: ids that something refers to, and what blocks hold."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._edges = [edge for block in _blocks(draft) for edge in block]

    @cached_property
    def referred_to(self) -> set[bytes]:
        return referred_to(self._draft.body, self._draft.markup)

    def is_in_block(self, position: int) -> bool:
        return bisect_right(self._edges, position) % 2 == 1


class EmptyMarkup(Rule):
    """Takes out empty paragraphs, boxes, headings and phrases, those that hold only such too.

    A paragraph, a box or a heading is empty as well with no-break spaces in it. A phrase with
    blanks in it leaves the blanks. Whatever has an attribute that a theme, a script or a link may
    go by stays: a class, an id, a `style` that says more than how a text looks, any `data-`, `href`
    or `name`; only leftovers of feeds, by a table and by the patterns in `leftovers`, don't count.
    So does whatever is linked to in the body, and what a block holds, since the editor compares it
    with what it would have written itself; and a box between two texts, which would run together.
    """

    looks_for = '`<p></p>`, `<p>&nbsp;</p>`, `<b></b>`, `<span id="midArticle_1"></span>` …'
    does = "takes them out, but for those that a theme or a link could mean"
    bodies = ANY_BODY - {"rst"}

    def __init__(self, *, leftovers: Sequence[str] = ()) -> None:
        """Take patterns (`*` and `?`) of more ids and classes that mean nothing at the new site."""
        own = tuple(pattern.lower() for pattern in leftovers)
        self._ids = (*(pattern.lower() for pattern in IDS), *own)
        self._classes = (*(pattern.lower() for pattern in CLASSES), *own)

    def rewrite(self, draft: Draft) -> None:
        """Take the elements out of the body, the outermost of those that lie in each other."""
        if _may_have_some(draft.body):
            draft.edit(self._edits(draft), "empty element taken out")

    def _edits(self, draft: Draft) -> Iterator[Edit]:
        body, done = draft.body, 0
        for row in _rows(body, self._empty(draft)):
            if is_joined(body, row[0][0].start) or _keeps_apart(body, row):
                continue
            for opening, closing in row:
                start, end, left = opening.start, closing.end, b""
                if opening.name in _PHRASES:
                    left = _blanks_of(body[start:end])
                if not left:
                    start, end = with_line(body, start, end)
                yield Edit(max(start, done), end, left)
                done = end

    def _empty(self, draft: Draft) -> list[Element]:
        """Give the tags of each empty element, without those inside another."""
        body, kept = draft.body, _Kept(draft)
        found, opened, at = list[Element](), list[Tag](), 0
        for tag in draft.markup.tags:
            if not _is_blank(body[at : tag.start], opened):
                opened.clear()
            at = tag.end
            if not tag.is_end:
                if not self._means_nothing(body, tag, kept):
                    opened.clear()
                else:
                    opened.append(tag)
            elif opened and opened[-1].name == tag.name:
                opening = opened.pop()
                while found and found[-1][0].start > opening.start:
                    found.pop()
                found.append((opening, tag))
            else:
                opened.clear()
        return found

    def _means_nothing(self, body: bytes, tag: Tag, kept: _Kept) -> bool:
        if tag.name not in _TAKEN or tag.is_self_closing or kept.is_in_block(tag.start):
            return False
        return all(self._says_nothing(one, kept) for one in attributes(body, tag))

    def _says_nothing(self, one: Attribute, kept: _Kept) -> bool:
        value = one.value.decode("utf-8", "replace").lower()
        if one.name == b"id":
            return _is_one_of(value, self._ids) and one.value not in kept.referred_to
        if one.name == b"class":
            return all(_is_one_of(word, self._classes) for word in value.split())
        if one.name == b"style":
            return _TEXT_STYLES.fullmatch(value) is not None
        return one.name in _SHOWS_NOTHING


def _rows(body: bytes, empty: Iterable[Element]) -> Iterator[list[Element]]:
    """Give empty elements in rows that nothing but blanks stands in."""
    row: list[Element] = []
    for element in empty:
        if row and body[row[-1][1].end : element[0].start].strip():
            yield row
            row = []
        row.append(element)
    if row:
        yield row


def _keeps_apart(body: bytes, row: Sequence[Element]) -> bool:
    """Say whether two texts would become one, or one paragraph, without a row of elements."""
    if all(opening.name in _PHRASES for opening, _ in row):
        return False
    start, end = row[0][0].start, row[-1][1].end
    before = body[max(start - _NEAR, 0) : start]
    behind = body[end : end + _NEAR]
    if _BLANK_LINE_BEFORE.search(before) or _BLANK_LINE_BEHIND.match(behind):
        return False
    before = before.rstrip()
    last = before.rfind(b"<") if before.endswith(b">") else len(before) - 1
    return bool(_TEXT.match(before, max(last, 0)) and _TEXT.match(behind.lstrip()))


def _may_have_some(body: bytes) -> bool:
    """Say whether a tag and its end tag may have nothing between them; cheaper than a scan."""
    for found in _END_WITHOUT_TEXT.finditer(body):
        opened = body.rfind(b"<", 0, found.start()) + 1
        if body[opened : opened + len(found[1])].lower() == found[1].lower():
            return True
    return False


def _is_one_of(value: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(value, pattern) for pattern in patterns)


def _is_blank(between: bytes, opened: Sequence[Tag]) -> bool:
    """Say whether what stands between two tags shows nothing in the open elements."""
    if opened and opened[-1].name in _BOXES:
        between = _NO_BREAK_SPACES.sub(b"", between)
    return not between.strip()


def _blanks_of(element: bytes) -> bytes:
    """Give the blanks that an empty phrase kept between its neighbours."""
    return b"".join(re.findall(rb">(\s+)<", element))


def _blocks(draft: Draft) -> list[tuple[int, int]]:
    """Give the spans of the outermost blocks, but for HTML blocks, which hold what one likes."""
    spans, depth, start = list[tuple[int, int]](), 0, 0
    if b"wp:" not in draft.body:
        return spans
    for begin, end in draft.markup.raw:
        delimiter = _BLOCK.match(draft.body, begin, end)
        if not delimiter or delimiter[2] == b"html" or draft.body.endswith(b"/-->", begin, end):
            continue
        if not delimiter[1]:
            start, depth = (start if depth else begin), depth + 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append((start, end))
    return [*spans, (start, len(draft.body))] if depth else spans
