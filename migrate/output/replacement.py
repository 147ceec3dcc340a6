"""An output of one file: replaced whole or not at all."""

from __future__ import annotations

import contextlib
import filecmp
import gzip
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, cast

from migrate.errors import OutputError

Outcome = Literal["create", "update", "unchanged"]


class Replacement:
    """A file that is being written beside its place; `stream` takes its bytes.

    After the block `outcome` says what happened. A file that would stay the same isn't touched.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.outcome: Outcome = "create"


@contextlib.contextmanager
def replacing(path: Path, *, dry_run: bool = False) -> Iterator[Replacement]:
    """Write `path` through a temporary file beside it: flushed to disk, then renamed over it.

    A `.gz` path is compressed, without time or name, so that the same input gives the same bytes.
    Whatever ends the block early (an error, an interrupt, a full disk) leaves the old file whole.
    A dry run writes to the system's temporary folder and renames nothing. Where `path` is a
    symbolic link, what it leads to is replaced. Raises OutputError where the system refuses.
    """
    with explaining(path, "What stood there before is untouched; mend that, or write elsewhere"):
        path = path.resolve()
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:60]}.", suffix=".part", dir=None if dry_run else path.parent
        )
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as raw, _compressed(raw, path) as stream:
                replacement = Replacement(stream)
                yield replacement
            replacement.outcome = _outcome(temporary, path)
            if not dry_run and replacement.outcome != "unchanged":
                _settle(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def spool() -> Iterator[BinaryIO]:
    """Give a nameless temporary file for what must be written before its head is known."""
    with (
        explaining(Path(tempfile.gettempdir()), "Make room there, or set TMPDIR to another folder"),
        tempfile.TemporaryFile(prefix="wpmigrate-") as stream,
    ):
        yield cast("BinaryIO", stream)


def _outcome(temporary: Path, path: Path) -> Outcome:
    if not path.exists():
        return "create"
    return "unchanged" if filecmp.cmp(temporary, path, shallow=False) else "update"


def _settle(temporary: Path, path: Path) -> None:
    temporary.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o666 & ~_umask())
    with temporary.open("rb") as written:
        os.fsync(written.fileno())
    temporary.replace(path)


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


@contextlib.contextmanager
def explaining(path: Path, fix: str) -> Iterator[None]:
    """Turn the system's errors in the block into an OutputError that names the path."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"can't be written: {error.strerror or error}", path=str(path), fix=fix
        ) from error
