"""Opening a journal's file: to write, alone; or a copy of it, to read without touching it.

It is written through SQLite's write-ahead log: a run that is killed at any moment leaves what was
written before, and the next one that opens the file takes it over. One process at a time holds it,
by SQLite's own exclusive lock, which the system lets go of when a process ends, however it ends.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from migrate.errors import OutputError, UsageError
from migrate.output.plain import AS_IT_STANDS
from migrate.plan.journal import schema
from migrate.plan.journal.place import FOLDER

__all__ = ["closed", "copied", "explaining", "in_memory", "opened"]

_OWNER_ONLY: Final = 0o600  # it holds earlier texts of posts, private ones among them
_BESIDE: Final = ("", "-wal", "-journal", "-shm")
"""What SQLite puts behind the name of a file for those that it keeps beside it."""

_TRIES: Final = 5
_LOG_HEAD: Final = 32  # bytes of the log that change when it starts anew


def opened(path: Path) -> sqlite3.Connection:
    """Open a journal to write, and make it where there is none.

    Raises UsageError where another run holds it or it is no journal, OutputError where it can't be
    written.
    """
    with explaining(path):
        _make(path)
        looked_at = path.lstat()
        database = sqlite3.connect(path, isolation_level=None, timeout=0)
        try:
            # Without shared memory beside it, and without waiting for the disk at each step: only
            # a power cut may cost the last ones, and then what exists is recognised without them.
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            schema.version(database, str(path))
            _refuse_another(path, looked_at)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute("BEGIN IMMEDIATE")
            database.execute("COMMIT")
            schema.prepare(database, str(path))
        except BaseException:
            database.close()
            raise
    return database


def copied(path: Path) -> sqlite3.Connection:
    """Open a copy of a journal that goes away when it is closed; an empty one if there is none.

    Nothing is made or changed beside the journal, though a killed run's log still lie there or a
    run be at work. Raises UsageError where it is no journal, OutputError where it can't be read.
    """
    with explaining(path):
        _refuse_links(path)
    if not path.exists():
        return in_memory()
    database = sqlite3.connect("", isolation_level=None)
    try:
        with tempfile.TemporaryDirectory(prefix="wpmigrate-") as folder, explaining(path):
            name = Path(folder) / "journal.sqlite"
            _copy_files(path, name)
            with closing(sqlite3.connect(name, isolation_level=None)) as source:
                source.backup(database)
            schema.prepare(database, str(path))
    except BaseException:
        database.close()
        raise
    return database


def in_memory() -> sqlite3.Connection:
    """Open an empty journal that nobody keeps."""
    database = sqlite3.connect("", isolation_level=None)
    schema.prepare(database, "")
    return database


def closed(database: sqlite3.Connection, path: Path) -> None:
    """Close a journal; its file then stands alone, without a log beside it."""
    try:
        with explaining(path):
            database.execute("PRAGMA journal_mode = DELETE")
    finally:
        database.close()


def _make(path: Path) -> None:
    """Make the file and its folder, readable by nobody else and not for any repository."""
    _refuse_links(path)
    if path.parent.name == FOLDER:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), (path.parent / ".gitignore").open("x") as ignore:
            ignore.write("*\n")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | AS_IT_STANDS, _OWNER_ONLY))


def _refuse_links(path: Path) -> None:
    """Raise UsageError where a link, a pipe or a device stands for the journal or its folder.

    Where a folder comes from others, it would lead what we keep into a file of the user's.
    """
    places = [Path(f"{path}{ending}") for ending in _BESIDE]
    for place in (path.parent, *places) if path.parent.name == FOLDER else places:
        with suppress(FileNotFoundError, NotADirectoryError):
            if stat.S_IFMT(place.lstat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR):
                raise UsageError(
                    "a link, a pipe or a device stands in the place of the journal",
                    path=str(place),
                    fix="Take it away, or name the journal with --journal",
                )


def _refuse_another(path: Path, looked_at: os.stat_result) -> None:
    """Raise OutputError where what SQLite has opened isn't what was looked at before."""
    if not os.path.samestat(looked_at, path.lstat()):
        raise _refused(path, "another file was put into its place")


def _copy_files(path: Path, to: Path) -> None:
    """Copy the file and its log, as they are at one moment."""
    log, log_copy = Path(f"{path}-wal"), Path(f"{to}-wal")
    for _ in range(_TRIES):
        before = _head(log)
        shutil.copyfile(path, to)
        log_copy.unlink(missing_ok=True)
        if before:
            try:
                shutil.copyfile(log, log_copy)
            except FileNotFoundError:
                continue
        if _head(log) == before:
            return


def _head(log: Path) -> bytes:
    try:
        with log.open("rb") as stream:
            return stream.read(_LOG_HEAD)
    except FileNotFoundError:
        return b""


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Say in our own words what the system and SQLite say.

    That is an OutputError, and a UsageError where another run holds the file or it is no journal.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise UsageError(
                f"another import{_holder(path)} is at work with this journal",
                path=str(path),
                fix="Wait until it has ended, then run again",
            ) from error
        raise _refused(path, str(error)) from error
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error
    except sqlite3.DatabaseError as error:
        raise UsageError(
            f"this is no journal: {error}", path=str(path), fix="Name another file with --journal"
        ) from error


def _holder(path: Path) -> str:
    """Say which process has locks on a file, where the system tells (Linux)."""
    with suppress(OSError, ValueError, IndexError):
        number = path.stat().st_ino
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            # … the process, the file as MAJOR:MINOR:INODE, its first and its last byte
            *_, process, place, _, _ = line.split()
            if place.endswith(f":{number}") and int(process) > 0:
                return f" (process {process})"
    return ""


def _refused(path: Path, reason: str) -> OutputError:
    return OutputError(
        f"the journal can't be opened or written: {reason}",
        path=str(path),
        fix="Name another place with --journal",
    )
