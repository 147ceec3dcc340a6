"""The settings: `wpmigrate.toml`, or `[tool.wpmigrate]` of pyproject.toml, and where things stand.

source = "posts"
out = "site.xml"
timezone = "Europe/Lisbon"
ignore = ["mapping-entities"]

[import]            # what only one command is to know, or should know otherwise
site = "https://example.org"

[per-path-ignores]
"archive/" = ["rewrite-link-broken"]
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from migrate.errors import UsageError

NAME: Final = "wpmigrate.toml"
PYPROJECT: Final = "pyproject.toml"
TABLE: Final = ("tool", "wpmigrate")

_MOST_READ: Final = 100
"""How many times a settings file is read to find the line of a key."""

_PLACE: Final = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)")


class SettingsError(UsageError):
    """A settings file says something that can't be used."""


class SettingsFile(Struct, frozen=True):
    """A settings file as it was found: its options by name, and those of commands in tables.

    `prefix` is the table of the file in which they stand.
    """

    path: Path
    text: str
    options: Mapping[str, Any]
    prefix: tuple[str, ...] = ()

    def error(self, message: str, keys: Sequence[str], fix: str = "") -> SettingsError:
        """Make the error about what stands at `keys`, as `["export", "out"]`."""
        line, column = _place(self.text, (*self.prefix, *keys))
        return SettingsError(message, path=shown(self.path), line=line, column=column, fix=fix)

    def beside(self, name: str) -> str:
        """Give a path that is stated relative to this file as one from the current folder."""
        return shown(self.path.parent / Path(name).expanduser())


def find(starts: Sequence[Path]) -> SettingsFile | None:
    """Give the nearest settings file at or above the first of some folders that has one.

    The search ends at the top of a repository. Raises SettingsError for a file that isn't TOML.
    """
    found = (_read(folder) for start in starts for folder in _upwards(start.absolute()))
    return next(filter(None, found), None)


def find_here() -> Path | None:
    """Give the settings file that stands in the current folder; None where there is none."""
    if Path(NAME).exists():
        return Path(NAME)
    found = _read(Path())
    return found.path if found else None


def shown(path: Path) -> str:
    """Give a path as it is seen from the current folder, where it lies at or below that."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _upwards(folder: Path) -> Iterator[Path]:
    for above in (folder, *folder.parents):
        yield above
        if (above / ".git").exists():
            return


def _read(folder: Path) -> SettingsFile | None:
    own = folder / NAME
    if own.is_file():
        text = _text(own)
        return SettingsFile(own, text, _parsed(own, text))
    shared = folder / PYPROJECT
    if not shared.is_file() or "wpmigrate" not in (text := _text(shared)):
        return None
    options: Any = _parsed(shared, text)
    for name in TABLE:
        options = options.get(name) if isinstance(options, dict) else None
    return SettingsFile(shared, text, options, TABLE) if isinstance(options, dict) else None


def _text(path: Path) -> str:
    from migrate.output import plain  # noqa: PLC0415 - start-up is kept short

    try:
        return plain.text(path)
    except OSError as error:
        said = f"can't be read: {error.strerror or error}"
        raise SettingsError(said, path=shown(path), fix="Check its permissions") from error
    except UnicodeDecodeError as error:
        raise SettingsError("isn't UTF-8", path=shown(path), fix="Save it as UTF-8") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - start-up is kept short

    from migrate.syntax import toml_load  # noqa: PLC0415 - start-up is kept short

    try:
        return toml_load.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line, column = (int(part) if part else None for part in found.groups()) if found else (1, 1)
        raise SettingsError(
            f"isn't TOML: {_PLACE.sub('', str(error))}",
            path=shown(path),
            line=line or text.count("\n") + 1,
            column=column,
            fix="Text stands in quotes, lists in [ ]",
        ) from error
    except RecursionError as error:
        said = "lists or tables are nested too deeply"
        raise SettingsError(said, path=shown(path), line=1, column=1, fix="Unfold them") from error


def _place(text: str, keys: Sequence[str]) -> tuple[int, int]:
    """Give line and column of a key: where the statement begins after which the key is known.

    TOML's parsers don't tell, so the text is read again, a line more each time, from the first one
    that has the key in it; for one that isn't near, the beginning of the file is given.
    """
    import tomllib  # noqa: PLC0415 - start-up is kept short

    lines = text.splitlines(keepends=True)
    begin = next((number for number, line in enumerate(lines) if keys[-1] in line), 0)
    for end in range(begin + 1, min(len(lines), begin + _MOST_READ) + 1):
        try:
            known = tomllib.loads("".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a list
        if _has(known, keys):
            return _first_of(lines, begin, end, keys[-1])
        begin = end
    return 1, 1


def _first_of(lines: Sequence[str], begin: int, end: int, key: str) -> tuple[int, int]:
    for number in range(begin, end):
        column = lines[number].find(key)
        if column >= 0:
            return number + 1, column + 1
    return begin + 1, 1


def _has(known: Any, keys: Sequence[str]) -> bool:
    for key in keys:
        if not isinstance(known, dict) or key not in known:
            return False
        known = known[key]
    return True
