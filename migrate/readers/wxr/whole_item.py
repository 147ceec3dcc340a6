"""Where an item ends that stands as WordPress writes it: most of it, its body, is hardly looked at.

Only sections hide anything in such an item. A tag is outside of all of them if the last section
that begins before it also ends before it: were the tag inside of one, none could have ended since
that began.
"""

from __future__ import annotations

from typing import Final

from migrate.patterns import pattern
from migrate.syntax.wxr import SECTION, SECTION_END, section_end
from migrate.syntax.wxr_hidden import BOUNDARY

_OPENING: Final = pattern(rb"<item>\s*+(?:<\?wpmigrate [^?<]*+\?>)?+")
_OUR_OPENING: Final = b"<item>\n\t\t<?wpmigrate "
"""How our writer begins one: in that, two bytes are found sooner than the pattern matches."""

_BODY: Final = b"<content:encoded>" + SECTION
_BODY_ENDS: Final = SECTION_END + b"</content:encoded>"
_CLOSING: Final = b"</item>"
_ODD: Final = pattern(
    rb"<(?:![-Dd]|\?|/(?:item|channel|rss)[\s/>]|item[\s/>]|channel[\s/>]|rss[\s/>])"
)
"""What hides something else than a section does, or is the tag of another item or document.

A choice between beginnings is quicker than a slash that may be there.
"""

_NEAR: Final = 1 << 11
_FAR: Final = 1 << 16
"""How far an item's body, and then its end, is looked for."""


NOTHING: Final = (0, 0)


def look(block: bytes, start: int) -> tuple[int, int]:
    """Look for the end of the item that starts here; 0 where only looking at all of it tells.

    Upto the second number goes a section in which other items begin: those aren't worth a look.
    """
    first = _behind_opening(block, start)
    opens = _opens(block, first) if first >= 0 else -1
    if opens < 0:
        return NOTHING
    begins = opens + len(_BODY)
    closes = section_end(block, begins)
    if closes < 0:
        return 0, len(block)
    # A section that its element's end follows is whole, whatever it holds (`runs_over`).
    if not block.startswith(_BODY_ENDS, closes) and BOUNDARY.search(block, begins, closes):
        return 0, closes
    odd = _ODD.search(block, closes, closes + _FAR)
    if odd is None or odd[0] != _CLOSING or _ODD.search(block, first, opens):
        return NOTHING
    whole = _is_outside(block, first, opens) and _is_outside(block, closes, odd.start())
    return (odd.end(), 0) if whole else NOTHING


def _behind_opening(block: bytes, start: int) -> int:
    """Give the end of an item's start tag, and of an instruction behind it; -1 where none is."""
    if block.startswith(_OUR_OPENING, start):
        first = start + len(_OUR_OPENING)
        end = block.find(b"?", first, first + _NEAR)
        if block.startswith(b"?>", end) and block.find(b"<", first, end) < 0:
            return end + 2
    opening = _OPENING.match(block, start)
    return opening.end() if opening else -1


def _opens(block: bytes, first: int) -> int:
    """Give where the body begins; -1 where it isn't before another item."""
    opens = block.find(_BODY, first, first + _NEAR)
    if opens >= 0 or _ODD.search(block, first, first + _NEAR):
        return opens
    return block.find(_BODY, first, first + _FAR)


def _is_outside(block: bytes, first: int, last: int) -> bool:
    section = block.rfind(SECTION, first, last)
    return section < 0 or block.find(SECTION_END, section, last) >= 0
