"""Reads and writes the title and the field list that begin a reStructuredText post for Pelican.

`:key: value` lines; an indented line goes on with the value above it. The title is the section
title that stands first, over a line of `#` or the like.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.key_value import flat, gathered
from migrate.syntax.pelican_words import as_pelican
from migrate.syntax.values import Value

ENTRY: Final = pattern(r":([^:\s](?:[^:\n]*[^:\s])?):(?:[ \t]++(.*))?")
INDENT: Final = frozenset(" \t")
_BLANKS: Final = " \t\r\n"
_ADORNMENT: Final = pattern(r"([!-/:-@\[-`{-~])\1{2,}")
_MARGIN: Final = "    "


def load(head: str) -> dict[str, Value]:
    """Give the values of a head, the title under `title`; text of several lines has line ends.

    Raises RecordError with the line in the head for a line that is none of these.
    """
    lines = [line.rstrip(_BLANKS) for line in head.split("\n")]
    title_at, start = title_of(lines)
    entries: list[tuple[str, list[str]]] = []
    for number, line in enumerate(lines[start:], start + 1):
        if entry := ENTRY.fullmatch(line):
            entries.append((as_pelican(entry[1]), [entry[2] or ""]))
        elif entries and (not line or line[:1] in INDENT):
            entries[-1][1].append(line)
        elif line:
            raise RecordError(
                "source-front-matter-syntax",
                "this is no `:key: value` line",
                line=number,
                fix="Write it so, or indent it if it goes on with the line above",
            )
    title = [("title", lines[title_at].strip())] if title_at is not None else []
    return gathered([*title, *((key, _text(parts)) for key, parts in entries)])


def dump(values: Mapping[str, Value]) -> str:
    """Give the lines of a head; what such lines can't hold is left out."""
    title = values.get("title")
    entries = {key: value for key, value in values.items() if key != "title"}
    fields = "".join(
        _entry(key, text) for key, text in flat(entries) if ENTRY.fullmatch(f":{key}:")
    )
    if not isinstance(title, str) or not _is_title(title):
        return fields
    line = "#" * max(3, sum(map(_columns, title)))
    return f"{title}\n{line}\n" + (f"\n{fields}" if fields else "")


def title_of(lines: Sequence[str]) -> tuple[int | None, int]:
    """Give the number of the line that holds the title, and the first one below it, from 0.

    Blank lines may come first. None where no title stands there.
    """
    first = next((n for n, line in enumerate(lines) if line.strip(_BLANKS)), len(lines))
    window = [line.rstrip(_BLANKS) for line in lines[first : first + 3]]
    if len(window) > 1 and _ADORNMENT.fullmatch(window[1]) and _is_title(window[0]):
        return first, first + 2
    framed = len(window) > 2 and _ADORNMENT.fullmatch(window[0]) and window[0] == window[2]  # noqa: PLR2004 - overline, title, underline
    return (first + 1, first + 3) if framed and window[1].strip() else (None, first)


def _is_title(line: str) -> bool:
    """Tell whether a line can be a title: one line, no blank at an end, nothing of another kind."""
    other = ENTRY.fullmatch(line) or _ADORNMENT.fullmatch(line) or line.startswith(".. ")
    return bool(line) and line == line.strip() and "\n" not in line and not other


def _text(parts: list[str]) -> str:
    first, *more = parts
    while more and not more[-1]:
        more.pop()
    margin = min((len(line) - len(line.lstrip(_BLANKS)) for line in more if line), default=0)
    lines = [line[margin:] for line in more]
    return "\n".join([first, *lines] if first else lines)


def _entry(key: str, text: str) -> str:
    if "\n" not in text:
        return f":{key}: {text}\n" if text else f":{key}:\n"
    lines = [f":{key}:", *(f"{_MARGIN}{line}" if line else "" for line in text.split("\n"))]
    return "".join(f"{line}\n" for line in lines)


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
