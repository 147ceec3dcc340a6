"""Chunks of a run over the workers of a Dask cluster, and what comes of them in source order.

What all chunks need (the reader, the encoder) travels once, packed, as the result of a task: Dask
sends it to each worker that needs it, and makes it again where a worker is lost, as it does
chunks. A chunk's own message is its handles and back what was made of them; no worker writes
anything. At most a few chunks for each worker are on their way.

A worker reads SOURCE itself: at the same path, or its own copy from where fsspec finds it.
"""

from __future__ import annotations

import contextlib
import io
import logging
import pickle
import threading
import warnings
import weakref
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from migrate import program
from migrate.errors import SourceError, UsageError, WpmigrateError
from migrate.output import shared

if TYPE_CHECKING:
    from distributed import Client, Future

Made = TypeVar("Made")
Work = Callable[[Sequence[Any]], Made]

_SECONDS_TO_CONNECT: Final = 10
_AHEAD: Final = 3
"""Chunks on their way for each worker: one at work, one to follow, one going home."""

_one_at_a_time = threading.Lock()
"""A worker may have several threads. Ours are processes: what they keep is nobody else's."""


class Cluster:
    """A running cluster, by its scheduler's address (`tcp://host:8786`), as a run's processes.

    `source` is what the run reads, `local` where this process has that.
    """

    def __init__(self, address: str, source: str, local: Path) -> None:
        self._address = address
        self._source = source if shared.is_shared(source) else str(local.absolute())
        self._local = local

    def in_order(
        self, work: Work[Made], chunks: Iterable[Sequence[Any]]
    ) -> Generator[Made, None, None]:
        """Give `work(chunk)` of each chunk, done by the workers; closing it cancels what is left.

        What `work` raises is raised here in its turn. Raises UsageError where no scheduler
        answers, SourceError where a worker can't see the source, WpmigrateError where a worker
        has another program, or workers die of a chunk.
        """
        with _connected(self._address) as client, _in_words(self._address):
            task = _Task(self._packed(work), self._source, _size(self._local), program.digest())
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # it is large, and meant to be
                ready = client.submit(_same, task, pure=False)
            yield from _results(client, ready, chunks)

    def _packed(self, work: Work[Made]) -> bytes:
        stream = io.BytesIO()
        _Packer(stream, self._local).dump(work)
        return stream.getvalue()


class _Packer(pickle.Pickler):
    """Pickles paths of the source by what they are below it, which may lie elsewhere there."""

    def __init__(self, stream: io.BytesIO, source: Path) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._source = source

    def persistent_id(self, found: Any) -> str | None:
        if isinstance(found, Path) and found.is_relative_to(self._source):
            return str(found.relative_to(self._source))
        return None


class _Unpacker(pickle.Unpickler):
    def __init__(self, packed: bytes, source: Path) -> None:
        super().__init__(io.BytesIO(packed))
        self._source = source

    def persistent_load(self, below: str) -> Path:
        return self._source / below


class _Task:
    """What chunks need besides their handles, packed as it travels, unpacked where it is used.

    The copy of a source that lies elsewhere is removed when Dask lets go of the task.
    """

    def __init__(self, packed: bytes, source: str, size: int | None, digest: str) -> None:
        self._asked = (packed, source, size, digest)
        self._work: Work[Any] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._asked

    def __call__(self, handles: Sequence[Any]) -> Any:
        with _one_at_a_time:
            if self._work is None:
                self._work = self._unpacked()
            return self._work(handles)

    def _unpacked(self) -> Work[Any]:
        packed, source, size, digest = self._asked
        if program.digest() != digest:
            raise WpmigrateError(
                "a worker of the cluster has another wpmigrate, or Python, than this machine",
                fix="Install the same ones on both, and start the workers anew",
            )
        if shared.is_shared(source):
            stack = contextlib.ExitStack()
            weakref.finalize(self, stack.close)
            path = stack.enter_context(shared.copied(source))
        elif _size(path := Path(source)) != size:
            raise SourceError(
                "a worker of the cluster doesn't see what this machine does",
                path=source,
                fix="Put it on a path that all workers share, or where fsspec finds it (s3://…)",
            )
        work: Work[Any] = _Unpacker(packed, path).load()
        return work


def _size(path: Path) -> int | None:
    """Give the size of a file, -1 for a folder, None where there is neither."""
    try:
        return -1 if path.is_dir() else path.stat().st_size
    except OSError:
        return None


def _same(task: _Task) -> _Task:
    return task


def _done(task: _Task, handles: Sequence[Any]) -> Any:
    return task(handles)


def _results(
    client: Client, ready: Future[Any], chunks: Iterable[Sequence[Any]]
) -> Generator[Any, None, None]:
    """Hand out chunks ahead of the results that are taken, as far as there are workers."""
    waiting: deque[Future[Any]] = deque()
    ahead = _ahead(client)
    try:
        for number, chunk in enumerate(chunks, 1):
            waiting.append(client.submit(_done, ready, chunk, pure=False))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
            if number % ahead == 0:
                ahead = _ahead(client)  # workers come and go
        while waiting:
            yield waiting.popleft().result()
    finally:
        with contextlib.suppress(Exception):  # a scheduler that is gone has nothing to cancel
            client.cancel([*waiting, ready])


def _ahead(client: Client) -> int:
    return _AHEAD * max(len(client.nthreads()), 1)


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - half a second, and not always there
        from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415 - as above
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask", fix="Install it: pip install 'wpmigrate[cluster]'"
        ) from error
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters comes as an error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ: workers tell of ours
            get_address_host_port(address, strict=True)  # else a client that never was ends late
            client = Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"--scheduler: no Dask scheduler answers at {address}",
            fix="Start one with `dask scheduler`, and name the address that it prints",
        ) from error
    try:
        yield client
    finally:
        client.close()


@contextlib.contextmanager
def _in_words(address: str) -> Iterator[None]:
    """Say of Dask's own errors what they mean for a run."""
    from concurrent.futures import CancelledError  # noqa: PLC0415 - start-up is kept short

    from distributed import KilledWorker  # noqa: PLC0415 - as above

    try:
        yield
    except KilledWorker as error:
        raise WpmigrateError(
            "workers of the cluster were ended by the same chunk, one after the other",
            fix="Look into their logs; give them more memory, or run without --scheduler",
        ) from error
    except (CancelledError, TimeoutError, ConnectionError) as error:
        raise WpmigrateError(
            f"the Dask scheduler at {address} went away",
            fix="Run again once it is back; nothing was written",
        ) from error
    except ImportError as error:
        raise WpmigrateError(
            f"a worker of the cluster lacks a module: {error}",
            fix="Install the same wpmigrate there, and start the workers anew",
        ) from error
