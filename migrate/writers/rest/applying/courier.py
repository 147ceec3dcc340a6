"""Courier: carries batches to the site over several connections, the only threads there are.

They do HTTP and nothing else. What is known of the site and kept of the run stays with the thread
that asks.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Condition
from typing import Final, NamedTuple

from migrate.errors import SiteError
from migrate.live.batch import Change, Said
from migrate.writers.rest.applying.pace import Pace
from migrate.writers.rest.connection import Connection

__all__ = ["MOST_CONNECTIONS", "Answered", "Courier"]

MOST_CONNECTIONS: Final = 8


class Answered(NamedTuple):
    """What came of a batch: what the site said to each change, or why nothing was to be had."""

    said: Sequence[Said]
    error: SiteError | None
    seconds: float


class Courier:
    """Sends batches at the pace that the site bears."""

    def __init__(self, connection: Connection, most: int = MOST_CONNECTIONS) -> None:
        self.pace = Pace(connection.facts.batch, most)
        self._connection = connection
        self._pool = ThreadPoolExecutor(most, "wpmigrate")
        self._gate = Condition()
        self._busy = 0

    def close(self) -> None:
        """Send nothing more, and wait for what is on its way."""
        self._pool.shutdown(cancel_futures=True)

    def send(self, changes: Sequence[Change]) -> Future[Answered]:
        """Send a batch as soon as a connection is free."""
        return self._pool.submit(self._send, changes)

    def exchange(self, changes: Sequence[Change]) -> Answered:
        """Send a batch, and wait for its answer."""
        start, era = time.monotonic(), self.pace.era
        try:
            said = self._connection.send(changes)
        except SiteError as error:
            return Answered((), error, time.monotonic() - start)
        seconds = time.monotonic() - start
        with self._gate:
            self.pace.answered(len(changes), seconds, era)
            self._gate.notify_all()
        return Answered(said, None, seconds)

    def stumbled(self) -> None:
        """Ask the site for less."""
        with self._gate:
            self.pace.stumbled()

    def takes_more(self, futures: Sequence[Future[Answered]]) -> bool:
        """Tell whether another batch may be made ready: one is, while each connection has its own.

        The first one's answer isn't waited for as long as there are twice as many.
        """
        under_way = sum(not future.done() for future in futures)
        connections = self.pace.connections
        return under_way <= connections and len(futures) <= 2 * connections

    def wait(self, futures: Sequence[Future[Answered]]) -> None:
        """Wait until one more of these is answered."""
        wait([future for future in futures if not future.done()], return_when=FIRST_COMPLETED)

    def _send(self, changes: Sequence[Change]) -> Answered:
        with self._gate:
            self._gate.wait_for(lambda: self._busy < self.pace.connections)
            self._busy += 1
        try:
            return self.exchange(changes)
        finally:
            with self._gate:
                self._busy -= 1
                self._gate.notify_all()
