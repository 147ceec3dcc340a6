"""Blocks of a body of which nothing has to be proven: plain ones, and those that must stay HTML."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple, cast

from migrate.patterns import pattern
from migrate.syntax.html_chunks import BLOCKS, chunks
from migrate.syntax.html_markup import RAW, VOID, Tag, attributes
from migrate.syntax.markdown_plain import (
    LONE_SPAN,
    PLAIN,
    SIMPLE_TEXT,
    TAG,
    has_odd_places,
    is_unsayable,
    plain,
    said,
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
    rf"((<({_OWN})(?:\s+[a-z-]+=\"[^\"<>]*\")*\s*>)"
    rf"(?:{SIMPLE_TEXT}|(?!</?(?:{_names(BLOCKS | RAW)})[\s/>]){TAG})*+</(?:{_OWN})>)[ \t\r\n]*+"
)
"""A block with nothing but lines in it, which the end tag of any block closes."""

_USUAL: Final = pattern(rf"(?:({LONE_SPAN}|</(?:{_names(BLOCKS)})>)|{PLAIN})[ \t\r\n]*+")
"""A mark or the end of what nothing opened, which are unsayable at first sight; a plain block."""

_BLANKS: Final = " \t\r\n"
_SAYS_MORE: Final = pattern(r"\[(?:source)?code|\]:")
"""What may begin code that ends in another block, and what may define a link."""


class Settled(NamedTuple):
    """What blocks become of which nothing has to be proven, and how many of them stay HTML."""

    text: str
    kept: int


def blocks(html: bytes) -> list[bytes | Settled]:
    """Give the blocks of a body as `chunks` does; those settled that stand together as one."""
    return _merged(_settled(part.decode("utf-8")) or part for part in chunks(html))


def can_say(part: bytes, tag: Tag) -> bool:
    """Tell whether Markdown can say a start tag with all its attributes."""
    sayable = _SAYABLE.get(tag.name)
    return sayable is not None and all(one.name in sayable for one in attributes(part, tag))


def walked(html: bytes) -> list[bytes | Settled] | None:
    """Give what `blocks` does in one walk; None for a body that holds more than usual ones."""
    text = html.decode("utf-8")
    found, texts, kept = list[bytes | Settled](), list[str](), 0
    at, end = len(text) - len(text.lstrip(_BLANKS)), len(text.rstrip(_BLANKS))
    while at < end:
        usual = _USUAL.match(text, at)
        if usual:
            lone, *parts = usual.groups()
            one = lone or said(*parts)
            if one is not None:
                texts.append(one)
                kept += lone is not None
                at = usual.end()
                continue
        leaf = _LEAF.match(text, at)
        if leaf is None or _SAYS_MORE.search(leaf[1]):
            return None
        (block, opener, name), at = leaf.groups(), leaf.end()
        if not has_odd_places(block) and _stays(block, name, opener):
            texts.append(block)
            kept += 1
            continue
        found += [Settled("\n\n".join(texts), kept), block.encode()] if texts else [block.encode()]
        texts, kept = [], 0
    return [*found, Settled("\n\n".join(texts), kept)] if texts else found


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
