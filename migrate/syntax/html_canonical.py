"""HTML as its elements and text, so that two spellings of it can be compared.

Blanks count as one, and as none next to a block; `b` is `strong`, `i` is `em`, `del` is `s`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

Node = tuple[str, ...]
"""A tag with its attributes, a comment, or a text."""

_BLOCK_NAMES: Final = (
    "address article aside audio blockquote body br caption center col colgroup dd details div dl "
    "dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe legend li main "
    "map menu nav noscript object ol option p pre script section source style summary table tbody "
    "td tfoot th thead tr track ul video"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_SAME: Final = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
_AS_WRITTEN: Final = frozenset({"pre", "textarea", "script", "style"})
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")


def canonical(body: bytes) -> list[Node]:
    """Give the nodes of an HTML fragment in order."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    whole = b"<html><body>" + body.replace(b"\0", b"\xef\xbf\xbd") + b"</body></html>"
    root: Any = etree.fromstring(whole, parser=parser)
    is_fragment = len(root) == 1 and not root[0].tail
    inner = root[0] if is_fragment else root
    return list(_trimmed(list(_nodes(inner))))


def visible_text(body: bytes) -> str:
    """Give the words that a reader sees, with one blank between any two."""
    texts = (node[1] if node[0] == "text" else " " for node in canonical(body) if _shows(node))
    return " ".join("".join(texts).split())


def _shows(node: Node) -> bool:
    return node[0] == "text" or node[0].lstrip("/") in _BLOCKS


def _nodes(element: Any) -> Iterator[Node]:
    """Give an element and its content; a stack of its own, so that no depth is too deep."""
    stack: list[tuple[Any, str, bool]] = [(element, "", False)]
    while stack:
        here, text, kept = stack.pop()
        if here is None:
            yield from _spelled(text, kept)
            continue
        if not isinstance(here.tag, str):  # a comment, or a processing instruction
            yield ("!--", here.text or "")
            continue
        name = _SAME.get(here.tag, here.tag)
        yield (name, *(part for pair in sorted(here.items()) for part in pair))
        inside = kept or name in _AS_WRITTEN
        stack.append((None, f"/{name}", kept))
        for child in reversed(here):
            stack.append((None, f"text {child.tail or ''}", inside))
            stack.append((child, "", inside))
        stack.append((None, f"text {here.text or ''}", inside))


def _spelled(text: str, as_written: bool) -> Iterator[Node]:
    if text.startswith("/"):
        yield (text,)
    elif text := text.removeprefix("text "):
        yield ("text", text if as_written else _BLANKS.sub(" ", text))


def _trimmed(nodes: list[Node]) -> Iterator[Node]:
    for at, node in enumerate(nodes):
        if node[0] != "text":
            yield node
            continue
        before, behind = nodes[at - 1], nodes[at + 1]
        text = node[1]
        if before[0] in _AS_WRITTEN:
            text = text.removeprefix("\n") if before[0] == "pre" else text
        elif before[0].lstrip("/") in _BLOCKS:
            text = text.lstrip(" ")
        if behind[0].lstrip("/") in _BLOCKS and behind[0][1:] not in _AS_WRITTEN:
            text = text.rstrip(" ")
        if behind[0] in ("/code", "/pre"):
            text = text.removesuffix("\n")  # no line to a browser, and what ends a fence
        if text:
            yield ("text", text)
