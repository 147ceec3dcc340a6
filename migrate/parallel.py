"""Numbered pieces of work over several processes, and what comes of them in order.

Of n processes the first does the pieces 0, n, 2n …, the second 1, n + 1 … Each sends what it made
down a pipe of its own, and the pipes are read in turn: so order needs no bookkeeping, and nobody is
further ahead than a pipe and one piece, however slowly the results are taken.

Processes are forked: they know all that this one knows, and nothing has to be sent to them. Where
a system has no fork, or none that is safe beside its own libraries (macOS), this process does all
by itself; what comes out is the same.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterable
from typing import Any, BinaryIO, Final, NoReturn, TypeVar

from migrate.errors import WpmigrateError

Made = TypeVar("Made")

CAN_FORK: Final = hasattr(os, "fork") and sys.platform != "darwin"


_WIDTH: Final = 1 << 20
"""How many bytes a pipe may hold: the most that Linux gives to everybody."""


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
        pipes: list[BinaryIO] = []
        for first in range(jobs):
            pipes.append(_started(work, range(first, count, jobs), pipes, stack))
        for number in range(count):
            yield _received(pipes[number % jobs])


def _started(
    work: Callable[[int], Made],
    numbers: Iterable[int],
    others: Iterable[BinaryIO],
    stack: contextlib.ExitStack,
) -> BinaryIO:
    """Start a process for these pieces; give the pipe on which it answers."""
    here, there = os.pipe()
    _widen(there)
    process = os.fork()
    if process == 0:
        os.close(here)
        for pipe in others:
            os.close(pipe.fileno())
        _serve(work, numbers, there)
    os.close(there)
    stack.callback(_end, process)
    return stack.enter_context(os.fdopen(here, "rb"))


def _widen(pipe: int) -> None:
    """Let a pipe hold what a piece mostly comes to: else its process waits for the reader."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - not everywhere

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDTH)


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)  # until it is waited for, its number is nobody else's
    os.waitpid(process, 0)


def _serve(work: Callable[[int], Made], numbers: Iterable[int], there: int) -> NoReturn:
    """Do the work of a process, then end it without all that is due at the end of the first."""
    status = 1
    try:
        # Who presses Ctrl-C means the first process, which then ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with os.fdopen(there, "wb") as pipe:
            for number in numbers:
                pipe.write(_answer(work, number))
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


def _received(pipe: BinaryIO) -> Any:
    import pickle  # noqa: PLC0415 - start-up is kept short

    try:
        made, error = pickle.load(pipe)  # noqa: S301 - from our own process
    except (EOFError, pickle.UnpicklingError) as broken:
        raise WpmigrateError(
            "one of the processes was ended before it was through",
            fix="Run again; with --jobs 1 it takes less memory",
        ) from broken
    if error is not None:
        raise error
    return made
