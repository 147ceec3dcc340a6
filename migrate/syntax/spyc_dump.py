"""Writes front matter as Spyc does, the YAML library inside the plugin, to the byte.

Spyc decides by what a text contains: text that looks like YAML syntax is quoted or made a `|`
block and never folded, other text of more than 40 bytes is folded (`>`), and the rest stands
bare, also where another YAML reader would take it for something else. The decisions here are
made in Spyc's order, because a later one looks at what an earlier one wrote.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from migrate.syntax.values import PHP_BLANKS, TYPED_WORDS, Plain, Value, is_numeric

_INDENT: Final = 2
_WIDTH: Final = 40  # bytes, not characters

_SPECIAL: Final = re.compile(r"\n|: |- |  |[*#<>%\[\]{}&']|^!|:\Z")
_SPECIAL_BUT_PERCENT: Final = re.compile(r"\n|: |- |  |[*#<>\[\]{}&']|^!|:\Z")


@dataclass(frozen=True, slots=True)
class _Library:
    """What differs between the releases of the library that the plugin shipped."""

    special: re.Pattern[str]
    trims_block_lines: bool


_CYPS: Final = _Library(_SPECIAL_BUT_PERCENT, trims_block_lines=False)
_SPYC: Final = _Library(_SPECIAL, trims_block_lines=True)

# By the plugin's version: 1.0.0-1.7.1, 1.7.2-1.7.5 and 2.0.0-2.0.1. The last two wrote alike.
VARIANTS: Final[Mapping[str, _Library]] = {"1.0": _CYPS, "1.7": _SPYC, "2.0": _SPYC}


def dump(values: Mapping[str, Value], variant: str) -> str:
    """The head that the plugin of `variant` (a key of `VARIANTS`) writes for `values`.

    A `Plain` is written as it stands, any other text with the quotes that Spyc gives a string.
    Not every value survives: from 1.7 on, the lines of a block lose their outer blanks and a pair
    of quotes round them; `load(dump(...))` tells.
    """
    return "".join(_children(values, 0, VARIANTS[variant]))


def dump_entry(key: str, value: Value, variant: str) -> str:
    """The lines of one top-level `key`, as they stand in the head that `dump` gives."""
    return "".join(_node(f"{_quoted_key(key)}: ", value, 0, VARIANTS[variant]))


def is_bare(text: str) -> bool:
    """Whether some release of the plugin writes `text` without quotes and unfolded."""
    return _scalar(text, 0, _CYPS) == text


def _children(
    values: Mapping[str, Value] | list[Value], indent: int, library: _Library
) -> list[str]:
    if isinstance(values, Mapping) and list(values) == [str(n) for n in range(len(values))]:
        values = list(values.values())  # PHP has one kind of array: keys 0..n-1 make it a list
    if isinstance(values, Mapping):
        rows = [(f"{_quoted_key(key)}: ", value) for key, value in values.items()]
    else:
        rows = [("- ", value) for value in values]
    return [line for mark, value in rows for line in _node(mark, value, indent, library)]


def _node(mark: str, value: Value, indent: int, library: _Library) -> list[str]:
    """The lines of one entry behind `mark`: `- ` of a list or `key: ` of a map."""
    if isinstance(value, str):
        text, children = _scalar(value, indent, library), []
    elif value:
        text, children = "", _children(value, indent + _INDENT, library)
    else:
        text, children = "[ ]", []
    line = " " * indent + mark + text
    if mark != "- ":  # a list item keeps its trailing blanks
        line = line.rstrip(PHP_BLANKS)
    return [line + "\n", *children]


def _quoted_key(key: str) -> str:
    return f'"{key}"' if ":" in key or "#" in key else key


def _scalar(text: str, indent: int, library: _Library) -> str:
    if isinstance(text, Plain):
        return text
    if library.special.search(text):
        written = _literal(text, indent, library)
    elif len(text) > _WIDTH or (not text.isascii() and len(_utf8(text)) > _WIDTH):
        written = _fold(text, indent)
    elif is_numeric(text):
        return f'"{text}"'
    elif text in TYPED_WORDS:
        return f"'{text}'"
    else:
        written = text or '""'
    if written.strip(PHP_BLANKS) != written:
        written = _literal(written, indent, library)
    return written


def _literal(text: str, indent: int, library: _Library) -> str:
    """`text` in the first of `'`, `"` and a `|` block that needs nothing escaped."""
    if text == "\n":
        return "\\n"
    if "\n" not in text and "'" not in text:
        return f"'{text}'"
    if "\n" not in text and '"' not in text:
        return f'"{text}"'
    opener, lines = "|", text.split("\n")
    if library.trims_block_lines:
        if lines[0] in {"|", "|-", ">"}:
            opener = lines.pop(0)
        lines = [_unquoted(line.strip(PHP_BLANKS)) for line in lines]
    margin = "\n" + " " * (indent + _INDENT)
    return opener + "".join(margin + line for line in lines)


def _unquoted(line: str) -> str:
    """`line` without a pair of quotes round it; to Spyc one quote alone is a pair."""
    return line[1:-1] if line[:1] in {"'", '"'} and line[-1] == line[0] else line


def _fold(text: str, indent: int) -> str:
    """A `>` block of `text`, each line as long as 40 bytes allow; a longer word is never broken."""
    margin = "\n" + " " * (indent + _INDENT)
    return ">" + "".join(margin + line for line in _wordwrap(text))


def _wordwrap(text: str) -> list[str]:
    """The lines into which PHP's wordwrap() breaks `text`, counting bytes, at blanks only."""
    raw = _utf8(text)
    lines, start = [], 0
    while len(raw) - start > _WIDTH:
        end = raw.rfind(b" ", start + 1, start + _WIDTH + 1)
        if end < 0:
            end = raw.find(b" ", start + _WIDTH + 1)
        if end < 0:
            break
        lines.append(raw[start:end])
        start = end + 1
    lines.append(raw[start:])
    return [line.decode("utf-8", "surrogatepass") for line in lines]


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
