"""What the place and the name of a post's file state about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

_PLACEHOLDERS: Final = {
    "{date}": r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})",
    "{slug}": r"(?P<slug>[^/]+)",
    "*": r"[^/]*",
}
_TOKEN: Final = re.compile(r"\{[^}]*\}|\*|[^{*]+|\{")


class PathFacts(NamedTuple):
    """What a path states, each None where it doesn't. A date in a name is that day's midnight."""

    slug: str | None = None
    date: str | None = None
    status: str | None = None


class FileNames:
    """The rules of a dialect about paths: the first pattern that fits the path's end counts."""

    __slots__ = ("_folders", "_patterns")

    def __init__(self, patterns: Sequence[str], folder_status: Mapping[str, str]) -> None:
        """Raise ValueError for a pattern with a placeholder that doesn't exist."""
        self._patterns = [
            re.compile(f"(?:.*/)?{_regex(pattern)}", re.DOTALL) for pattern in patterns
        ]
        self._folders = dict(folder_status)

    def facts(self, path: str) -> PathFacts:
        """Give what the path, below SOURCE and with `/`, states."""
        for pattern in self._patterns:
            if found := pattern.fullmatch(path):
                named = found.groupdict()
                return PathFacts(
                    named.get("slug"), _midnight(named.get("date")), self._status(path)
                )
        return PathFacts(status=self._status(path))

    def _status(self, path: str) -> str | None:
        for folder in path.split("/")[:-1]:
            if folder in self._folders:
                return self._folders[folder]
        return None


def _regex(pattern: str) -> str:
    return "".join(map(_token, _TOKEN.findall(pattern)))


def _token(token: str) -> str:
    if token.startswith("{") and token not in _PLACEHOLDERS:
        raise ValueError(f"`{token}` is no placeholder; there are `{{date}}`, `{{slug}}` and `*`")
    return _PLACEHOLDERS.get(token) or re.escape(token)


def _midnight(day: str | None) -> str | None:
    try:
        return f"{date.fromisoformat(day)} 00:00:00" if day else None
    except ValueError:
        return None
