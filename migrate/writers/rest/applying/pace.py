"""Pace: how much is asked of a site at once, by how it answers."""

from __future__ import annotations

from typing import Final

__all__ = ["Pace"]

_FIRST: Final = 2  # connections
_GAIN: Final = 1.1
"""How much more has to get through with one connection more, for that to have been worth it."""
_LONG: Final = 8.0  # seconds of one answer; many hosts end a request after 30
_CLEAN: Final = 4  # good answers in a row, after which a batch may be larger again


class Pace:
    """The number of `connections`, and the `size` of a batch in records.

    One connection is added at a time, from two on, as long as records get through quicker. Where
    the site has one writer or few workers that ends at once. A site that stumbles is asked for half
    as much, and more again as it recovers.
    """

    def __init__(self, largest: int, most: int) -> None:
        """A batch never has more than `largest` records, 1 where the site knows no batches."""
        self.connections = min(_FIRST, most)
        self.size = max(1, largest)
        self._largest = self.size
        self._most = most
        self._clean = 0
        self._grows = True
        self._rate = 0.0  # with a connection less
        self._costs: list[float] = []  # seconds a record, with as many connections as now
        self._begun = 0

    @property
    def era(self) -> int:
        """Give a number that changes with the connections, to know old answers by."""
        return self._begun

    def answered(self, records: int, seconds: float, era: int) -> None:
        """Take in that a batch begun in an era was answered well, and after how long."""
        self._clean += 1
        if seconds > _LONG:
            self._largest = self.size = max(1, self.size // 2)
        elif self._clean >= _CLEAN and self.size < self._largest:
            self.size, self._clean = min(2 * self.size, self._largest), 0
        if era != self._begun or not self._grows:
            return
        self._costs.append(seconds / records)
        if len(self._costs) >= self.connections:
            self._judge()

    def stumbled(self) -> None:
        """Take in that the site didn't answer, or asked for less."""
        self.size, self._clean = max(1, self.size // 2), 0
        self._rate, self._grows = 0.0, True
        self._change(max(1, self.connections // 2))

    def without_batches(self) -> None:
        """Send records one by one from now on."""
        self._largest = self.size = 1

    def _judge(self) -> None:
        """Add a connection if the last one paid, else take it away again and stay at that."""
        rate = self.connections * len(self._costs) / sum(self._costs)
        if rate < self._rate * _GAIN:
            self._grows = False
            self._change(self.connections - 1)
        elif self.connections < self._most:
            self._rate = rate
            self._change(self.connections + 1)

    def _change(self, connections: int) -> None:
        self.connections = connections
        self._costs = []
        self._begun += 1
