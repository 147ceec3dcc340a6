"""HTML's tags in a body, and the places whose text is no markup, found without a parse tree.

After the tokenizer of the HTML standard (13.2.5): a `>` in a quoted value ends no tag, a `/` in an
unquoted value closes none, a tag in a comment or a script is none. What the tree builder would do
with the tags is no matter here. One pass over the bytes, whatever they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from msgspec import Struct, field

from migrate.patterns import pattern
from migrate.syntax.code_in_text import CodeInText, Span

VOID: Final = frozenset(
    b"area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    b"source track wbr".split()
)
"""Elements that never hold anything: they have no end tag."""

RAW_TEXT: Final = frozenset(
    b"script style textarea title xmp iframe noembed noframes plaintext".split()
)
"""Elements whose content is read as text up to their end tag."""

FOREIGN: Final = frozenset({b"svg", b"math"})
"""Elements in which another language's rules hold; there `/>` closes."""

RAW: Final = RAW_TEXT | FOREIGN | {b"pre", b"code"}
"""Elements whose content no rule touches: shown or run as it stands, or another language."""

_ATTRIBUTES: Final = rb"""
      (?: [\t\n\f\r\ ]++
        | /(?!>)
        | [^\t\n\f\r\ />][^\t\n\f\r\ />=]*+
          (?: [\t\n\f\r\ ]*+ = [\t\n\f\r\ ]*+
            (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\t\n\f\r\ "'>][^\t\n\f\r\ >]*+ )?+
          )?+
      )*+
      (/?)>
"""
_TOKEN: Final = pattern(
    rb"<(/?)([A-Za-z][^\t\n\f\r\ />]*+)"
    + _ATTRIBUTES
    + rb"| <(?: !-- | !\[CDATA\[ | [!?] | /?[A-Za-z] | / )",
    re.VERBOSE,
)
"""A whole tag, or what opens something else; a tag that never ends matches to its first letter."""

NAMED_TAG: Final = rb"<(/?)((?i:%s))(?=[\t\n\f\r\ />])" + _ATTRIBUTES
"""A whole tag of one of some names, as a pattern in verbose form."""

_ATTRIBUTE: Final = pattern(
    rb"""([^\t\n\f\r\ />][^\t\n\f\r\ />=]*+)
      (?: [\t\n\f\r\ ]*+ = [\t\n\f\r\ ]*+
        (?: "([^"]*+)" | '([^']*+)' | ([^\t\n\f\r\ "'>][^\t\n\f\r\ >]*+) )?+
      )?+""",
    re.VERBOSE,
)
_END_OF_COMMENT: Final = pattern(rb"--!?>")
_IN_SCRIPT: Final = pattern(rb"<!--|-->|</?script(?=[\t\n\f\r />])", re.IGNORECASE)
_END_TAGS: Final = {
    name: pattern(rb"</" + name + rb"(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW
}
_SAME_TAGS: Final = {
    name: pattern(rb"<(/?)" + name + rb"(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW
}


class Tag(NamedTuple):
    """One tag: bytes `start` to `end`; `name` is in small letters.

    `is_self_closing` says that it is written so, which HTML passes over outside svg and math.
    """

    start: int
    end: int
    name: bytes
    is_end: bool
    is_self_closing: bool


class Attribute(NamedTuple):
    """One attribute: bytes `start` to `end`; `name` in small letters, `value` as it is written."""

    start: int
    end: int
    name: bytes
    value: bytes


class Markup(Struct):
    """The tags of a body in order, and the spans `raw` that belong to nobody's markup.

    A comment, a CDATA section, a processing instruction, code as Markdown or a shortcode marks it,
    and the content of an element in RAW is raw. What opens and never closes is raw to the end.
    """

    tags: list[Tag] = field(default_factory=list)
    raw: list[tuple[int, int]] = field(default_factory=list)

    def is_text(self, position: int) -> bool:
        """Say whether a byte stands in text: neither inside a tag nor in a raw span."""
        return not (_holds(self.tags, position) or _holds(self.raw, position))


def _holds(spans: Sequence[Tag] | Sequence[tuple[int, int]], position: int) -> bool:
    """Say whether a byte stands in one of the spans, which are in order."""
    at = bisect_right(spans, position, key=itemgetter(0)) - 1
    return at >= 0 and position < spans[at][1]


def scan(body: bytes, *, markdown: bool = False) -> Markup:
    """Give the tags and raw spans of a body in HTML, or in Markdown with HTML in it."""
    code = CodeInText(body, markdown=markdown)
    span = code.next_from(0)
    return _scan(body, code, span) if span else _scan_without_code(body)


def _scan_without_code(body: bytes) -> Markup:
    """Do what `_scan` does where there is no code; nearly every tag takes the short way."""
    markup, at = Markup(), 0
    take, new = markup.tags.append, tuple.__new__  # half the time of Tag()
    while True:
        for found in _TOKEN.finditer(body, at):
            slash, name, closing = found.groups()
            if name is not None and (lower := name.lower()) not in RAW:
                take(new(Tag, (found.start(), found.end(), lower, slash == b"/", closing == b"/")))
                continue
            at = _take(markup, body, found)
            if at > found.end():  # what is inside of it was no tag
                break
        else:
            return markup


def _scan(body: bytes, code: CodeInText, span: Span | None) -> Markup:
    markup, at = Markup(), 0
    tokens = _TOKEN.finditer(body)
    found = next(tokens, None)
    while True:
        is_behind = found is not None and found.start() < at
        if is_behind and not (span and body.find(b"<", at, span[0]) < 0):
            tokens = _TOKEN.finditer(body, at)
            found, is_behind = next(tokens, None), False
        if span and (is_behind or span[0] <= (found.start() if found else len(body))):
            markup.raw.append(span)
            at = span[1]
        elif found is None:
            return markup
        else:
            at = _take(markup, body, found)
            found = next(tokens, None)
        if span and span[0] < at:
            span = code.next_from(at)


def _take(markup: Markup, body: bytes, found: re.Match[bytes]) -> int:
    """Take a tag with its raw content, or what is no tag; give where that ends."""
    if found[2] is None:
        end = _end_of_other(body, found)
        markup.raw.append((found.start(), end))
        return end
    tag = tag_of(found)
    markup.tags.append(tag)
    if tag.name in RAW and (content_end := _end_of_content(body, tag)) > tag.end:
        markup.raw.append((tag.end, content_end))
        return content_end
    return tag.end


def tag_of(found: re.Match[bytes]) -> Tag:
    """Give the tag that the pattern of a whole tag found."""
    slash, name, closing = found.groups()
    said = (*found.span(), name.lower(), slash == b"/", closing == b"/")
    return tuple.__new__(Tag, said)  # half the time of Tag()


def tag_at(body: bytes, start: int) -> Tag | None:
    """Give the whole tag that begins at a `<`; None where it begins something else."""
    found = _TOKEN.match(body, start)
    return tag_of(found) if found and found[2] else None


def attributes(body: bytes, tag: Tag) -> Iterator[Attribute]:
    """Give the attributes of a start tag as they stand, a second one of the same name too."""
    for found in _ATTRIBUTE.finditer(body, tag.start + 1 + len(tag.name), tag.end - 1):
        value = found[2] or found[3] or found[4] or b""
        yield Attribute(*found.span(), found[1].lower(), value)


def attribute(body: bytes, tag: Tag, name: bytes) -> bytes | None:
    """Give an attribute's value as it is written, the first one's; None where it isn't stated."""
    return next((one.value for one in attributes(body, tag) if one.name == name), None)


def _end_of_other(body: bytes, found: re.Match[bytes]) -> int:
    """Give the end of what is no tag.

    CDATA ends as in WordPress's get_html_split_regex(); HTML knows it in svg and math only.
    """
    start, opener = found.start(), found[0]
    if opener[-1:].isalpha():  # a tag that never ends
        return len(body)
    if opener == b"<!--":
        closed = _END_OF_COMMENT.search(body, start + 4 - _abrupt(body, start))
        return closed.end() if closed else len(body)
    closer = b"]]>" if opener == b"<![CDATA[" else b">"
    end = body.find(closer, start)
    return len(body) if end < 0 else end + len(closer)


def _abrupt(body: bytes, start: int) -> int:
    """Give how many dashes of `<!-->` and `<!--->` are part of its end too."""
    if body.startswith(b"<!-->", start):
        return 2
    return 1 if body.startswith(b"<!--->", start) else 0


def _end_of_content(body: bytes, tag: Tag) -> int:
    """Give where the content of an element in RAW ends."""
    name, at = tag.name, tag.end
    if tag.is_end:
        return at
    if name == b"plaintext":
        return len(body)
    if tag.is_self_closing and (name in FOREIGN or not _closes_later(body, tag)):
        return at
    if name == b"script":
        return _end_of_script(body, at)
    if name in RAW_TEXT:
        found = _END_TAGS[name].search(body, at)
        return found.start() if found else len(body)
    return _end_of_nested(body, at, name)


def _closes_later(body: bytes, tag: Tag) -> bool:
    """Say whether an end tag belongs to an element that is written as closing itself."""
    following = _SAME_TAGS[tag.name].search(body, tag.end)
    return following is not None and bool(following[1])


def _end_of_nested(body: bytes, at: int, name: bytes) -> int:
    depth = 1
    while found := _TOKEN.search(body, at):
        at = found.end() if found[2] else _end_of_other(body, found)
        if found[2] is None or found[2].lower() != name:
            continue
        depth += -1 if found[1] else not found[3]
        if not depth:
            return found.start()
    return len(body)


def _end_of_script(body: bytes, at: int) -> int:
    """Give the end of a script; one that opens in an HTML comment in it has an end of its own."""
    in_comment = in_script = False
    while found := _IN_SCRIPT.search(body, at):
        what = found[0].lower()
        at = found.start() + (2 if what == b"<!--" else len(what))
        if what == b"<!--":
            in_comment = True
        elif what == b"-->":
            in_comment = in_script = False
        elif what == b"<script":
            in_script = in_comment
        elif not in_script:
            return found.start()
        else:
            in_script = False
    return len(body)
