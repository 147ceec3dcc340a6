"""The blocks at the top of an HTML body, one after the other: each can be turned by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from migrate.syntax.html_markup import VOID, Tag, scan

BLOCKS: Final = frozenset(
    b"address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    b"footer form h1 h2 h3 h4 h5 h6 header hr main menu nav ol p pre search section summary table "
    b"ul".split()
)
"""What CommonMark takes for a block of HTML (4.6) and HTML doesn't take for part of a line."""

_LONE: Final = re.compile(rb"(?:<!--|</?(?:audio|iframe|noscript|object|script|style|video)[\s>/])")


def chunks(html: bytes) -> Iterator[bytes]:
    """Give the blocks, and what stands between them, without the blanks round them."""
    done, depth, opener = 0, 0, 0
    for tag in scan(html).tags:
        if tag.name not in BLOCKS:
            continue
        if depth == 0 and not tag.is_end:
            yield from _filled(html[done : tag.start])
            done = opener = tag.start
        depth = _depth(depth, tag)
        if depth == 0:
            yield from _filled(html[opener : tag.end] if tag.end > opener else b"")
            done = opener = tag.end
    yield from _filled(html[done:])


def _depth(depth: int, tag: Tag) -> int:
    if tag.name in VOID:
        return depth
    return max(depth - 1, 0) if tag.is_end else depth + 1


def _filled(chunk: bytes) -> Iterator[bytes]:
    stripped = chunk.strip(b" \t\r\n")
    if stripped:
        yield stripped


def without_paragraph(chunk: bytes) -> bytes:
    """Give a paragraph that is nothing but one embed or comments as that alone."""
    inner = chunk[3:-4].strip(b" \t\r\n")
    if not (chunk.startswith(b"<p>") and chunk.endswith(b"</p>") and _LONE.match(inner)):
        return chunk
    markup = scan(inner)
    edges = sorted([*((t.start, t.end) for t in markup.tags), *markup.raw])
    at, depth, first = 0, 0, markup.tags[0].name if markup.tags else b""
    for start, end in edges:
        if inner[at:start].strip() and not depth:
            return chunk
        depth += inner.startswith(b"<" + first, start) - inner.startswith(b"</" + first, start)
        at = end
    return chunk if inner[at:].strip() else inner
