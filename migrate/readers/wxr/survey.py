"""What one pass over a part finds: its items, and what there is to say about the file itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from migrate.errors import SourceError
from migrate.model.finding import Finding
from migrate.readers.wxr.content import Content
from migrate.readers.wxr.cut import Cut, cut

_BLOCK: Final = 1 << 20


class Lines:
    """Tells the line of an offset, by counting on from the last one that was asked for."""

    def __init__(self, content: Content) -> None:
        """Begin at the start."""
        self._content = content
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        """Give the line in which this offset is, counted from 1."""
        if offset < self._offset:
            self._offset, self._line = 0, 1
        while self._offset < offset:
            block = self._content.read(self._offset, min(offset, self._offset + _BLOCK))
            if not block:
                break
            self._offset += len(block)
            self._line += block.count(b"\n")
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
