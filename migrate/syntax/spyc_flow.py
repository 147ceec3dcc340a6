"""Reads `[a, b]` and `{a: b}`, which the plugin never writes (`[ ]` apart) and people do."""

from __future__ import annotations

import re
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.spyc_quotes import closed, unquoted
from migrate.syntax.values import Value, plain

MOST_DEPTH: Final = 50

# White space and comments between the parts.
_SPACE: Final = pattern(r"(?:[ \t\r\n]|(?<=[ \t\r\n])\#[^\n]*)*")
# An unquoted scalar ends at `,`, at a closing bracket, before `: ` and before a comment.
_PLAIN: Final = pattern(r"(?:[^,\]}:\#] | :(?![ \t\r\n,\]}]|\Z) | (?<![ \t\r\n])\#)*", re.VERBOSE)
_LINE_BREAK: Final = pattern(r"(?<![ \t\r])[ \t\r]*+\n[ \t\r\n]*+")


class FlowError(ValueError):
    """The text is no flow list or map; `str()` of it says why, in words for people."""


def flow(text: str, at: int = 0, depth: int = 0) -> tuple[Value, int]:
    """The list or map that opens at `at`, and where the text behind it begins."""
    if depth > MOST_DEPTH:
        raise FlowError(f"lists and maps stand more than {MOST_DEPTH} deep in each other")
    if text[at] == "[":
        return _sequence(text, at + 1, depth)
    return _mapping(text, at + 1, depth)


def _sequence(text: str, at: int, depth: int) -> tuple[Value, int]:
    items: list[Value] = []
    at = _skip(text, at)
    while text[at] != "]":
        item, at = _node(text, at, depth)
        if text[at] == ":" and isinstance(item, str):
            value, at = _node(text, _skip(text, at + 1), depth)
            item = {str(item): value}
        items.append(item)
        at = _next(text, at, "]")
    return items, at + 1


def _mapping(text: str, at: int, depth: int) -> tuple[Value, int]:
    values: dict[str, Value] = {}
    at = _skip(text, at)
    while text[at] != "}":
        key, at = _node(text, at, depth)
        if not isinstance(key, str) or not key:
            raise FlowError(f"a key is missing before `{text[at]}`")
        if key in values:
            raise FlowError(f"the key `{key}` stands here twice")
        values[str(key)] = ""
        if text[at] == ":":
            values[str(key)], at = _node(text, _skip(text, at + 1), depth)
        at = _next(text, at, "}")
    return values, at + 1


def _next(text: str, at: int, end: str) -> int:
    """Where the next part begins, or the bracket that closes; `at` is behind a part."""
    if text[at] == ",":
        return _skip(text, at + 1)
    if text[at] == end:
        return at
    raise FlowError(f"`,` or `{end}` is missing before `{text[at]}`")


def _node(text: str, at: int, depth: int) -> tuple[Value, int]:
    """The value at `at`, and where the next sign behind it and its white space is."""
    value: Value
    if text[at] in "[{":
        value, at = flow(text, at, depth + 1)
    elif text[at] in "'\"":
        end = closed(text, at)
        if not end:
            raise FlowError(f"the quote {text[at]} is never closed")
        value, at = unquoted(text[at:end]), end
    else:
        end = _PLAIN.match(text, at).end()  # type: ignore[union-attr] # it matches the empty text
        value, at = plain(_LINE_BREAK.sub(" ", text[at:end].strip(" \t\r\n"))), end
    return value, _skip(text, at)


def _skip(text: str, at: int) -> int:
    """The place of the next sign; there has to be one, since the bracket isn't closed."""
    at = _SPACE.match(text, at).end()  # type: ignore[union-attr] # it matches the empty text
    if at == len(text):
        raise FlowError("the bracket is never closed")
    return at
