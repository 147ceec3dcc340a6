"""What a visitor sees of a text: enough to tell whether it is the one that a record holds.

WordPress shows a text with paragraphs put in, quotes and dashes made typographic, shortcodes and
blocks filled in (the filters of `the_content`, `the_title` and `the_excerpt`). So not the markup is
compared but what it says: words, links, pictures, and the elements that no filter adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Final

__all__ = ["may_be_filled_in", "same_text"]

_TOLD: Final = frozenset(
    (
        *("b", "strong", "em", "i", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li"),
        *("blockquote", "pre", "code", "table", "tr", "td", "th"),
    )
)
"""Elements that no filter adds or takes away: those of a text itself."""

_INLINE: Final = frozenset(("a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"))
_ADDRESSES: Final = {"a": "href", "img": "src", "iframe": "src", "audio": "src", "video": "src"}

_FOLDED: Final = (
    (re.compile("[\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb]|''|``"), '"'),
    (re.compile("[\u2018\u2019\u201a\u201b\u2032`]"), "'"),
    (re.compile("---?|[\u2013\u2014]"), "-"),
    (re.compile("\u2026"), "..."),
    (re.compile(r"(?<=\d)\u00d7(?=\d)"), "x"),
    (re.compile("\u2122"), "(tm)"),
    (re.compile("Wordpress"), "WordPress"),
)
"""What wptexturize() and capital_P_dangit() make alike."""

_SHORTCODE: Final = re.compile(r"\[\[?[A-Za-z][\w-]*[\s/\]]")
_FILLED_BLOCK: Final = re.compile(r"<!--\s+wp:[\w/-]+\s+(?:\{(?:(?!<!--).)*?\}\s+)?/-->", re.DOTALL)
_EMBED: Final = re.compile(
    r"^[^\S\n]*+(?:<p>\s*+)?https?://\S+[^\S\n]*+(?:\s*+</p>[^\S\n]*+)?$", re.MULTILINE
)
_SMILEY: Final = re.compile(r"(?:^|\s)(?:[:;8][-']?[()DPpOo|?x]|:[a-z]+:)(?:\s|$)")


def same_text(held: str, shown: str) -> bool:
    """Tell whether a text, as it would be stored, says what a visitor is shown."""
    return list(_words(held)) == list(_words(shown))


def may_be_filled_in(held: str, shown: str) -> bool:
    """Tell whether WordPress shows something else in place of parts of a text.

    Shortcodes that the site knows, blocks that are made when a page is, addresses that become
    embeds, and smileys.
    """
    if any(code not in shown for code in _SHORTCODE.findall(held)):
        return True
    return any(what.search(held) for what in (_FILLED_BLOCK, _EMBED, _SMILEY))


def _words(text: str) -> Iterator[str]:
    seen = _Seen()
    seen.feed(text)
    seen.close()
    folded = seen.text()
    for pattern, alike in _FOLDED:
        folded = pattern.sub(alike, folded)
    yield from folded.split()


class _Seen(HTMLParser):
    """Collects words, and a word in angle brackets for what else counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []

    def text(self) -> str:
        return "".join(self._parts)

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(_ADDRESSES.get(tag, "")) or ""
        if address:
            self._parts.append(f" <{unescape(address)}> ")
        elif tag in _TOLD:
            self._parts.append(f" <{tag}> ")
        elif tag not in _INLINE:
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _TOLD or tag in _ADDRESSES or tag not in _INLINE:
            self._parts.append(" ")
