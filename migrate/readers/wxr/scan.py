"""Searching in a file that is larger than memory, a block at a time."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from migrate.readers.wxr.content import BLOCK, Content

REACH: Final = 32
"""No pattern that is searched for may be longer, what it looks ahead to included."""

AHEAD: Final = 1 << 16
"""How far a block should go on behind an item's beginning, so that most are in it whole."""


class Found(Struct, frozen=True, gc=False):
    """What was found, and where."""

    start: int
    end: int
    text: bytes


class Scan:
    """Looks for patterns in a part, mostly forwards; holds one block."""

    def __init__(self, content: Content) -> None:
        """Begin at the start."""
        self._content = content
        self._base = 0
        self._block = content.read(0, BLOCK)

    def find(self, pattern: re.Pattern[bytes], at: int) -> Found | None:
        """Give the first match that begins at this offset or later."""
        while at < self._content.size:
            last = self._load(at)
            match = pattern.search(self._block, at - self._base)
            if match and (last or match.start() + REACH <= len(self._block)):
                start = self._base + match.start()
                return Found(start, start + len(match[0]), match[0])
            if last:
                return None
            at = self._base + (match.start() if match else len(self._block) - REACH)
        return None

    def skip(self, pattern: re.Pattern[bytes], at: int) -> int:
        """Give the end of what matches here, as far as the block goes."""
        self._load(at)
        match = pattern.match(self._block, at - self._base)
        return self._base + match.end() if match else at

    def past(self, end: bytes, at: int, unless: re.Pattern[bytes]) -> int | None:
        """Give where the next `end` ends; None if the block doesn't hold it, or what is between.

        The block has to hold this offset.
        """
        start = at - self._base
        found = self._block.find(end, start)
        if found < 0 or unless.search(self._block, start, found):
            return None
        return self._base + found + len(end)

    def ahead(self, at: int) -> tuple[bytes, int]:
        """Give a block that holds what is near behind this offset, and where it begins.

        The block that is held has to hold the offset.
        """
        end = self._base + len(self._block)
        if at + AHEAD > end and end < self._content.size and at > self._base:
            self._base, self._block = at, self._content.read(at, at + BLOCK)
        return self._block, self._base

    def between(self, start: int, end: int) -> bytes:
        """Give a range of the bytes."""
        if self._base <= start and end <= self._base + len(self._block):
            return self._block[start - self._base : end - self._base]
        return self._content.read(start, end)

    def _load(self, at: int) -> bool:
        """Have a block that reaches well beyond this offset; true where the file ends in it."""
        end = self._base + len(self._block)
        if not (self._base <= at and (at + 2 * REACH <= end or end >= self._content.size)):
            self._base = at
            self._block = self._content.read(at, at + BLOCK)
            end = at + len(self._block)
        return end >= self._content.size or len(self._block) < BLOCK
