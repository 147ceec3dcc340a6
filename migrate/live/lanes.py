"""Lanes: several connections to one site that are asked at the same time, answers kept in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Self, TypeVar

from migrate.live.api import Api

__all__ = ["Lanes"]

Told = TypeVar("Told")


class Lanes:
    """Connections to one site, each with an `Api` of its own; a context manager.

    A lane is asked by one thread at a time. `first` is for whoever has a single question while
    nothing else is asked.
    """

    def __init__(self, apis: Sequence[Api]) -> None:
        self.first = apis[0]
        self._apis = tuple(apis)
        self._free: SimpleQueue[Api] = SimpleQueue()
        for api in apis:
            self._free.put(api)
        self._threads = ThreadPoolExecutor(len(apis), thread_name_prefix="lane")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections; what hasn't been asked yet isn't any more."""
        self._threads.shutdown(cancel_futures=True)
        for api in self._apis:
            api.client.close()

    def __len__(self) -> int:
        """Count them."""
        return len(self._apis)

    @property
    def noise(self) -> bool:
        """Tell whether PHP's warnings stood before an answer."""
        return any(api.noise for api in self._apis)

    def ask(self, question: Callable[[Api], Told]) -> Future[Told]:
        """Ask as soon as a lane is free; the future raises what the question raises."""
        return self._threads.submit(self._asked, question)

    def in_order(self, questions: Iterable[Callable[[Api], Told]]) -> Iterator[Told]:
        """Ask several at a time and give their answers in order, at most two a lane ahead."""
        waiting: deque[Future[Told]] = deque()
        for question in questions:
            waiting.append(self.ask(question))
            if len(waiting) > 2 * len(self):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _asked(self, question: Callable[[Api], Told]) -> Told:
        api = self._free.get()
        try:
            return question(api)
        finally:
            self._free.put(api)
