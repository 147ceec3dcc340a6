"""Blocks of a body of which nothing has to be proven: plain ones, and those that must stay HTML."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple, cast

from migrate.patterns import pattern
from migrate.syntax.code_in_text import CodeInText
from migrate.syntax.html_chunks import BLOCKS, chunks
from migrate.syntax.html_markup import RAW, VOID, Tag, attributes
from migrate.syntax.markdown_plain import (
    LONE_SPAN,
    SIMPLE_TEXT,
    TAG,
    has_odd_places,
    is_unsayable,
    plain,
    plain_at,
    simple_block,
)

_ALONE: Final = frozenset(
    b"b blockquote br del em h1 h2 h3 h4 h5 h6 hr i li p pre s strike strong table tbody thead tr "
    b"ul".split()
)
_SAYABLE: Final[dict[bytes, frozenset[bytes]]] = {
    **dict.fromkeys(_ALONE, frozenset[bytes]()),
    b"a": frozenset({b"href", b"title"}),
    b"img": frozenset({b"src", b"alt", b"title"}),
    b"ol": frozenset({b"start"}),
    b"code": frozenset({b"class"}),
    b"td": frozenset({b"style"}),
    b"th": frozenset({b"style"}),
}
"""Elements that Markdown can say, each with the attributes that it can say."""


def _names(names: Iterable[bytes]) -> str:
    return "|".join(sorted(name.decode() for name in names))


_OWN: Final = _names(BLOCKS - VOID - RAW)
_LEAF: Final = pattern(
    rf"(<({_OWN})(?:\s+[a-z-]+=\"[^\"<>]*\")*\s*>)"
    rf"(?:{SIMPLE_TEXT}|(?!</?(?:{_names(BLOCKS | RAW)})[\s/>]){TAG})*+</(?:{_OWN})>"
)
"""A block with nothing but lines in it, which the end tag of any block closes."""

_LONE: Final = pattern(rf"{LONE_SPAN}|</(?:{_names(BLOCKS)})>")
"""A block that is unsayable at first sight: a mark, or the end of what nothing opened."""

_BLANKS: Final = pattern(r"[ \t\r\n]*")


class Settled(NamedTuple):
    """What blocks become of which nothing has to be proven, and how many of them stay HTML."""

    text: str
    kept: int


def blocks(html: bytes) -> list[bytes | Settled]:
    """Give the blocks of a body as `chunks` does; those settled that stand together as one."""
    found = _walked(html)
    if found is None:
        found = [_settled(part.decode("utf-8")) or part for part in chunks(html)]
    return _merged(found)


def can_say(part: bytes, tag: Tag) -> bool:
    """Tell whether Markdown can say a start tag with all its attributes."""
    sayable = _SAYABLE.get(tag.name)
    return sayable is not None and all(one.name in sayable for one in attributes(part, tag))


def _walked(html: bytes) -> list[bytes | Settled] | None:
    """Give the blocks in one walk; None for a body that holds more than usual ones."""
    if CodeInText(html, markdown=False).next_from(0):
        return None
    text = html.decode("utf-8")
    found = list[bytes | Settled]()
    at, end = 0, len(text.rstrip(" \t\r\n"))
    blanks, lone_at, leaf_at = _BLANKS.match, _LONE.match, _LEAF.match
    while at < end:
        skipped = blanks(text, at)
        assert skipped is not None  # it may match nothing
        at = skipped.end()
        if lone := lone_at(text, at):
            found.append(Settled(lone[0], 1))
            at = lone.end()
        elif taken := plain_at(text, at):
            said, at = taken
            found.append(Settled(said, 0))
        elif leaf := leaf_at(text, at):
            block, at = leaf[0], leaf.end()
            is_simple = not has_odd_places(block)
            stays = is_simple and _stays(block, leaf[2], leaf[1])
            found.append(Settled(block, 1) if stays else block.encode())
        else:
            return None
    return found


def _settled(text: str) -> Settled | None:
    """Give a plain block as Markdown, and one that Markdown can't say as it stands."""
    said = plain(text if text.startswith("<") else f"<p>{text}</p>")
    if said is not None:
        return Settled(said, 0)
    found = simple_block(text)
    stays = found and _stays(text, *found)
    return Settled(text, 1) if stays else None


def _stays(text: str, name: str, opener: str) -> bool:
    """Tell whether a simple block is one that Markdown can't say, so that it stays HTML."""
    start = opener.encode()
    tag = Tag(0, len(start), name.encode(), is_end=False, is_self_closing=False)
    return tag.name in BLOCKS and (is_unsayable(text) or not can_say(start, tag))


def _merged(found: Iterable[bytes | Settled]) -> list[bytes | Settled]:
    """Make one of settled blocks that stand below each other, so that little is to be proven."""
    merged = list[bytes | Settled]()
    for is_settled, some in groupby(found, lambda one: isinstance(one, Settled)):
        if is_settled:
            texts, kept = zip(*cast("Iterable[Settled]", some), strict=True)
            merged.append(Settled("\n\n".join(texts), sum(kept)))
        else:
            merged += some
    return merged
