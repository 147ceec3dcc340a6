"""The delimiters of blocks: comments such as `<!-- wp:list {"ordered":true} -->`.

After WordPress's WP_Block_Parser and serialize_block(): what is written here it reads and writes
again to the byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

OPENING: Final = b"<!-- wp:"
"""What stands in each body that was made of blocks, as WordPress's has_blocks() asks."""

_START: Final = re.compile(
    rb"<!--\s++(?P<end>/)?wp:(?P<name>(?:[a-z][a-z0-9_-]*+/)?[a-z][a-z0-9_-]*+)\s++"
)
_END: Final = re.compile(rb"(?P<void>/)?-->")
_ATTRIBUTES_END: Final = re.compile(rb"\}\s++(?P<void>/)?-->")

_ESCAPED: Final = (
    ("--", "\\u002d\\u002d"),
    ("<", "\\u003c"),
    (">", "\\u003e"),
    ("&", "\\u0026"),
    ('\\"', "\\u0022"),
)


class Delimiter(NamedTuple):
    """One delimiter: bytes `start` to `end`; `is_void` where the block is nothing but this."""

    start: int
    end: int
    name: bytes
    is_end: bool
    is_void: bool


def delimiters(body: bytes) -> Iterator[Delimiter]:
    """Yield each delimiter; a comment that only looks like one is none."""
    at, attributes_end = 0, True
    while found := _START.search(body, at):
        at = found.end()
        end = _END.match(body, at)
        if end is None and attributes_end and body.startswith(b"{", at):
            end = _ATTRIBUTES_END.search(body, at)
            attributes_end = end is not None
        if end is not None:
            at = end.end()
            void = end["void"] is not None
            yield Delimiter(found.start(), at, found["name"], found["end"] is not None, void)


def block(name: bytes, content: bytes, attributes: Mapping[str, object] | None = None) -> bytes:
    """Give a block of the core, its content on lines of its own as the editor writes it."""
    said = _json(attributes) + b" " if attributes else b""
    return b"<!-- wp:%s %s-->\n%s\n<!-- /wp:%s -->" % (name, said, content, name)


def json_text(text: str) -> bytes:
    """Give a text as it stands in a block's attributes, without the quotes round it."""
    return _json(text)[1:-1]


def _json(said: Mapping[str, object] | str) -> bytes:
    text = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    for plain, escaped in _ESCAPED:
        text = text.replace(plain, escaped)
    return text.encode()
