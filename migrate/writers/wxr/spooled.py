"""Items in a file, behind a head and round holes that are known only when all of them are there.

So that each byte is written once, items come to lie where they will stand if the head gets no
longer than it is after the first of them. What has to move then moves within the file.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import accumulate
from typing import BinaryIO, Final

from migrate.model.progress import WRITING, Watch
from migrate.writers.wxr.holes import Hole, Holes

BLOCK: Final = 1 << 20
"""Bytes that are moved at once, and of items that are held until there is a guess at the head."""

OpenedPart = Callable[[int], AbstractContextManager[BinaryIO]]
"""Opens the file of a part, counted from 1."""

Fill = Callable[[Hole], bytes]
"""Gives what a hole is filled with."""


class Spooled:
    """Items as they come. Offsets count their bytes from the first one's start, without holes."""

    def __init__(self, file: BinaryIO, likely_head: Callable[[], int]) -> None:
        """Take an empty file to read and write, and what says how long the head would be by now."""
        self._file = file
        self._likely_head = likely_head
        self._held: list[bytes] = []
        self._held_from = 0
        self._room: int | None = None  # for the head
        self._ends = array("Q")
        self.size = 0
        self._holes = Holes()

    def add(self, items: Sequence[bytes]) -> None:
        """Take some more."""
        _, *ends = accumulate(map(len, items), initial=self.size)
        self._ends.extend(ends)
        self._held += items
        self.size = ends[-1]
        if self.size - self._held_from >= BLOCK:
            self._write_held(self._likely_head)

    def add_hole(self, hole: Hole) -> None:
        """Take a hole in the item that comes next."""
        self._holes.append(hole)

    def become_file(self, head: bytes, tail: bytes, fill: Fill, watch: Watch) -> None:
        """Let the file be head, items with their holes filled, and tail, and nothing else."""
        self._write_held(lambda: len(head))
        grown = sum(len(fill(hole)) for hole in self._holes)
        if len(head) < self._start:
            self._move_down(len(head))
        if grown or len(head) > self._start:
            self._move_up(len(head), grown, fill, watch)
        self._write_at(0, head)
        self._write_at(len(head) + self.size + grown, tail)
        self._file.truncate()

    def copy(
        self,
        opened: OpenedPart,
        frame: tuple[bytes, bytes],
        ends: Sequence[int],
        fill: Fill,
        watch: Watch,
    ) -> None:
        """Write a file for each of `ends`, which are offsets, between the head and tail of all."""
        self._write_held(lambda: 0)
        self._file.seek(self._start)
        holes = iter(self._holes)
        hole = next(holes, None)
        at = 0
        for number, end in enumerate(ends, 1):
            with opened(number) as out:
                out.write(frame[0])
                while hole is not None and hole.offset < end:
                    self._copy(out, at, hole.offset, watch)
                    at = hole.offset
                    out.write(fill(hole))
                    hole = next(holes, None)
                self._copy(out, at, end, watch)
                at = end
                out.write(frame[1])

    def cuts(self, room: int, fill: Fill) -> list[int]:
        """Give where each part ends, so that its items take no more than `room`."""
        cuts: list[int] = []
        holes = iter(self._holes)
        hole = next(holes, None)
        used = start = 0
        for end in self._ends:
            length = end - start
            while hole is not None and hole.offset < end:
                length += len(fill(hole))
                hole = next(holes, None)
            if used and used + length > room:
                cuts.append(start)
                used = 0
            used += length
            start = end
        return [*cuts, start]

    @property
    def _start(self) -> int:
        """Where in the file the first item begins."""
        return self._room or 0

    def _write_held(self, head: Callable[[], int]) -> None:
        if self._room is None:
            self._room = head()
            self._file.seek(self._room)
        self._file.write(b"".join(self._held))
        self._held.clear()
        self._held_from = self.size

    def _move_down(self, start: int) -> None:
        """Let the items begin further in front."""
        by = self._start - start
        for at in range(self._start, self._start + self.size, BLOCK):
            self._write_at(at - by, self._read_at(at, min(BLOCK, self._start + self.size - at)))
        self._room = start

    def _move_up(self, start: int, grown: int, fill: Fill, watch: Watch) -> None:
        """Let the items begin further behind, and fill their holes, from the last to the first.

        What is written lies behind all that is still to be read.
        """
        holes = reversed(self._holes)
        hole = next(holes, None)
        end, place = self.size, start + self.size + grown
        while end and (hole is not None or place != self._start + end):
            begin = max(0, end - BLOCK)
            inside: list[Hole] = []
            while hole is not None and hole.offset > begin:
                inside.append(hole)
                hole = next(holes, None)
            data = self._read_at(self._start + begin, end - begin)
            pieces = b"".join(_filled(data, begin, inside[::-1], fill))
            place -= len(pieces)
            self._write_at(place, pieces)
            end = begin
            watch(WRITING, self.size - end, self.size)

    def _copy(self, out: BinaryIO, at: int, end: int, watch: Watch) -> None:
        """Copy items from where the file stands, which is an offset, to another."""
        while at < end:
            block = self._file.read(min(end - at, BLOCK))
            if not block:
                raise EOFError("the spool is shorter than what was written to it")
            out.write(block)
            at += len(block)
            watch(WRITING, at, self.size)

    def _read_at(self, place: int, length: int) -> bytes:
        self._file.seek(place)
        data = self._file.read(length)
        if len(data) < length:
            raise EOFError("the spool is shorter than what was written to it")
        return data

    def _write_at(self, place: int, data: bytes) -> None:
        self._file.seek(place)
        self._file.write(data)


def _filled(data: bytes, begin: int, holes: Sequence[Hole], fill: Fill) -> Iterator[bytes]:
    """Give a part of the items, which begins at an offset, with its holes filled."""
    at = 0
    for hole in holes:
        yield data[at : hole.offset - begin]
        yield fill(hole)
        at = hole.offset - begin
    yield data[at:]
