"""What earlier runs wrote, in 24 bytes a line of the manifest, and what this run has seen of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import IntEnum

from migrate.output.manifest import Entry, short


class Mark(IntEnum):
    """What this run did with something that an earlier one wrote."""

    NOTHING = 0
    WRITTEN = 1
    LEFT = 2


class Earlier:
    """The lines of a manifest by place and by key; several may be about one place."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        places, digests, keys = array("Q"), array("Q"), array("Q")
        for entry in entries:
            places.append(entry.place)
            digests.append(int(entry.sha256[:16], 16))
            keys.append(short(entry.key))
        order = sorted(range(len(places)), key=places.__getitem__)
        self._places = array("Q", (places[at] for at in order))
        self._digests = array("Q", (digests[at] for at in order))
        self._marks = bytearray(len(order))
        self._keys = array("Q", sorted(keys))
        self._keys_seen = bytearray(len(order))

    def __bool__(self) -> bool:
        """Tell whether there was anything."""
        return bool(self._places)

    def has(self, place: int) -> bool:
        """Tell whether something was written at a place."""
        return any(True for _ in self._rows(place))

    def wrote(self, place: int, sha256: str) -> bool:
        """Tell whether just this was written at a place, the last time or before a kill."""
        wanted = int(sha256[:16], 16)
        return any(self._digests[at] == wanted for at in self._rows(place))

    def mark(self, place: int) -> Mark:
        """Give what this run did at a place."""
        return Mark(max((self._marks[at] for at in self._rows(place)), default=0))

    def set_mark(self, place: int, mark: Mark) -> None:
        """Keep what this run did at a place; nothing where no earlier one wrote there."""
        for at in self._rows(place):
            self._marks[at] = mark

    def is_all_written(self) -> bool:
        """Tell whether this run wrote all that earlier ones did."""
        return self._marks.count(Mark.WRITTEN) == len(self._marks)

    def has_key(self, key: str) -> bool:
        """Tell whether something was written for a record."""
        return self._row_of(key) is not None

    def see_key(self, key: str) -> None:
        """Keep that a record is still there."""
        if (at := self._row_of(key)) is not None:
            self._keys_seen[at] = 1

    def has_seen_key(self, key: str) -> bool:
        """Tell whether a record is still there."""
        return (at := self._row_of(key)) is not None and bool(self._keys_seen[at])

    def _row_of(self, key: str) -> int | None:
        if not self._keys:
            return None
        wanted = short(key)
        at = bisect_left(self._keys, wanted)
        return at if at < len(self._keys) and self._keys[at] == wanted else None

    def _rows(self, place: int) -> Iterator[int]:
        at = bisect_left(self._places, place)
        while at < len(self._places) and self._places[at] == place:
            yield at
            at += 1
