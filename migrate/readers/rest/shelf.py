"""Shelf: rows that belong to posts, kept on disk; of each some 20 bytes stay in memory."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, BinaryIO

__all__ = ["Shelf"]


class Shelf:
    """Takes rows in any order, gives those of a post in the order in which they were taken."""

    def __init__(self, spool: BinaryIO) -> None:
        self._spool = spool
        self._end = 0
        self._posts = array("Q")
        self._starts = array("Q")
        self._sorted = True

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._posts)

    def add(self, post: int, row: Any) -> None:
        """Take a row of a post; anything that JSON can say."""
        line = json.dumps(row, separators=(",", ":")).encode() + b"\n"
        self._spool.seek(self._end)
        self._spool.write(line)
        self._sorted = self._sorted and (not self._posts or self._posts[-1] <= post)
        self._posts.append(post)
        self._starts.append(self._end)
        self._end += len(line)

    def of(self, post: int) -> Iterator[Any]:
        """Give the rows of a post."""
        if not self._sorted:
            self._sort()
        at = bisect_left(self._posts, post)
        while at < len(self._posts) and self._posts[at] == post:
            self._spool.seek(self._starts[at])
            yield json.loads(self._spool.readline())
            at += 1

    def _sort(self) -> None:
        order = sorted(range(len(self._posts)), key=self._posts.__getitem__)
        self._posts = array("Q", (self._posts[at] for at in order))
        self._starts = array("Q", (self._starts[at] for at in order))
        self._sorted = True
