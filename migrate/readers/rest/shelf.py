"""Shelf: rows that belong to posts, kept on disk; of each some 20 bytes stay in memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from migrate.output.lines import Lines

__all__ = ["Shelf"]


class Shelf:
    """Takes rows in any order, gives those of a post in the order in which they were taken."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._posts = array("Q")
        self._starts = array("Q")
        self._sorted = True

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._posts)

    def add(self, post: int, row: Any) -> None:
        """Take a row of a post; anything that JSON can say."""
        self._sorted = self._sorted and (not self._posts or self._posts[-1] <= post)
        self._posts.append(post)
        self._starts.append(self._lines.add(row))

    def of(self, post: int) -> Iterator[Any]:
        """Give the rows of a post."""
        if not self._sorted:
            self._sort()
        at = bisect_left(self._posts, post)
        while at < len(self._posts) and self._posts[at] == post:
            yield self._lines.at(self._starts[at])
            at += 1

    def _sort(self) -> None:
        order = sorted(range(len(self._posts)), key=self._posts.__getitem__)
        self._posts = array("Q", (self._posts[at] for at in order))
        self._starts = array("Q", (self._starts[at] for at in order))
        self._sorted = True
