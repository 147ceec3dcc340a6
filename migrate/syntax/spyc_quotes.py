"""Reads quoted scalars: the plugin's own, which know no escapes, and YAML's, which people write."""

from __future__ import annotations

import re
import sys
from typing import Final

from migrate.patterns import pattern

_SINGLE: Final = pattern(r"'[^']*(?:''[^']*)*'(?!')")
_DOUBLE: Final = pattern(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
# What the plugin's own reader takes besides: a quote behind a backslash.
_SINGLE_BACKSLASH: Final = pattern(r"'[^'\\]*(?:(?:\\.|'')[^'\\]*)*'", re.DOTALL)

_FOLD: Final = pattern(r"(?<![ \t\r])[ \t\r]*+\n((?:[ \t\r]*+\n)*+)[ \t]*+")
_SURROGATES: Final = range(0xD800, 0xE000)
_ESCAPE: Final = pattern(
    r"""\\(?: u(?P<pair>[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})
            | x(?P<x>[0-9a-fA-F]{2}) | u(?P<u>[0-9a-fA-F]{4}) | U(?P<U>[0-9a-fA-F]{8})
            | (?P<sign>.) )""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f",
    "r": "\r", "e": "\x1b", " ": " ", '"': '"', "'": "'", "/": "/", "\\": "\\", "\n": "",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def closed(text: str, at: int = 0) -> int:
    """Where the quoted scalar that opens at `at` ends by the rules of YAML; 0 if it doesn't."""
    found = (_SINGLE if text[at] == "'" else _DOUBLE).match(text, at)
    return found.end() if found else 0


def unquoted(text: str) -> str:
    """The value of a scalar that YAML finds closed; line breaks in it are folded."""
    inner = text[1:-1]
    if "\n" in inner:
        inner = _FOLD.sub(lambda found: "\n" * found[1].count("\n") or " ", inner)
    if text[0] == "'":
        return inner.replace("''", "'")
    return _ESCAPE.sub(_escaped, inner) if "\\" in inner else inner


def written(text: str) -> str | None:
    r"""The value of a quoted scalar in the plugin's own spelling; None if it isn't one.

    The plugin takes double quotes for what holds a `'` and no `"`, and escapes nothing: in
    `"it's C:\new"` the backslash is a backslash. It also reads `'it\'s'`.
    """
    inner = text[1:-1]
    if text[-1] != text[0] or len(text) == 1:
        return None
    if text[0] == '"':
        return inner if '"' not in inner and ("'" in inner or "\\" not in inner) else None
    if "'" not in inner:
        return inner
    if _SINGLE_BACKSLASH.fullmatch(text) and not _SINGLE.fullmatch(text):
        return inner.replace("''", "'").replace("\\'", "'")
    return None


def _escaped(found: re.Match[str]) -> str:
    r"""What an escape stands for; one that YAML doesn't know, such as `\d`, is text."""
    if found["pair"]:
        high, low = int(found["pair"][:4], 16), int(found["pair"][6:], 16)
        return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
    if found["sign"]:
        return _SIGNS.get(found["sign"], found[0])
    code = int(found["x"] or found["u"] or found["U"], 16)
    return found[0] if code in _SURROGATES or code > sys.maxunicode else chr(code)
