"""Which of all texts that are the same came first: a dictionary from texts to numbers, small."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

_FEWEST: Final = 1 << 10
_EMPTY: Final = 0
_BITS: Final = (1 << 64) - 1


class FirstPlaces:
    """Holds a place of 4 bytes for each text's hash of 8, in 18 to 36 bytes; a dict takes 110.

    The hashes are Python's, whose last bits are as good as any to begin with; half a million texts
    have two alike in one of a hundred million runs. A table with open addressing, searched one slot
    after the other, and at most two thirds full.
    """

    def __init__(self) -> None:
        self._count = 0
        self._allocate(_FEWEST)

    def __len__(self) -> int:
        """Count the texts."""
        return self._count

    def first(self, text: str, place: int) -> int:
        """Give the place that came with a text for the first time: this one where it is new."""
        key = hash(text) & _BITS
        at = self._slot(key)
        if self._places[at] == _EMPTY:
            self._put(at, key, place + 1)
            self._count += 1
            if 3 * self._count > 2 * len(self._keys):
                self._grow()
            return place
        return self._places[at] - 1

    def take_all(self, texts: Sequence[str], place: int) -> bool:
        """Take texts with this place and those behind it; false, and none, where one isn't new."""
        while 3 * (self._count + len(texts)) > 2 * len(self._keys):
            self._grow()
        keys, places, last = self._keys, self._places, len(self._keys) - 1
        taken: list[int] = []
        for each in map(hash, texts):  # what `_slot` does, without a call for each of them
            key = each & _BITS
            at = key & last
            while places[at] != _EMPTY and keys[at] != key:
                at = (at + 1) & last
            if places[at] != _EMPTY:
                for slot in taken:  # nothing has come behind them
                    places[slot] = _EMPTY
                return False
            keys[at] = key
            places[at] = place + 1 + len(taken)
            taken.append(at)
        self._count += len(texts)
        return True

    def _slot(self, key: int) -> int:
        """Give the slot in which a key is, or would be."""
        last = len(self._keys) - 1
        at = key & last
        while self._places[at] != _EMPTY and self._keys[at] != key:
            at = (at + 1) & last
        return at

    def _put(self, at: int, key: int, held: int) -> None:
        self._keys[at], self._places[at] = key, held

    def _grow(self) -> None:
        filled = zip(self._keys, self._places, strict=True)
        self._allocate(2 * len(self._keys))
        for key, held in filled:
            if held != _EMPTY:
                self._put(self._slot(key), key, held)

    def _allocate(self, slots: int) -> None:
        self._keys = array("Q", [0]) * slots
        self._places = array("I", [_EMPTY]) * slots
