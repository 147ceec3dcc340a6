"""What of a block the library doesn't see while it turns it: words stand in its place.

Those are tags that Markdown can't say, tags without their other, comments, and blanks that it takes
for others.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import Final

from migrate.syntax.html_chunks import BLOCKS
from migrate.syntax.html_markup import VOID, Tag, scan
from migrate.syntax.markdown_html import DEEPEST
from migrate.syntax.markdown_settled import can_say

_PRE: Final = re.compile(rb"<(/?)pre\b", re.IGNORECASE)
_NO_BREAK: Final = re.compile(rb"\xc2\xa0|&nbsp;|&#160;")
_TAGS_IN_CODE: Final = re.compile(rb"\[(?:source)?code[^<]*+(?:<br ?/?>[^<]*+)*+<")
"""Tags in what a shortcode shows as code: text to us, and no text to the library."""

_BLOCKS: Final = BLOCKS | frozenset(b"caption dd dt li tbody td tfoot th thead tr".split())


def hidden(part: bytes) -> Hidden | None:
    """Give a block with words in it; None for one that the library isn't to see."""
    tags, others = _beyond(part)
    return None if tags is None else Hidden(part, sorted([*tags, *others]))


def _beyond(part: bytes) -> tuple[list[tuple[int, int]] | None, list[tuple[int, int]]]:
    """Give the tags in a line that Markdown can't say, None for such a block, and others."""
    markup = scan(part)
    if max(_deepest(markup.tags), _deepest_pre(part)) > DEEPEST:
        return None, []
    if any(_TAGS_IN_CODE.match(part, start, end) for start, end in markup.raw):
        return None, []
    others = [span for span in markup.raw if part.startswith(b"<!", span[0])]
    others += [found.span() for found in _NO_BREAK.finditer(part) if markup.is_text(found.start())]
    found, opened = list[tuple[int, int]](), list[tuple[Tag, bool]]()
    for tag in markup.tags:
        if tag.is_end:
            unpaired, hides = _closed(opened, tag)
        else:
            unpaired, hides = [], not can_say(part, tag)
            if hides and tag.name in _BLOCKS:
                return None, others
            opened += [] if tag.name in VOID else [(tag, hides)]
        found += [(one.start, one.end) for one in unpaired]
        found += [(tag.start, tag.end)] if hides else []
    unpaired, _ = _closed(opened, None)
    found += [(one.start, one.end) for one in unpaired]
    return found, others


def _deepest_pre(part: bytes) -> int:
    """Give how many `<pre>` lie in each other: no tags to `scan`, but elements to the library."""
    if part.count(b"<") <= DEEPEST:
        return 0
    steps = (-1 if found[1] else 1 for found in _PRE.finditer(part))
    return max(accumulate(steps, lambda depth, step: max(0, depth + step)), default=0)


def _deepest(tags: list[Tag]) -> int:
    """Give how many elements are open at most; an end tag closes one of its name."""
    opened = Counter[bytes]()
    depth = most = 0
    for tag in tags:
        if tag.is_end:
            closes = opened[tag.name] > 0
            opened[tag.name] -= closes
            depth -= closes
        elif tag.name not in VOID:
            opened[tag.name] += 1
            depth += 1
            most = max(most, depth)
    return most


def _closed(opened: list[tuple[Tag, bool]], end: Tag | None) -> tuple[list[Tag], bool]:
    """Close an element, or all at the end of a block.

    Give the start tags in a line that nothing closes any more, and say whether the end tag is one
    to hide: as its start tag was, or as it closes nothing.
    """
    names = [tag.name for tag, _ in opened]
    if end and end.name not in names:
        return [], end.name not in _BLOCKS
    at = len(names) - 1 - names[::-1].index(end.name) if end else -1
    above = opened[at + 1 :]
    hides = end is not None and opened[at][1]
    del opened[max(at, 0) :]
    return [tag for tag, hidden in above if not hidden and tag.name not in _BLOCKS], hides


class Hidden:
    """A block in which some spans are words for a while."""

    def __init__(self, part: bytes, spans: list[tuple[int, int]]) -> None:
        word = unused(b"xraw", part)
        pieces, done = list[bytes](), 0
        self._taken: list[str] = []
        for number, (start, end) in enumerate(spans):
            pieces += (part[done:start], b"%s%dx" % (word, number))
            self._taken.append(part[start:end].decode("utf-8"))
            done = end
        self.text = b"".join([*pieces, part[done:]])
        self._words = re.compile(rf"{word.decode()}(\d+)x")

    def put_back(self, text: str) -> str:
        """Put the spans back; a word that the library brought over from another block stays."""
        known = {str(number): taken for number, taken in enumerate(self._taken)}
        return self._words.sub(lambda found: known.get(found[1], found[0]), text)


def unused(word: bytes, text: bytes) -> bytes:
    """Give the word, as long as it has to be not to stand in the text."""
    while word in text:
        word += b"x"
    return word
