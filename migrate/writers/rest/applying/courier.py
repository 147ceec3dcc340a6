"""Courier: carries batches to the site over several connections, the only threads there are.

They do HTTP and nothing else. What is known of the site and kept of the run stays with the thread
that asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Condition
from typing import Any, Final, NamedTuple

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

    def do(self, work: Sequence[Callable[[], None]]) -> Future[None]:
        """Do other work with the site as soon as a connection is free."""
        return self._pool.submit(self._do, work)

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

    def takes_more(self, futures: Sequence[Future[Any]], held: int) -> bool:
        """Tell whether another batch may be made ready: one is, while each connection has its own.

        No more are `held` than twice as many, though the first one hold up all others.
        """
        under_way = sum(not future.done() for future in futures)
        connections = self.pace.connections
        return under_way <= connections and held <= 2 * connections

    def wait(self, futures: Sequence[Future[Any]]) -> None:
        """Wait until one more of these is done."""
        wait([future for future in futures if not future.done()], return_when=FIRST_COMPLETED)

    def _send(self, changes: Sequence[Change]) -> Answered:
        with self._connected():
            return self.exchange(changes)

    def _do(self, work: Sequence[Callable[[], None]]) -> None:
        with self._connected():
            for each in work:
                each()

    @contextmanager
    def _connected(self) -> Iterator[None]:
        """Wait for a free connection, and take it."""
        with self._gate:
            self._gate.wait_for(lambda: self._busy < self.pace.connections)
            self._busy += 1
        try:
            yield
        finally:
            with self._gate:
                self._busy -= 1
                self._gate.notify_all()
