"""Reads the heads that the plugin itself writes, several times faster than the exact reader.

It only ever accepts: what it gives is what spyc_exact gives, and at the first line that it
doesn't know it gives None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.values import TYPED_WORDS, Plain, Value, is_numeric

_QUOTED: Final = r""" '[^'\n]*' | "(?: [^"\\\n]* | [^"'\n]*'[^"\n]* )" """
_IN_LIST: Final = rf"""
    [^\s\0'"\[{{|>\#:-][^\n\#:]*                        # an unquoted scalar without comment, colon
    (?: :(?![ \t\r\n])[^\n\#:]* )*(?<![ \t\r\0\v])      # and blank,
  | {_QUOTED}                                           # a quoted one without escapes,
  | [>|](?:\n[ ]{{4}}[^\n]*)+                           # or a block
"""
_SCALAR: Final = rf"""
    \[[ ]\]                                             # a list of nothing, which is no scalar,
  | [^\s\0'"\[{{|>\#][^\n\#]*(?<![ \t\r\0\v])          # an unquoted one without comment,
  | {_QUOTED}                                           # a quoted one without escapes,
  | [>|](?:\n[ ]{{2}}[^\n]*)+                           # or a block
"""
_LIST: Final = rf"(?:[ ]{{2}}-[ ](?:{_IN_LIST})\n)+"
_ENTRY: Final = pattern(
    rf"""
    ([A-Za-z_][\w-]*):                                  # 1: a key and
    (?: [ ]({_SCALAR})\n                                # 2: a scalar,
      | \n({_LIST})                                     # 3: or the lines of a list
    )
  | ([\s\S]+)                                           # 4: anything else
    """,
    re.VERBOSE | re.ASCII,
)
_ITEMS: Final = pattern(rf"[ ]{{2}}-[ ]({_IN_LIST})\n", re.VERBOSE | re.ASCII)

_LONGEST_WORD: Final = max(map(len, TYPED_WORDS))
EMPTY: Final = "[ ]"
"""How a list of nothing is spelled, which `entries` gives for a scalar."""

MARGIN: Final = "\n  "
ITEM_MARGIN: Final = "\n    "
"""The line break and the blanks before each line of a block, behind a key and in a list."""


class Unknown(Exception):  # noqa: N818 - no failure: the exact reader takes over
    """The head holds something that only the exact reader knows."""


def read(head: str) -> dict[str, Value] | None:
    """The values of `head`; None where they are not for this reader."""
    values: dict[str, Value] = {}
    try:
        for key, raw, lines, unknown in entries(head):
            if unknown or key in values:
                return None
            is_list = not raw or raw == EMPTY
            values[key] = [scalar(i, ITEM_MARGIN) for i in items(lines)] if is_list else scalar(raw)
    except Unknown:
        return None
    return values


def entries(head: str) -> list[tuple[str, str, str, str]]:
    """The entries of a head: key, scalar as it is spelled, or else the lines of a list.

    The fourth of the last one holds what isn't for this reader.
    """
    return _ENTRY.findall(head)


def skeleton(shape: Mapping[str, bool]) -> re.Pattern[str]:
    """A pattern for heads with these keys, each of which holds a list or not.

    It takes those whose entries are just these, and its groups are their scalars or lines.
    """
    keys = [
        rf"{re.escape(key)}:\n({_LIST})" if is_list else rf"{re.escape(key)}:[ ]({_SCALAR})\n"
        for key, is_list in shape.items()
    ]
    return re.compile("".join(keys), re.VERBOSE | re.ASCII)


def items(lines: str) -> list[str]:
    """The scalars of a list as they are spelled."""
    if not lines:
        return []
    return _ITEMS.findall(lines) if "\n  - " in lines else [lines[4:-1]]


def scalar(raw: str, margin: str = MARGIN) -> str:
    """The text that a scalar spells, which is behind a key or, with another margin, in a list."""
    first = raw[0]
    if first == "[":
        raise Unknown
    if first in "'\"":
        return raw[1:-1]
    if first in "|>":
        return _block(raw, margin)
    if (first in "+-.0123456789" and is_numeric(raw)) or (
        len(raw) <= _LONGEST_WORD and raw in TYPED_WORDS
    ):
        return Plain(raw)
    return raw


def _block(raw: str, margin: str) -> str:
    r"""The text of a block; `margin` is the line break and the blanks before each of its lines."""
    text = raw[len(margin) + 1 :]
    if not text or text[0] in " \t\r\n|>" or text[-1] in " \t\r\n":
        raise Unknown
    if raw[0] == "|":
        return text.replace(margin, "\n")
    text = text.replace(margin, " ")
    if "  " in text or "\r" in text:
        raise Unknown
    return text
