"""The lock: which post of a site each record is, as text for a repository, without any content.

    # wpmigrate lock 1: https://example.org
    post 12 _posts/2016-07-16-hello.md

One line an entry: type, ID, and the source key, by which the lines are sorted. `%` and what isn't
printable stand percent-encoded in the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from migrate.errors import UsageError
from migrate.output import plain, replacing
from migrate.plan.journal.entry import Entry

__all__ = ["read", "write"]

_HEAD: Final = "# wpmigrate lock 1: "
_LINE: Final = re.compile(r"(\S+) ([1-9][0-9]*) (.+)")
_ESCAPED: Final = re.compile("[%\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def read(path: Path, site: str) -> list[Entry]:
    """Return the entries of a lock, which know nothing but the post; none where there is no file.

    Raises UsageError where the lock is of another site, or a line of it is wrong.
    """
    try:
        lines = plain.text(path, plain.MOST).splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        said = f"the lock can't be read: {getattr(error, 'strerror', None) or error}"
        raise UsageError(said, path=str(path), fix="Name another file with --lock") from error
    head = lines[0] if lines else ""
    if not head.startswith(_HEAD):
        raise UsageError("this is no lock of wpmigrate", path=str(path), line=1)
    if head.removeprefix(_HEAD) != _named(site):
        raise UsageError(
            f"this is the lock of {head.removeprefix(_HEAD)}, and the site is {_named(site)}",
            path=str(path),
            line=1,
            fix="Keep a lock for each site",
        )
    return list(_entries(lines[1:], path))


def write(path: Path, site: str, entries: Iterable[Entry]) -> None:
    """Write the lock of a site; the entries come sorted. OutputError where that can't be done."""
    with replacing(path) as replacement:
        replacement.stream.write(f"{_HEAD}{_named(site)}\n".encode())
        for entry in entries:
            key = _ESCAPED.sub(_encoded, entry.key)
            replacement.stream.write(f"{entry.type} {entry.id} {key}\n".encode())


def _entries(lines: Iterable[str], path: Path) -> Iterator[Entry]:
    for number, line in enumerate(lines, 2):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise UsageError(
                "a line is type, ID and path with blanks between them",
                path=str(path),
                line=number,
                fix="Mend the line, or take it away: the post is recognised by what exists then",
            )
        key = unquote_to_bytes(parts[3]).decode("utf-8", "surrogateescape")
        yield Entry(key, parts[1], int(parts[2]))


def _named(site: str) -> str:
    return site.rstrip("/")


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogateescape"))
