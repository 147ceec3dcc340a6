"""An output of one file: replaced whole or not at all."""

from __future__ import annotations

import contextlib
import filecmp
import gzip
import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Literal, cast

from migrate.errors import OutputError
from migrate.output.temporary import remove_left, temporary

SPOOL_BUFFER: Final = 1 << 18

UNTOUCHED: Final = "What stood there before is untouched; mend that, or write elsewhere"
"""The way out where a file can't be replaced."""

Outcome = Literal["create", "update", "unchanged"]


class Replacement:
    """A file that is being written beside its place; `stream` takes its bytes.

    After the block `outcome` says what happened. A file that would stay the same isn't touched.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.outcome: Outcome = "create"
        self.is_kept = True

    def drop(self) -> None:
        """Leave what stands there as it is."""
        self.is_kept = False


@contextlib.contextmanager
def replacing(
    path: Path, *, dry_run: bool = False, make_folder: bool = False
) -> Iterator[Replacement]:
    """Write `path` through a temporary file beside it: flushed to disk, then renamed over it.

    A `.gz` path is compressed, without time or name, so that the same input gives the same bytes.
    Whatever ends the block early (an error, an interrupt, a full disk) leaves the old file whole;
    what a kill left beside it the next run removes.
    A dry run writes to the system's temporary folder and renames nothing. With `make_folder` the
    folder is made where it isn't there. Where `path` is a
    symbolic link, what it leads to is replaced. A device or a pipe can't be: it is written to as it
    is, and whatever ends the block early leaves there what was written so far. Raises OutputError
    where the system refuses.
    """
    if not dry_run and is_stream(path):
        with explaining(path, "Write elsewhere"), path.open("ab") as raw:
            replacement = Replacement(raw)
            replacement.outcome = "update"
            yield replacement
        return
    with explaining(path, UNTOUCHED):
        path = path.resolve()
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not dry_run:
            remove_left(path)
        with temporary(path, None if dry_run else path.parent) as (descriptor, place):
            is_settled = False
            try:
                with os.fdopen(descriptor, "wb") as raw, _compressed(raw, path) as stream:
                    replacement = Replacement(stream)
                    yield replacement
                replacement.outcome = outcome_of(place, path)
                if not dry_run and replacement.outcome != "unchanged":
                    settle(place, path)
                    is_settled = True
            finally:
                if not is_settled:
                    place.unlink(missing_ok=True)


@contextlib.contextmanager
def appending(path: Path) -> Iterator[BinaryIO]:
    """Add to a file that others add to as well. Raises OutputError where the system refuses."""
    with explaining(path, "Make it writable"), path.open("ab") as stream:
        yield stream


@contextlib.contextmanager
def spool() -> Iterator[BinaryIO]:
    """Give a nameless temporary file for what must be written before its head is known.

    Raises OutputError where it can't be made or written; other errors in the block pass as they
    are.
    """
    with explaining_spool():
        nameless = tempfile.TemporaryFile(prefix="wpmigrate-", buffering=0)  # noqa: SIM115 - below
    raw = ExplainedFile(os.dup(nameless.fileno()), "r+b", explaining_spool)
    with nameless, io.BufferedRandom(raw, SPOOL_BUFFER) as stream:
        yield cast("BinaryIO", stream)


class ExplainedFile(io.FileIO):
    """A file below its buffer, of which alone the system's errors in writing are explained."""

    def __init__(
        self,
        descriptor: int,
        mode: str,
        explained: Callable[[], contextlib.AbstractContextManager[None]],
    ) -> None:
        """Take an open file, which is closed with this."""
        super().__init__(descriptor, mode)
        self._explained = explained

    def write(self, data: Any, /) -> int:
        """Write; OutputError where the system refuses."""
        with self._explained():
            return super().write(data)


def explaining_spool() -> contextlib.AbstractContextManager[None]:
    """Turn the system's errors in the block into one about the folder of temporary files."""
    folder = Path(tempfile.gettempdir())
    return explaining(folder, "Make room there, or set TMPDIR to another folder")


def is_stream(path: Path) -> bool:
    """Tell whether a path is a device or a pipe, or names an open file as /dev/stdout does."""
    if str(path).startswith(("/dev/std", "/dev/fd/", "/proc/")):
        return True
    with explaining(path, "Write elsewhere"):
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def outcome_of(new: Path, path: Path) -> Outcome:
    """Tell what it would be to put a new file into a place."""
    if not path.exists():
        return "create"
    return "unchanged" if filecmp.cmp(new, path, shallow=False) else "update"


def settle(new: Path, path: Path) -> None:
    """Put a new file into its place, with the permissions of what stood there, once it is safe."""
    new.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
    with new.open("rb") as written:
        os.fsync(written.fileno())
    new.replace(path)


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current


@contextlib.contextmanager
def _compressed(raw: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    if path.suffix != ".gz":
        yield raw
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as stream:
        yield cast("BinaryIO", stream)


class explaining:  # noqa: N801 - a context manager: as a generator it costs each file more
    """Turns the system's errors in the block into an OutputError that names the path."""

    __slots__ = ("_fix", "_path")

    def __init__(self, path: Path | str, fix: str) -> None:
        self._path = path
        self._fix = fix

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Raise OutputError where the system refused."""
        if isinstance(error, OSError):
            raise OutputError(
                f"can't be written: {error.strerror or error}", path=str(self._path), fix=self._fix
            ) from error
