"""HTML spelled so that WordPress shows it as it is: its filters find nothing to do.

wpautop() makes a `<br />` of a line end in running text and a paragraph of an empty line, even in
a script; do_shortcode() and WP_Embed::autoembed() look into code as well. So running text stands
on one line, and code says `&#91;` for the bracket of a shortcode, as the block editor does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from migrate.syntax.html_markup import Tag, scan

_BLOCKS: Final = frozenset(
    b"address area article aside blockquote caption col colgroup dd details div dl dt fieldset "
    b"figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map menu nav ol "
    b"option p pre section style summary table tbody td tfoot th thead tr ul".split()
)
"""What wpautop() takes for blocks: line ends round them are nothing to it."""

_OPEN_ENDED: Final = _BLOCKS | {b"br", b"script"}
_LINE_ENDS: Final = re.compile(rb"(?<![ \t])[ \t]*+\n\s*+")
_EMPTY_LINES: Final = re.compile(rb"\n[ \t\r\n]*\n")
_SHORTCODE: Final = re.compile(rb"\[(?=/?[A-Za-z])")
_LONE_ADDRESS: Final = re.compile(rb"^([ \t]*https?:)//(?=[^\s<>\"]+[ \t]*$)", re.MULTILINE)
_TAG_OR_TEXT: Final = re.compile(rb"(<[^>]*>)")


def autop_proof(html: bytes) -> bytes:
    """Give the HTML with the same text and elements, none of which the_content changes."""
    if b"\n" not in html and b"[" not in html:
        return html
    return b"".join(_pieces(html))


def _pieces(html: bytes) -> Iterator[bytes]:
    """Give the tags as they are, and what stands between them one after the other."""
    markup = scan(html)
    spans: list[tuple[int, int, Tag | None]] = [(t.start, t.end, t) for t in markup.tags]
    spans += [(start, end, None) for start, end in markup.raw]
    done, before = 0, None
    for start, end, tag in sorted(spans, key=lambda span: span[:2]):
        yield _text(html[done:start], before, tag)
        raw = html[start:end]
        is_content = tag is None and before is not None and before.end == start
        yield _raw(raw, before.name) if before and is_content else raw
        done, before = end, tag or before
    yield _text(html[done:], before, None)


def _text(text: bytes, before: Tag | None, behind: Tag | None) -> bytes:
    """Give running text on one line; line ends next to blocks may stay."""
    if b"\n" not in text:
        return text
    body = text.strip(b" \t\r\n")
    head = text[: len(text) - len(text.lstrip(b" \t\r\n"))]
    tail = text[len(head) + len(body) :]
    if not body:
        return _gap(text, _is_block(before) or _is_block(behind))
    inner = _LINE_ENDS.sub(b" ", body)
    return _gap(head, _is_block(before)) + inner + _gap(tail, _is_block(behind))


def _gap(blanks: bytes, at_block: bool) -> bytes:
    return b"\n" if at_block and b"\n" in blanks else blanks and b" "


def _is_block(tag: Tag | None) -> bool:
    return tag is None or tag.name in _OPEN_ENDED


def _raw(raw: bytes, name: bytes) -> bytes:
    """Give the content of an element whose content is no markup."""
    if name in (b"pre", b"code"):
        return _code(raw, lines_stay=name == b"pre")
    if name == b"textarea":
        return raw.replace(b"\n", b"&#10;")
    return _EMPTY_LINES.sub(b"\n", raw) if name in (b"script", b"style") else raw


def _code(raw: bytes, *, lines_stay: bool) -> bytes:
    end = raw.rfind(b">") + 1  # no tag ends behind it
    texts = _TAG_OR_TEXT.split(raw[:end])
    texts[-1] += raw[end:]
    for at in range(0, len(texts), 2):
        text = _SHORTCODE.sub(b"&#91;", texts[at])
        text = _LONE_ADDRESS.sub(rb"\1&#47;&#47;", text)
        texts[at] = text if lines_stay else text.replace(b"\n", b" ")
    return b"".join(texts)
