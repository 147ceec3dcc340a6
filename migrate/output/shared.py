"""Sources and outputs that lie where fsspec finds them (`s3://…`, `gs://…`, `sftp://…`).

They are copied whole on the way: whoever reads or writes has a file of its own machine, and no
reader or writer knows of this. fsspec is imported only where such an address is named.
"""

from __future__ import annotations

import contextlib
import filecmp
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final

from migrate.errors import OutputError, SourceError, UsageError
from migrate.output.names import is_below
from migrate.output.replacement import Outcome, Replacement, explaining_spool, replacing

_ADDRESS: Final = re.compile(r"(?!https?:|file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_FILE: Final = "file://"


def is_shared(name: str) -> bool:
    """Tell whether SOURCE or OUT is such an address; those of the web are a site's."""
    return bool(_ADDRESS.match(name))


def as_path(name: str) -> str:
    """Give the path that a `file://` address means; any other name as it is."""
    return name.removeprefix(_FILE)


@contextlib.contextmanager
def copied(address: str) -> Iterator[Path]:
    """Give a copy of a file or a folder, under its own name; the end of the block removes it.

    Raises UsageError where the way there isn't installed, SourceError where there is nothing or it
    can't be read, OutputError where the copy can't be written.
    """
    files, place = _found(address)
    with contextlib.ExitStack() as stack:
        with explaining_spool():
            folder = tempfile.TemporaryDirectory(prefix="wpmigrate-")
            target = Path(stack.enter_context(folder)) / (PurePosixPath(place).name or "source")
        try:
            if files.isdir(place):
                _copy_folder(files, place, target)
            else:
                files.get_file(place, str(target))
        except FileNotFoundError as error:
            raise SourceError("doesn't exist", path=address, fix="Name what is there") from error
        except Exception as error:
            # Each file system has errors of its own kind.
            raise SourceError(f"can't be read: {error}", path=address) from error
        yield target


def _copy_folder(files: Any, place: str, target: Path) -> None:
    """Copy all files below a folder; SourceError for one whose name leads out of it."""
    target.mkdir()
    names = files.find(place)
    within = [str(PurePosixPath(name).relative_to(PurePosixPath(place))) for name in names]
    for path in within:
        if not is_below(path):
            raise SourceError("its name leads out of the folder", path=path, fix="Rename it")
    for folder in {(target / path).parent for path in within}:
        folder.mkdir(parents=True, exist_ok=True)
    if names:
        files.get(names, [str(target / path) for path in within])


@contextlib.contextmanager
def storing(address: str, *, dry_run: bool = False) -> Iterator[Replacement]:
    """Write a file here, then put it whole into its place there, as `replacing` does.

    Raises OutputError where that can't be done, UsageError where the way there isn't installed.
    """
    files, place = _found(address)
    with contextlib.ExitStack() as stack:
        with explaining_spool():
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wpmigrate-"))
            written = Path(folder) / PurePosixPath(place).name
        with replacing(written) as replacement:
            yield replacement
        try:
            replacement.outcome = _outcome(files, place, written)
            if not dry_run and replacement.outcome != "unchanged":
                with written.open("rb") as local, files.transaction, files.open(place, "wb") as out:
                    shutil.copyfileobj(local, out)
        except Exception as error:
            raise OutputError(f"can't be written: {error}", path=address) from error


def exists(address: str) -> bool:
    """Tell whether a file is there; UsageError where the way there isn't installed."""
    files, place = _found(address)
    return bool(files.exists(place))


def _outcome(files: Any, place: str, written: Path) -> Outcome:
    if not files.exists(place):
        return "create"
    if files.size(place) != written.stat().st_size:
        return "update"
    there = written.with_name("there")
    files.get_file(place, str(there))
    return "unchanged" if filecmp.cmp(there, written, shallow=False) else "update"


def _found(address: str) -> tuple[Any, str]:
    """Give the file system of an address, and the place in it."""
    try:
        import fsspec  # noqa: PLC0415 - not always there
    except ImportError as error:
        raise UsageError(
            f"{address} needs fsspec", fix="Install it: pip install 'wpmigrate[cluster]'"
        ) from error
    try:
        files, place = fsspec.url_to_fs(address)
    except ImportError as error:  # it names the package, as s3fs
        raise UsageError(f"{address} can't be opened: {error}", fix="Install that") from error
    except ValueError as error:
        raise UsageError(f"{address} can't be opened: {error}", fix="Name a path") from error
    return files, str(place)
