"""Numbered pieces of work over several processes, and what comes of them in order.

Of n processes the first does the pieces 0, n, 2n …, the second 1, n + 1 … Each lays what it made
into memory of its own that this process shares, and says down a pipe how long that is; they are
asked in turn: so order needs no bookkeeping, and nobody is further ahead than one answer and one
piece, however slowly the results are taken.

Processes are forked: they know all that this one knows, and nothing has to be sent to them. Where
a system has no fork, none that is safe beside its own libraries (macOS), or no room for so many
processes, this process does all by itself; what comes out is the same.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NoReturn, TypeVar

from migrate.errors import WpmigrateError

if TYPE_CHECKING:
    import mmap

Made = TypeVar("Made")

CAN_FORK: Final = hasattr(os, "fork") and sys.platform != "darwin"


_ENDING: Final = (signal.SIGINT, signal.SIGTERM)

_ROOM: Final = 1 << 22
"""How long an answer may be that goes through memory: a pipe would copy it twice, and wait."""

_LENGTH: Final = 8
"""Bytes of an answer's length on a pipe."""

_FREE: Final = b"\0"
"""What says down the other pipe that an answer was taken."""


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(work: Callable[[int], Made], count: int, jobs: int) -> Generator[Made, None, None]:
    """Give `work(0)` to `work(count - 1)`, done by so many processes; closing it ends them.

    What `work` raises is raised here in its turn. Raises WpmigrateError where a process is ended
    from outside.
    """
    jobs = min(jobs, count)
    if jobs <= 1 or not CAN_FORK:
        yield from map(work, range(count))
        return
    with contextlib.ExitStack() as stack:
        workers = _all_started(work, count, jobs, stack)
        for number in range(count) if workers else ():
            yield workers[number % jobs].answer()
    if not workers:
        yield from map(work, range(count))


def _all_started(
    work: Callable[[int], Made], count: int, jobs: int, stack: contextlib.ExitStack
) -> list[_Worker]:
    """Start so many processes; none where the system has no room for all of them."""
    workers: list[_Worker] = []
    try:
        for first in range(jobs):
            workers.append(_started(work, range(first, count, jobs), workers, stack))
    except OSError:
        stack.close()
        return []
    return workers


def _started(
    work: Callable[[int], Made],
    numbers: Iterable[int],
    others: Iterable[_Worker],
    stack: contextlib.ExitStack,
) -> _Worker:
    """Start a process for these pieces; OSError where the system refuses."""
    import mmap  # noqa: PLC0415 - start-up is kept short

    memory = stack.enter_context(mmap.mmap(-1, _ROOM))
    with contextlib.ExitStack() as its_own:
        here, said = os.pipe()
        worker_said = stack.enter_context(os.fdopen(here, "rb"))
        its_own.callback(os.close, said)
        asked, free = os.pipe()
        stack.callback(os.close, free)
        its_own.callback(os.close, asked)
        ours = [here, free, *(end for other in others for end in other.ends)]
        # A signal that came to the new process too early would end it as if it were this one.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            process = os.fork()
            if process == 0:
                _serve(work, numbers, memory, (asked, said), ours)
            stack.callback(_end, process)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return _Worker(memory, worker_said, free)


class _Worker:
    """A process as this one sees it."""

    def __init__(self, memory: mmap.mmap, said: BinaryIO, free: int) -> None:
        """Take what it lays its answers into, and the pipes from and to it."""
        self._memory = memory
        self._said = said
        self._free = free

    @property
    def ends(self) -> tuple[int, int]:
        """The pipes' ends that are open here."""
        return self._said.fileno(), self._free

    def answer(self) -> Any:
        """Give what came of its next piece; raise what the work raised."""
        import pickle  # noqa: PLC0415 - start-up is kept short

        try:
            length = int.from_bytes(self._said.read(_LENGTH))  # of nothing, 0: then it has ended
            if length <= _ROOM:
                with memoryview(self._memory) as room, room[:length] as answer:
                    made, error = pickle.loads(answer)  # noqa: S301 - from our own process
            else:
                made, error = pickle.load(self._said)  # noqa: S301 - likewise
        except (EOFError, pickle.UnpicklingError) as broken:
            raise WpmigrateError(
                "one of the processes was ended before it was through",
                fix="Run again; with --jobs 1 it takes less memory",
            ) from broken
        with contextlib.suppress(BrokenPipeError):  # that was its last
            os.write(self._free, _FREE)
        if error is not None:
            raise error
        return made


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)  # until it is waited for, its number is nobody else's
    os.waitpid(process, 0)


def _serve(
    work: Callable[[int], Made],
    numbers: Iterable[int],
    memory: mmap.mmap,
    pipes: tuple[int, int],
    others: Iterable[int],
) -> NoReturn:
    """Do the work of a process, then end it without all that is due at the end of the first.

    `pipes` are those on which it is asked and says; the others it has from the first, to close.
    """
    status = 1
    try:
        # Who presses Ctrl-C means the first process, which then ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        for other in others:
            os.close(other)
        asked, said = pipes
        with os.fdopen(said, "wb") as pipe:
            for place, number in enumerate(numbers):
                answer = _answer(work, number)
                if place and not os.read(asked, len(_FREE)):
                    break  # nobody takes any more
                pipe.write(len(answer).to_bytes(_LENGTH))
                if len(answer) <= _ROOM:
                    memory[: len(answer)] = answer
                else:
                    pipe.write(answer)
                pipe.flush()
        status = 0
    finally:
        os._exit(status)


def _answer(work: Callable[[int], Made], number: int) -> bytes:
    import pickle  # noqa: PLC0415 - start-up is kept short

    try:
        return pickle.dumps((work(number), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - it is raised again where the answer is read
        return _failure(error)


def _failure(error: Exception) -> bytes:
    import pickle  # noqa: PLC0415 - start-up is kept short

    try:
        answer = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(answer)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - an error that can't travel is told in words
        return pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer
