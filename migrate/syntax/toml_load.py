"""Loads TOML that anybody may have written: within measures, and with errors of one kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any, Final

from migrate.patterns import pattern

DEEPEST: Final = 100

_TEXT: Final = r""" (?<!\\)"(?:[^"\\\n]|\\.)*+" | '[^'\n]*+' """
_DOTTED: Final = pattern(
    rf"""
    (?<![A-Za-z0-9_-]) ((?: (?:[A-Za-z0-9_-]++|{_TEXT}) [ \t]*+ \. [ \t]*+ )++)
    | (?<!\\)\"{{3}} (?:[^"\\]|\\.|"(?!""))*+ "{{3,5}}+ | '{{3}} (?:[^']|'(?!''))*+ '{{3,5}}+
    | {_TEXT} | \#[^\n]*+
    """,
    re.VERBOSE | re.DOTALL,
)
"""A key with dots as the group; texts and comments, in which none stands, are passed over."""
_LONG_NUMBER: Final = pattern(r"[0-9A-Fa-f_]{3000}")
_LARGEST: Final = 1 << 14_000
"""Integers from here on Python refuses to read or to write, for the time that would take."""


def loads(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Give what tomllib's does.

    Raises TOMLDecodeError, also for an integer of thousands of digits; RecursionError where lists,
    tables or the parts of a key are nested too deeply: tomllib's time grows by the square of these.
    """
    if any((found[1] or "").count(".") > DEEPEST for found in _DOTTED.finditer(text)):
        raise RecursionError
    try:
        found = tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:
        raise _too_long(text) from error
    if _LONG_NUMBER.search(text) and _has_huge(found):
        raise _too_long(text)
    return found


def _has_huge(value: Any) -> bool:
    if isinstance(value, int):
        return abs(value) >= _LARGEST
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_has_huge, held))


def _too_long(text: str) -> tomllib.TOMLDecodeError:
    found = _LONG_NUMBER.search(text)
    before = text[: found.start()] if found else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    place = f"(at line {line}, column {column})"
    return tomllib.TOMLDecodeError(f"A number has thousands of digits {place}")
