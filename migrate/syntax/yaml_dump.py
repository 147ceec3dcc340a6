"""Writes front matter in plain YAML, the way people write it by hand.

Text is quoted only where some YAML reader would take it for something else; lists are blocks, no
line is folded, letters of all scripts stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.typed import is_typed
from migrate.syntax.values import Plain, Value

_INDENT: Final = "  "

# Deletes and C1 controls, line ends of other scripts, byte order marks, what is no character.
_ODD: Final = r"\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"

# A scalar that needs no quotes anywhere: it begins with no sign that YAML or Psych knows (`:word`
# is a symbol to Ruby), has no blanks at an end and no control character.
_BARE: Final = pattern(
    rf"""(?![-?:,\[\]{{}}#&*!|>'"%@`\s]|\.\.\.\Z)[^\x00-\x1f{_ODD}]+(?<![\s:])"""
)
_LOOKS_LIKE_MORE: Final = pattern(r":\s|\s#")
_ESCAPED: Final = pattern(rf'["\\\x00-\x1f{_ODD}]')
_BLOCK: Final = pattern(rf"[^\s\x00-\x1f{_ODD}][^\x00-\x08\x0b-\x1f{_ODD}]*")
_ESCAPES: Final = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r", "\0": r"\0"}


def dump(values: Mapping[str, Value]) -> str:
    """Give the lines of a head; `yaml_load.load(dump(values)) == values`.

    `Plain` text stays without quotes where it can.
    """
    return "".join(f"{line}\n" for line in _map(values, ""))


def _map(values: Mapping[str, Value], margin: str) -> Iterator[str]:
    for key, value in values.items():
        yield from _entry(f"{margin}{_key(key)}:", value, margin)


def _list(values: list[Value], margin: str) -> Iterator[str]:
    for value in values:
        yield from _entry(f"{margin}-", value, margin)


def _entry(mark: str, value: Value, margin: str) -> Iterator[str]:
    """Give the lines of `mark` with its value behind it or below it."""
    if isinstance(value, str):
        yield from _text(mark, value, margin)
    elif not value:
        yield f"{mark} {'[]' if isinstance(value, list) else '{}'}"
    else:
        yield mark
        inside = margin + _INDENT
        yield from _list(value, inside) if isinstance(value, list) else _map(value, inside)


def _text(mark: str, text: str, margin: str) -> Iterator[str]:
    if "\n" in text and _BLOCK.fullmatch(text):
        lines = text.split("\n")
        yield f"{mark} |{_chomping(text)}"
        for line in lines[:-1] if text.endswith("\n") else lines:
            yield f"{margin}{_INDENT}{line}" if line else ""
    elif text or not isinstance(text, Plain):
        yield f"{mark} {_scalar(text)}"
    else:
        yield mark


def _chomping(text: str) -> str:
    if not text.endswith("\n"):
        return "-"
    return "+" if text.endswith("\n\n") else ""


def _key(key: str) -> str:
    bare = _is_bare(key) and not is_typed(key) and len(key) <= _LONGEST_KEY
    return str(key) if bare else _quoted(key)


def _scalar(text: str) -> str:
    if _is_bare(text) and (isinstance(text, Plain) or not is_typed(text)):
        return str(text)
    if isinstance(text, Plain) and is_typed(text):
        return str(text)  # `-1` begins as a list item does, and is none
    return _quoted(text)


def _quoted(text: str) -> str:
    special = set(_ESCAPED.findall(text))
    if special and special <= {'"', "\\"}:
        return "'{}'".format(text.replace("'", "''"))
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _is_bare(text: str) -> bool:
    return _BARE.fullmatch(text) is not None and not _LOOKS_LIKE_MORE.search(text)


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    return _ESCAPES.get(letter) or f"\\u{ord(letter):04X}"


_LONGEST_KEY: Final = 120  # YAML wants a bare key's colon within 1024 bytes
