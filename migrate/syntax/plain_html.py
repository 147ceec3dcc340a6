"""HTML without surprises, which most bodies are: what is text in it is told without its tags."""

from __future__ import annotations

import re
from typing import Final

from migrate.syntax.html_markup import RAW

_PLAIN: Final = re.compile(
    rb"""(?: [^<]++
      | < (?!/?(?i:%s)) /?+ [A-Za-z] [^<>"']*+
        (?: "[^<>"]*+" [^<>"']*+ | '[^<>']*+' [^<>"']*+ )*+ >
    )*+"""
    % b"|".join(sorted(RAW)),
    re.VERBOSE,
)


def is_plain(body: bytes) -> bool:
    """Say whether a body is text and whole tags only, with no `<` or `>` that is neither's.

    It then has no comments, scripts or code, not even in shortcodes. False says nothing.
    """
    return b"code" not in body and _PLAIN.fullmatch(body) is not None


class Texts:
    """Tells text from tags in a plain body, asked for one place after the other."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0
        self._in_tag = False

    def is_text(self, position: int) -> bool:
        """Say whether a byte stands in text; `position` is never before the last one."""
        opened = self._body.rfind(b"<", self._at, position)
        closed = self._body.rfind(b">", self._at, position)
        if opened != closed:  # else there is neither
            self._in_tag = opened > closed
        self._at = position
        return not self._in_tag
