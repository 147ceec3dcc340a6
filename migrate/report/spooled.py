"""Spooled: JSON values in a temporary file, for formats whose head is known only at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any, Final, TextIO

from migrate.output import spool

_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
"""Made once: `json.dumps` makes one for each value."""


class Spooled:
    """Takes values one by one and gives them again in their order, once; flat in memory."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._file = self._open.enter_context(spool())

    def add(self, value: Any) -> None:
        """Take one value."""
        self._file.write(dumps(value).encode("ascii") + b"\n")

    def __iter__(self) -> Iterator[Any]:
        """Give the values; afterwards they are gone."""
        return map(json.loads, self._lines())

    def write(self, stream: TextIO, spelled: Callable[[Any], str] | None = None) -> None:
        """Write the values with commas between them, a line each; afterwards they are gone.

        `spelled` gives the text of a value where it isn't to be the value as it was taken.
        """
        between = "\n"
        for line in self._lines():
            text = spelled(json.loads(line)) if spelled else line.decode("ascii").rstrip("\n")
            stream.write(between + text)
            between = ",\n"

    def _lines(self) -> Iterator[bytes]:
        with self._open:
            self._file.seek(0)
            yield from self._file


def dumps(value: Any) -> str:
    """Give a value as JSON on one line.

    ASCII only: a path with bytes that aren't UTF-8, or an escape sequence in a title, stays JSON.
    """
    return _ENCODER.encode(value)
