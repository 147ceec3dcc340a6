"""Where a body links to, in HTML's elements and in Markdown's links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from migrate.model.post import ContentFormat
from migrate.syntax.html_markup import Attribute, Markup, Tag, attributes

LINKING: Final = frozenset({b"a", b"area"})
"""Elements whose `href` leads a reader somewhere."""

LEADING: Final = frozenset({b"href"})
ADDRESSING: Final = frozenset({b"href", b"src"})
"""Attributes that hold one address."""

_ADDRESSING: Final = re.compile(rb"href|src", re.IGNORECASE)
_IN_MARKDOWN: Final = re.compile(
    rb"\]\([ \t]*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))"  # CommonMark 6.3
    rb"|^[ ]{0,3}\[[^\[\]\n]{1,999}\]:[ \t]*(?:<([^<>\n]*)>|(\S+))",  # 4.7
    re.MULTILINE,
)
_DEFINITIONS: Final = (3, 4)
"""The groups of those of the second kind."""


class Link(NamedTuple):
    """One address in a body, as it is written: bytes `start` to `end`."""

    start: int
    end: int
    value: bytes


def links(body: bytes, markup: Markup, content_format: ContentFormat) -> Iterator[Link]:
    """Give the links of a body in the order in which they stand; none of those in code."""
    tags = (tag for tag in markup.tags if tag.name in LINKING)
    return _ordered(_attributes(body, tags, LEADING), body, markup, content_format)


def addresses(body: bytes, markup: Markup, content_format: ContentFormat) -> Iterator[Link]:
    """Give every address in an `href` or `src` of any element, and those of Markdown's links."""
    return _ordered(_attributes(body, markup.tags, ADDRESSING), body, markup, content_format)


def value_span(body: bytes, attribute: Attribute) -> tuple[int, int]:
    """Give where an attribute's value stands, without its quotes."""
    end, length = attribute.end, len(attribute.value)
    is_quoted = body[end - 1 : end] in (b'"', b"'") and body.startswith(
        attribute.value, end - 1 - length, end - 1
    )
    end -= is_quoted
    return end - length, end


def _ordered(
    in_html: Iterator[Link], body: bytes, markup: Markup, content_format: ContentFormat
) -> Iterator[Link]:
    if content_format == "markdown":
        return iter(sorted([*in_html, *_in_markdown(body, markup)]))
    return in_html


def _attributes(body: bytes, tags: Iterable[Tag], names: frozenset[bytes]) -> Iterator[Link]:
    """Give the values of attributes; of two of one name in a tag the first counts, as in HTML."""
    for tag in tags:
        if tag.is_end or not _ADDRESSING.search(body, tag.start, tag.end):
            continue
        seen = set[bytes]()
        for attribute in attributes(body, tag):
            name = attribute.name
            if name in names and attribute.value and name not in seen:
                yield Link(*value_span(body, attribute), attribute.value)
            seen.add(name)


def markdown_images(body: bytes, markup: Markup) -> Iterator[tuple[Link, str, bool]]:
    """Give Markdown's links and images, each with its text and whether it is an image.

    A definition (`[name]: address`) may be for an image, so it counts as one.
    """
    done = 0
    for found, group in _matches(body, markup):
        opening = body.rfind(b"[", done, found.start())  # from before it there is a `]` between
        text = body[opening + 1 : found.start()] if opening >= 0 else b""
        is_image = body[max(opening - 1, 0) : max(opening, 0)] == b"!" and b"]" not in text
        done = found.start()
        is_definition = group in _DEFINITIONS
        alt = text.decode("utf-8", "replace") if is_image and not is_definition else ""
        yield Link(*found.span(group), found[group]), alt, is_image or is_definition


def _in_markdown(body: bytes, markup: Markup) -> Iterator[Link]:
    for found, group in _matches(body, markup):
        yield Link(*found.span(group), found[group])


def _matches(body: bytes, markup: Markup) -> Iterator[tuple[re.Match[bytes], int]]:
    for found in _IN_MARKDOWN.finditer(body):
        group = next((n for n in range(1, 5) if found[n]), None)
        if group is not None and markup.is_text(found.start()):
            yield found, group
