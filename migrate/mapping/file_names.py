"""What the place and the name of a post's file state about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Final, NamedTuple

from migrate.mapping.status import most_private
from migrate.patterns import pattern

_PLACEHOLDERS: Final = {
    "{date}": r"(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})",
    "{slug}": r"(?P<slug>[^/]+)",
    "*": r"[^/]*",
    "?": r"[^/]",
}
_TOKEN: Final = pattern(r"\{[^}]*\}|\*|\?|[^{*?]+|\{")
_DATED: Final = pattern(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}-")


class PathFacts(NamedTuple):
    """What a path states, each None where it doesn't. A date in a name is that day's midnight."""

    slug: str | None = None
    date: str | None = None
    status: str | None = None


class Types(NamedTuple):
    """The post type that a place states: by the innermost folder, a dated name, or any other."""

    folders: Mapping[str, str] = {}
    dated: str | None = None
    otherwise: str | None = None

    def of(self, path: str) -> str | None:
        """Give the type; None where the place states none."""
        *folders, name = path.split("/")
        stated = [self.folders[folder] for folder in folders if folder in self.folders]
        if stated:
            return stated[-1]
        return self.dated if self.dated and _DATED.match(name) else self.otherwise


class FileNames:
    """The rules of a dialect about paths: the first pattern that fits the path's end counts."""

    __slots__ = ("_folders", "_patterns")

    def __init__(self, patterns: Sequence[str], folder_status: Mapping[str, str]) -> None:
        """Raise ValueError for a pattern with a placeholder that doesn't exist."""
        # A pattern of two names is held against the last two names of a path.
        self._patterns = [(text.count("/") + 1, pattern(_regex(text))) for text in patterns]
        self._folders = dict(folder_status)

    def facts(self, path: str) -> PathFacts:
        """Give what the path, below SOURCE and with `/`, states."""
        names = path.split("/")
        status = self._status(names)
        for length, ending in self._patterns:
            if found := ending.fullmatch("/".join(names[-length:])):
                named = found.groupdict()
                return PathFacts(named.get("slug"), _midnight(named.get("date")), status)
        return PathFacts(status=status)

    def _status(self, names: list[str]) -> str | None:
        if self._folders.keys().isdisjoint(names):
            return None
        stated = [self._folders[folder] for folder in names[:-1] if folder in self._folders]
        return reduce(most_private, stated) if stated else None


def _regex(pattern: str) -> str:
    return "".join(map(_token, _TOKEN.findall(pattern)))


def _token(token: str) -> str:
    if token.startswith("{") and token not in _PLACEHOLDERS:
        known = "`{date}`, `{slug}`, `?` and `*`"
        raise ValueError(f"`{token}` is no placeholder; there are {known}")
    return _PLACEHOLDERS.get(token) or re.escape(token)


def _midnight(day: str | None) -> str | None:
    try:
        return f"{date(*map(int, day.split('-')))} 00:00:00" if day else None
    except ValueError:
        return None
