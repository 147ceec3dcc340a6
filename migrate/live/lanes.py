"""Lanes: several connections to one site that are asked at the same time, answers kept in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from migrate.live.api import Api

__all__ = ["Lanes"]

Told = TypeVar("Told")


class Lanes:
    """So many connections to one site; the client of `api` keeps to that number.

    Twice as many threads ask: while one of them reads what came, another's request is under way.
    """

    def __init__(self, api: Api, connections: int) -> None:
        self.api = api
        self._connections = connections
        self._threads = self._made()

    def close(self) -> None:
        """Close all connections; what hasn't been asked yet isn't any more."""
        self._threads.shutdown(cancel_futures=True)
        self.api.client.close()

    def rest(self) -> None:
        """End the threads until something is asked again."""
        self._threads.shutdown()
        self._threads = self._made()

    def __len__(self) -> int:
        """Count them."""
        return self._connections

    def ask(self, question: Callable[[Api], Told]) -> Future[Told]:
        """Ask as soon as a lane is free; the future raises what the question raises."""
        return self._threads.submit(question, self.api)

    def in_order(self, questions: Iterable[Callable[[Api], Told]]) -> Iterator[Told]:
        """Ask several at a time and give their answers in order, at most two a lane ahead."""
        waiting: deque[Future[Told]] = deque()
        for question in questions:
            waiting.append(self.ask(question))
            if len(waiting) > 2 * len(self):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _made(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(2 * len(self), thread_name_prefix="lane")
