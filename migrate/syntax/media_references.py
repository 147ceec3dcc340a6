"""Which files a body shows or links to, and which attachments it names by their numbers.

In HTML (attributes, `srcset`, `style`), in Markdown, in the attributes of WordPress's blocks and in
its shortcodes. Nothing in code counts. Each place is given as the bytes that a new value takes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape, unescape
from operator import itemgetter
from typing import Final, Literal, NamedTuple

from migrate.model.post import ContentFormat
from migrate.syntax import blocks
from migrate.syntax.html_markup import Attribute, Markup, Tag, attributes
from migrate.syntax.links import markdown_images, value_span
from migrate.syntax.media_types import ENDINGS
from migrate.syntax.shortcodes import Shortcodes

__all__ = ["Reference", "references"]

Role = Literal["shown", "linked", "id"]
Spelling = Literal["html", "json", "plain"]

_SHOWING: Final = {
    b"img": (b"src", b"data-src", b"data-full-url"),
    b"source": (b"src",),
    b"video": (b"src", b"poster"),
    b"audio": (b"src",),
    b"track": (b"src",),
    b"embed": (b"src",),
    b"object": (b"data",),
    b"input": (b"src",),
}
_LINKING: Final = {b"a": (b"href",), b"area": (b"href",)}
_SRCSETS: Final = frozenset({b"srcset", b"data-srcset"})
_NUMBERED: Final = {
    b"class": re.compile(rb"(?:^|\s)wp-image-(\d+)(?=\s|$)"),
    b"rel": re.compile(rb"(?:^|\s)wp-att-(\d+)(?=\s|$)"),
    b"id": re.compile(rb"^(?:caption-)?attachment[_-](\d+)$"),
    b"aria-describedby": re.compile(rb"^caption-attachment-(\d+)$"),
    b"data-id": re.compile(rb"^(\d+)$"),
    b"data-attachment-id": re.compile(rb"^(\d+)$"),
}
"""Attributes in which WordPress and its blocks write an attachment's number."""

_CANDIDATE: Final = re.compile(
    rb"([^\s,](?>\S*[^\s,])?+)(?:,++(?=\s|\Z)|\s++([^\s,]*+)\s*+(?:,|\Z)|\Z)|[^\s,]\S*+"
)
"""An image of a `srcset` with its descriptor (HTML standard, 4.8.4.2.1), or a word that is none."""

_CSS_URL: Final = re.compile(rb"url\(\s*(?:&quot;|&#0?3[49];|['\"])?([^'\"()\s&]+)", re.IGNORECASE)

_BLOCKS: Final = frozenset(
    b"image gallery cover media-text file video audio post-featured-image".split()
)
_BLOCK_ADDRESSES: Final = frozenset({"url", "src", "href", "poster", "mediaUrl", "fullUrl"})
_BLOCK_NUMBERS: Final = frozenset({"id", "ids", "mediaId"})
_JSON: Final = re.compile(rb'(?<!\\)"(?:[^"\\]|\\.)*+"|-?\d[\d.eE+-]*+|[{}\[\]:,]')

_LISTED: Final = re.compile(rb"""\b(?:ids|include|exclude)\s*=\s*["']?([\d,\s]+)""", re.IGNORECASE)
_CAPTIONED: Final = re.compile(rb"""\bid\s*=\s*["']?attachment_(\d+)""", re.IGNORECASE)
_SHORTCODE_IDS: Final = {
    b"gallery": _LISTED,
    b"playlist": _LISTED,
    b"caption": _CAPTIONED,
    b"wp_caption": _CAPTIONED,
}
_PLAYED: Final = re.compile(
    rb"""\b(?:src|poster|mp4|m4v|webm|ogv|flv|wmv|mp3|m4a|ogg|wav|flac|wma)\s*=\s*"""
    rb"""(?:"([^"\]]+)"|'([^'\]]+)'|([^\s"'\]]+))""",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(rb"\d+")
_SIGNS: Final = (
    *(b"srcset", b"wp-image-", b"wp-att-", b"attachment", b"data-id", b"url(", b"![", b"<!-- wp:"),
    *(b"[gallery", b"[playlist", b"[audio", b"[video"),
)
_TAGS: Final = re.compile(rb"<(?:img|video|audio|source|embed|object|input|track)\b")
_NAMES: Final = re.compile(rb"\.(?:" + b"|".join(e.encode() for e in sorted(ENDINGS)) + rb")\b")
"""One of these every body holds that has a reference; far cheaper to look for in small letters."""


class Reference(NamedTuple):
    """One place that names a file or an attachment: bytes `start` to `end`, and what they say.

    `value` is decoded: an address, or a number in digits where `role` is id. `shown` files are part
    of the page, `linked` ones lie behind a link. `descriptor` is that of a `srcset` (`300w`); the
    bytes then hold it as well. `alt` is the text that an image is described with. Those of one tag,
    or of one block's attributes, have the same `owner`, so a number in it means that file.
    """

    start: int
    end: int
    value: str
    role: Role
    spelling: Spelling = "html"
    descriptor: str = ""
    alt: str = ""
    owner: int = -1

    def spelled(self, value: str, descriptor: str = "") -> bytes:
        """Give the bytes for a new value in this place."""
        if self.role == "id":
            return value.encode()
        if self.spelling == "json":
            return blocks.json_text(value)
        text = escape(value) if self.spelling == "html" else value
        return (f"{text} {descriptor}" if descriptor else text).encode()


def references(body: bytes, markup: Markup, content_format: ContentFormat) -> Iterator[Reference]:
    """Give the references of a body in the order in which they stand; none lies in another."""
    end = 0
    for reference in sorted(_all(body, markup, content_format)):
        if reference.start >= end:
            yield reference
            end = reference.end


def may_have_references(body: bytes) -> bool:
    """Tell whether it is worth while to look for references in a body."""
    lowered = body.lower()
    if any(sign in lowered for sign in _SIGNS):
        return True
    return bool(_TAGS.search(lowered) or _NAMES.search(lowered))


def _all(body: bytes, markup: Markup, content_format: ContentFormat) -> Iterator[Reference]:
    for tag in markup.tags:
        if not tag.is_end:
            yield from (one._replace(owner=tag.start) for one in _in_tag(body, tag))
    if content_format == "markdown":
        for link, alt, is_image in markdown_images(body, markup):
            value = unescape(link.value.decode("utf-8", "surrogateescape"))
            role: Role = "shown" if is_image else "linked"
            yield Reference(link.start, link.end, value, role, "plain", alt=alt)
    if blocks.OPENING in body:
        yield from _in_blocks(body)
    if b"[" in body:
        yield from _in_shortcodes(body, markup)


def _in_tag(body: bytes, tag: Tag) -> Iterator[Reference]:
    if body.find(b"=", tag.start, tag.end) < 0:
        return
    said: dict[bytes, Attribute] = {}
    for attribute in attributes(body, tag):
        said.setdefault(attribute.name, attribute)
    alt = _text(said[b"alt"].value) if tag.name == b"img" and b"alt" in said else ""
    for name, attribute in said.items():
        start, end = value_span(body, attribute)
        if start == end:
            continue
        if name in _SHOWING.get(tag.name, ()):
            yield Reference(start, end, _text(attribute.value), "shown", alt=alt)
        elif name in _LINKING.get(tag.name, ()):
            yield Reference(start, end, _text(attribute.value), "linked")
        elif name in _SRCSETS:
            yield from _in_srcset(attribute.value, start, alt)
        elif name == b"style":
            yield from _in_style(attribute.value, start)
        elif name in _NUMBERED and (found := _NUMBERED[name].search(attribute.value)):
            yield _numbered(found, start)


def _in_srcset(value: bytes, start: int, alt: str) -> Iterator[Reference]:
    for found in filter(itemgetter(1), _CANDIDATE.finditer(value)):
        descriptor = (found[2] or b"").decode("utf-8", "replace")
        end = found.end(2) if descriptor else found.end(1)
        yield Reference(
            start + found.start(1), start + end, _text(found[1]), "shown", "html", descriptor, alt
        )


def _in_style(value: bytes, start: int) -> Iterator[Reference]:
    for found in _CSS_URL.finditer(value):
        yield Reference(start + found.start(1), start + found.end(1), _text(found[1]), "shown")


def _numbered(found: re.Match[bytes], start: int) -> Reference:
    return Reference(start + found.start(1), start + found.end(1), found[1].decode(), "id", "plain")


def _in_blocks(body: bytes) -> Iterator[Reference]:
    for one in blocks.delimiters(body):
        if not one.is_end and one.name.removeprefix(b"core/") in _BLOCKS:
            found = _in_json(body, one.start, one.end)
            yield from (reference._replace(owner=one.start) for reference in found)


def _in_json(body: bytes, start: int, end: int) -> Iterator[Reference]:
    """Give what the attributes of a block name; a list's items stand under the list's key."""
    opening = body.find(b"{", start, end)
    if opening < 0:
        return
    key, tokens = "", list(_JSON.finditer(body, opening, end))
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        text = token[0]
        if text[:1] == b'"' and following is not None and following[0] == b":":
            key = _decoded(text)
        elif text[:1] == b'"' and key in _BLOCK_ADDRESSES and (value := _decoded(text)):
            yield Reference(token.start() + 1, token.end() - 1, value, "shown", "json")
        elif key in _BLOCK_NUMBERS and (found := _NUMBER.fullmatch(text.strip(b'"'))):
            at = token.start() + text.startswith(b'"')
            yield Reference(at, at + len(found[0]), found[0].decode(), "id", "plain")


def _decoded(text: bytes) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return ""


def _in_shortcodes(body: bytes, markup: Markup) -> Iterator[Reference]:
    for one in Shortcodes(body, markup).between(0, len(body)):
        if one.is_escaped:
            continue
        if one.name in (b"audio", b"video"):
            for found in _PLAYED.finditer(body, one.start, one.opener_end):
                group = next(n for n in (1, 2, 3) if found[n])
                yield Reference(*found.span(group), _text(found[group]), "shown", "plain")
        elif pattern := _SHORTCODE_IDS.get(one.name):
            for listed in pattern.finditer(body, one.start, one.opener_end):
                for number in _NUMBER.finditer(body, *listed.span(1)):
                    yield Reference(*number.span(), number[0].decode(), "id", "plain")


def _text(value: bytes) -> str:
    return unescape(value.decode("utf-8", "surrogateescape")).strip()
