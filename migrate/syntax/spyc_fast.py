"""Reads the heads that the plugin itself writes, several times faster than the exact reader.

It only ever accepts: what it gives is what spyc_exact gives, and at the first line that it
doesn't know it gives None.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.syntax.values import TYPED_WORDS, Plain, Value, is_numeric

_ENTRY: Final = re.compile(
    r"""
    ([A-Za-z_][\w-]*):[ ]                               # 1: a key and
    (   [^\s\0'"\[{|>\#][^\n\#]*(?<![ \t\r\0\v])        # 2: an unquoted scalar without comment,
      | '[^'\n]*'                                       #    a quoted one without escapes,
      | "(?: [^"\\\n]* | [^"'\n]*'[^"\n]* )"
      | [>|](?:\n[ ]{2}[^\n]*)+                         #    or a block
    )\n
  | (?: ([A-Za-z_][\w-]*):\n )?[ ]{2}-[ ]               # 3: the key of a list before its first item
    (   [^\s\0'"\[{|>\#:-][^\n\#:]*                     # 4: the same, without a colon and a blank
        (?: :(?![ \t\r\n])[^\n\#:]* )*(?<![ \t\r\0\v])
      | '[^'\n]*'
      | "(?: [^"\\\n]* | [^"'\n]*'[^"\n]* )"
      | [>|](?:\n[ ]{4}[^\n]*)+
    )\n
  | ([\s\S]+)                                           # 5: anything else
    """,
    re.VERBOSE | re.ASCII,
)

_LONGEST_WORD: Final = max(map(len, TYPED_WORDS))


class _Unknown(Exception):  # noqa: N818 - no failure: the exact reader takes over
    """The head holds something that only the exact reader knows."""


def read(head: str) -> dict[str, Value] | None:
    """The values of `head`; None where they are not for this reader."""
    values: dict[str, Value] = {}
    items: list[Value] | None = None
    try:
        for key, scalar, list_key, item, unknown in _ENTRY.findall(head):
            if unknown or key in values or list_key in values:
                return None
            if key:
                values[key] = _scalar(scalar, "\n  ")
                items = None
            else:
                if list_key:
                    values[list_key] = items = []
                if items is None:
                    return None
                items.append(_scalar(item, "\n    "))
    except _Unknown:
        return None
    return values


def _scalar(raw: str, margin: str) -> str:
    first = raw[0]
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
        raise _Unknown
    if raw[0] == "|":
        return text.replace(margin, "\n")
    text = text.replace(margin, " ")
    if "  " in text or "\r" in text:
        raise _Unknown
    return text
