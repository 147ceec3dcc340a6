"""What one pass over a part finds: its items, and what there is to say about the file itself."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Final

from migrate.errors import SourceError
from migrate.model.finding import Finding
from migrate.readers.wxr.content import Content
from migrate.readers.wxr.cut import Cut, cut

_BLOCK: Final = 1 << 16


class Lines:
    """Tells the line of an offset, by counting from the last one or from its block's start."""

    def __init__(self, content: Content) -> None:
        """Begin at the start."""
        self._content = content
        self._starts = array("Q", [1])  # the line at the start of each block
        self._number = -1  # of the block that is held
        self._block = b""
        self._within = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """Give the line in which this offset is, counted from 1."""
        number, within = divmod(min(offset, self._content.size), _BLOCK)
        if number != self._number:
            self._take(number)
        if within < self._within:
            self._line -= self._block.count(b"\n", within, self._within)
        else:
            self._line += self._block.count(b"\n", self._within, within)
        self._within = within
        return self._line

    def _take(self, number: int) -> None:
        """Hold a block; the ones before it have been counted then."""
        for missing in range(len(self._starts) - 1, number):
            block = self._content.read(missing * _BLOCK, (missing + 1) * _BLOCK)
            self._starts.append(self._starts[-1] + block.count(b"\n"))
        self._block = self._content.read(number * _BLOCK, (number + 1) * _BLOCK)
        self._number, self._within, self._line = number, 0, self._starts[number]


class Survey:
    """One part, opened and cut; `findings` grows while its head is read."""

    def __init__(
        self, name: str, content: Content, lines: Lines, watch: Callable[[int], None]
    ) -> None:
        """Cut it; `watch` is told how many bytes are through.

        Raises SourceError where it declares entities.
        """
        self.name = name
        self.content = content
        self.lines = lines
        self.findings: list[Finding] = list(content.findings)
        try:
            self.cut: Cut = cut(content, watch)
        except SourceError as error:
            error.path = name
            raise
