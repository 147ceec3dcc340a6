"""What is round something that is taken out of a body: its own line, or what it kept apart."""

from __future__ import annotations

import re
from typing import Final

_BLANKS_BEFORE: Final = re.compile(rb"[\t ]*+\Z")
_LINE_END: Final = re.compile(rb"[\t ]*+(?:\r?\n|\Z)")
_JOINING: Final = b"<&[`~\\"
_LONGEST: Final = 200
"""How many blanks before something are looked at."""


def with_line(body: bytes, start: int, end: int) -> tuple[int, int]:
    """Give the span widened to its whole line, line end included, where nothing else is on it."""
    before = _BLANKS_BEFORE.search(body, max(start - _LONGEST, 0), start)
    line_start = before.start() if before else start
    line_end = _LINE_END.match(body, end)
    if line_end is None or (line_start and body[line_start - 1 : line_start] != b"\n"):
        return start, end
    return line_start, line_end.end()


def is_joined(body: bytes, start: int) -> bool:
    """Say whether what stands before a place would begin something new with what stands behind it.

    Without the element in `<<b></b>p>` there would be a tag.
    """
    return start > 0 and body[start - 1] in _JOINING
