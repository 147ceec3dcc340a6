"""Items split at their bodies, many at once: bodies stay bytes, what stands round them is text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from migrate.readers.wxr.item_patterns import BODY_OPENS
from migrate.syntax import wxr

HEAD_ENDS: Final = "\0"
"""Stands between the texts round bodies: XML can't carry it, so it is nothing else."""

TERMS: Final = "\1"
"""Stands for the terms of an item, of which one has more than the next."""

_CATEGORY: Final = "<category "
_BEFORE_TERMS: Final = ("</wp:is_sticky>", "</wp:attachment_url>")
_BEHIND_TERMS: Final = ("<wp:postmeta>", "<wp:comment>", "</item>")


class SplitItems(Struct):
    """Items without their bodies.

    `text` has what stands before and behind each body, in turn. `terms` are the elements of each
    item's terms, for which TERMS stands in the text; None where they stand there themselves.
    """

    text: str
    bodies: Sequence[bytes]
    terms: Sequence[str] | None = None
    _texts: list[str] | None = None

    def __len__(self) -> int:
        """Count the items."""
        return len(self.bodies)

    @property
    def texts(self) -> list[str]:
        """The head and the tail of each item, in turn."""
        if self._texts is None:
            self._texts = self.text.split(HEAD_ENDS)
        return self._texts

    @property
    def may_have_terms(self) -> bool:
        """Whether there are terms in the text."""
        return _CATEGORY in self.text

    def without_terms(self) -> SplitItems | None:
        """Give the items with their terms apart; None where it isn't plain which those are."""
        texts, terms = self.texts[:], []
        for number in range(1, len(texts), 2):
            text = texts[number]
            starts = [at + len(tag) for tag in _BEFORE_TERMS if (at := text.find(tag)) >= 0]
            start = max(starts, default=len(text))
            end = next((at for tag in _BEHIND_TERMS if (at := text.find(tag, start)) >= 0), -1)
            if end < 0:
                return None
            terms.append(text[start:end])
            texts[number] = f"{text[:start]}{TERMS}{text[end:]}"
        return SplitItems(HEAD_ENDS.join(texts), self.bodies, terms, texts)

    def some(self, places: Sequence[int]) -> SplitItems:
        """Give the items at these places."""
        texts, bodies, terms = self.texts, self.bodies, self.terms
        some = [text for at in places for text in texts[2 * at : 2 * at + 2]]
        return SplitItems(
            HEAD_ENDS.join(some),
            [bodies[at] for at in places],
            terms and [terms[at] for at in places],
            some,
        )

    def item(self, at: int) -> bytes:
        """Give an item as it was before it was split."""
        head, tail = self.texts[2 * at : 2 * at + 2]
        if self.terms is not None:
            tail = tail.replace(TERMS, self.terms[at])
        return b"".join((head.encode(), BODY_OPENS, self.bodies[at], tail.encode()))


def split_items(data: bytes, spans: Sequence[tuple[int, int]]) -> SplitItems | None:
    """Split the items that stand in these places; None where one isn't as usual.

    There is nothing then that XML can't carry, and all is UTF-8.
    """
    if wxr.has_forbidden(data):
        return None
    around: list[bytes] = []
    bodies: list[bytes] = []
    find, section_end, opening = data.find, wxr.section_end, len(BODY_OPENS)
    for start, end in spans:
        opens = find(BODY_OPENS, start, end)
        begins = opens + opening
        closes = section_end(data, begins)
        if opens < 0 or not 0 <= closes < end:
            return None
        around += (data[start:opens], data[closes:end])
        bodies.append(data[begins:closes])
    try:
        for body in bodies:
            if not body.isascii():
                body.decode()
        return SplitItems(HEAD_ENDS.encode().join(around).decode(), bodies)
    except UnicodeDecodeError:
        return None
