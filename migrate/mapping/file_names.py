"""What the place and the name of a post's file state about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from itertools import repeat
from typing import Final, NamedTuple

from migrate.mapping.status import most_private
from migrate.model.globs import MOST_GAPS, has_too_many_gaps
from migrate.patterns import pattern

_PLACEHOLDERS: Final = {
    "{date}": r"(?P<date>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})",
    "{slug}": r"(?P<slug>[^/]+)",
    "*": r"[^/]*",
    "?": r"[^/]",
}
_TOKEN: Final = pattern(r"\{[^{}]*\}|\*|\?|[^{*?]+|\{")
_PLACED: Final = pattern(r"[{*?]")
_DATED: Final = pattern(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}-")


class PathFacts(NamedTuple):
    """What a path states, each None where it doesn't; `day` may be one that can't be."""

    slug: str | None = None
    day: str | None = None
    status: str | None = None

    @property
    def date(self) -> str | None:
        """The day's midnight, None where there is no such day."""
        return _midnight(self.day)


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

    def of_folder(self, paths: Sequence[str]) -> set[str | None]:
        """Give the types of files of one folder."""
        return set(map(self.of, paths if self.dated else paths[:1]))


class FileNames:
    """The rules of a dialect about paths: the first pattern that fits the path's end counts."""

    __slots__ = ("_above", "_folders", "_patterns", "_statuses")

    def __init__(self, patterns: Sequence[str], folder_status: Mapping[str, str]) -> None:
        """Raise ValueError for a placeholder that doesn't exist, or for too many that vary."""
        # A pattern of two names is held against the last two names of a path.
        self._patterns = [(text.count("/") + 1, pattern(_regex(text))) for text in patterns]
        above = [text.rpartition("/")[0] for text in patterns]
        self._above = [None if _PLACED.search(text) else text for text in above]
        self._folders = dict(folder_status)
        self._statuses: dict[str, str | None] = {}  # of the last folder that was asked about

    def facts(self, path: str) -> PathFacts:
        """Give what the path, below SOURCE and with `/`, states."""
        status = self._status(path.rpartition("/")[0])
        found = self._found(path)
        named = found.groupdict() if found else {}
        return PathFacts(named.get("slug"), named.get("date"), status)

    def slugs(self, paths: Sequence[str]) -> list[str | None]:
        """Give what paths, all of one folder, state of the slug."""
        found: list[re.Match[str] | None] = [None] * len(paths)
        for cut, ending in self._patterns_in(paths[0].rpartition("/")[0]):
            if None not in found:
                break
            fits = map(ending.fullmatch, paths, repeat(cut))
            found = [before or now for before, now in zip(found, fits, strict=True)]
        return [
            match["slug"] if match and "slug" in match.re.groupindex else None for match in found
        ]

    def _patterns_in(self, folder: str) -> Iterator[tuple[int, re.Pattern[str]]]:
        """Give the patterns that may fit files of a folder, and where in a path they begin."""
        names = folder.split("/") if folder else []
        for (length, ending), above in zip(self._patterns, self._above, strict=True):
            here = "/".join(names[len(names) - length + 1 :])
            if len(names) >= length - 1 and above in (None, here):
                yield len(folder) - len(here) if length > 1 else len(folder) + bool(folder), ending

    def _found(self, path: str) -> re.Match[str] | None:
        for length, ending in self._patterns:
            at_end = "/".join(path.split("/")[-length:]) if length > 1 else path.rpartition("/")[2]
            if found := ending.fullmatch(at_end):
                return found
        return None

    def _status(self, path: str) -> str | None:
        """Give what the folders of a path state."""
        if path not in self._statuses:
            stated = [self._folders[name] for name in path.split("/") if name in self._folders]
            self._statuses = {path: reduce(most_private, stated) if stated else None}
        return self._statuses[path]


def _regex(pattern: str) -> str:
    if has_too_many_gaps(pattern.replace("{slug}", "*")):
        raise ValueError(f"`{pattern}` has more than {MOST_GAPS} of `*` and `{{slug}}` in one name")
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
