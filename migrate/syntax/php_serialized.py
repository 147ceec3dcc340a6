"""What PHP's serialize() writes, looked at without building anything from it."""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    rb"""N; | [bidrR]:[^;{}"]+; | a:[0-9]+:\{ | \}
    | [OE]:[0-9]+:"[^"]*"[:;](?:[0-9]+:\{)? | s:(?P<length>[0-9]{1,9}):\"""",
    re.VERBOSE,
)
_BEGINNINGS: Final = (b"a:", b"s:", b"O:")


def has_wrong_length(data: bytes) -> bool:
    """Tell whether a serialized value holds a string whose length isn't the one it states.

    That happens to text that was converted to another encoding, or replaced, after it was
    serialized; PHP then reads nothing at all. False for what isn't serialized.
    """
    if not data.startswith(_BEGINNINGS):
        return False
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        if match["length"]:
            at += int(match["length"])
            if data[at : at + 2] != b'";':
                return True
            at += 2
    return False
