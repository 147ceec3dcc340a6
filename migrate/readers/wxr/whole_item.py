"""Where an item ends that stands as WordPress writes it: most of it, its body, is hardly looked at.

Only sections hide anything in such an item. A tag is outside of all of them if the last section
that begins before it also ends before it: were the tag inside of one, none could have ended since
that began.
"""

from __future__ import annotations

from typing import Final

from migrate.patterns import pattern
from migrate.syntax.wxr import SECTION, SECTION_END, section_end
from migrate.syntax.wxr_markup import BOUNDARY

_OPENING: Final = pattern(rb"<item>\s*+(?:<\?wpmigrate [^?<]*+\?>)?+")
_BODY: Final = b"<content:encoded>" + SECTION
_CLOSING: Final = b"</item>"
_ODD: Final = pattern(rb"<(?:!(?!\[CDATA\[)|\?|/?(?:item|channel|rss)[\s/>])")
"""What hides something else than a section does, or is the tag of another item or document."""

_FAR: Final = 1 << 16
"""How far an item's body, and then its end, is looked for."""


def end(block: bytes, start: int) -> int:
    """Give the end of the item that starts here; 0 where only looking at all of it tells."""
    opening = _OPENING.match(block, start)
    opens = block.find(_BODY, start, start + _FAR)
    if opening is None or opens < 0:
        return 0
    begins = opens + len(_BODY)
    closes = section_end(block, begins)
    ends = block.find(_CLOSING, closes, closes + _FAR) if closes >= 0 else -1
    if ends < 0 or BOUNDARY.search(block, begins, closes):
        return 0
    for first, last in ((opening.end(), opens), (closes, ends)):
        if _ODD.search(block, first, last) or not _is_outside(block, first, last):
            return 0
    return ends + len(_CLOSING)


def _is_outside(block: bytes, first: int, last: int) -> bool:
    section = block.rfind(SECTION, first, last)
    return section < 0 or block.find(SECTION_END, section, last) >= 0
