"""Reads and writes `Key: value` lines, the metadata of Markdown posts for Pelican.

The rules are those of Python-Markdown's Meta-Data extension: a line that is indented by four
blanks goes on with the value above it, and the first blank line ends the head. A key that stands
several times is a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.measures import refuse_long
from migrate.syntax.pelican_words import as_pelican, is_own
from migrate.syntax.values import Value

ENTRY: Final = pattern(r" {0,3}([A-Za-z0-9_-]+):[ \t]*+(.*)")
MORE: Final = pattern(r"(?: {4}|\t)[ \t]*+(\S.*)")

_MARGIN: Final = "    "


def load(head: str) -> dict[str, Value]:
    """Give the values of a head; a value of several lines is one text with line ends.

    Raises RecordError with the line in the head for a line that is none of these.
    """
    refuse_long(head)
    lines: list[tuple[str, list[str]]] = []
    for number, line in enumerate(head.split("\n"), 1):
        text = line.rstrip()
        if entry := ENTRY.fullmatch(text):
            lines.append((as_pelican(entry[1]), [entry[2]]))
        elif lines and (more := MORE.fullmatch(text)):
            lines[-1][1].append(more[1])
        elif text:
            raise RecordError(
                "source-front-matter-syntax",
                "this is no `Key: value` line",
                line=number,
                fix="Write it so, or indent it by four blanks if it goes on with the line above",
            )
    return gathered((key, _text(parts)) for key, parts in lines)


def dump(values: Mapping[str, Value]) -> str:
    """Give the lines of a head, Pelican's own words with a capital letter.

    What such lines can't hold is left out: maps, keys with other signs than letters, digits, `-`
    and `_`, texts with blanks at an end or blank lines.
    """
    return "".join(
        _entry(key.capitalize() if is_own(key) else key, text)
        for key, text in flat(values)
        if ENTRY.fullmatch(f"{key}:") and _fits(text)
    )


def gathered(entries: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """Give the entries as values: those of one key are a list."""
    values: dict[str, Value] = {}
    for key, text in entries:
        earlier = values.get(key)
        if earlier is None:
            values[key] = text
        elif isinstance(earlier, list):
            earlier.append(text)
        else:
            values[key] = [earlier, text]
    return values


def flat(values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Give each text with its key, a list as several entries; deeper values are left out."""
    for key, value in values.items():
        if isinstance(value, str):
            yield str(key), str(value)
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            yield from ((str(key), str(item)) for item in value)


def _text(parts: list[str]) -> str:
    return "\n".join(parts if parts[0] else parts[1:])


def _entry(key: str, text: str) -> str:
    first, *more = text.split("\n")
    lines = [f"{key}: {first}" if first else f"{key}:", *(_MARGIN + line for line in more)]
    return "".join(f"{line}\n" for line in lines)


def _fits(text: str) -> bool:
    """Tell whether every line is kept: none blank, none with blanks at an end."""
    return not text or all(line and line == line.strip() for line in text.split("\n"))
