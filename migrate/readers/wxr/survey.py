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
    """Tells the line of an offset, by counting on from the last one or from the block's start."""

    def __init__(self, content: Content) -> None:
        """Begin at the start."""
        self._content = content
        self._starts = array("Q", [1])  # the line at the start of each block
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """Give the line in which this offset is, counted from 1."""
        offset = min(offset, self._content.size)
        number = offset // _BLOCK
        while len(self._starts) <= number:
            start = (len(self._starts) - 1) * _BLOCK
            block = self._content.read(start, start + _BLOCK)
            self._starts.append(self._starts[-1] + block.count(b"\n"))
        if not number * _BLOCK <= self._offset <= offset:
            self._offset, self._line = number * _BLOCK, self._starts[number]
        self._line += self._content.read(self._offset, offset).count(b"\n")
        self._offset = offset
        return self._line


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
