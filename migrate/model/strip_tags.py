"""PHP's strip_tags(), which WordPress lets loose on every title and login.

It is a scanner of single characters, not an HTML parser: `a < b` stays, `a <b` loses everything
from the `<` on, and a quote inside a tag hides the `>` that would end it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["strip_tags"]

_BLANKS = frozenset(" \t\n\v\f\r")


def strip_tags(text: str) -> str:
    """Return the text without tags, comments, PHP code and NULs, as PHP 8's strip_tags() does.

    An unclosed tag takes the rest of the text with it.
    """
    if "<" not in text:
        return text.replace("\0", "")
    return _Scanner(text).outside_tags()


class _Scanner:
    """PHP's scanner: one method a state, each takes a place in the text and returns the next state.

    Nesting depth and the open quote outlive a change of state, as they do in PHP.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._kept: list[str] = []
        self._depth = 0  # how many `<` stand open inside the tag
        self._quote = ""
        self._xml = False
        self._brackets = 0  # of PHP code
        self._last = ""  # the last bracket or quote of PHP code

    def outside_tags(self) -> str:
        """Return what stands outside tags."""
        state: _State = self._outside
        for at, char in enumerate(self._text):
            if char != "\0":
                state = state(at, char)
        return "".join(self._kept)

    def _outside(self, at: int, char: str) -> _State:
        if char == "<" and not self._blank_follows(at):
            self._last = ""
            return self._in_tag
        if char == ">" and self._depth:
            self._depth -= 1
        else:
            self._kept.append(char)
        return self._outside

    def _in_tag(self, at: int, char: str) -> _State:
        if char == "<":
            self._depth += not self._quote and not self._blank_follows(at)
        elif char == ">" and self._xml and not self._depth and self._text[at - 1] == "-":
            return self._in_tag
        elif char == ">":
            return self._after_closing(self._in_tag)
        elif char in "\"'":
            self._toggle_quote(char)
        elif char == "!" and self._text[at - 1] == "<":
            return self._in_declaration
        elif char == "?" and self._text[at - 1] == "<":
            self._brackets = 0
            return self._in_php
        return self._in_tag

    def _in_declaration(self, at: int, char: str) -> _State:
        if char == ">":
            return self._after_closing(self._in_declaration)
        if char in "\"'" and self._text[at - 1] != "\\":
            self._toggle_quote(char)
        elif char == "-" and self._text[at - 2 : at] == "!-":
            return self._in_comment
        elif char in "eE" and self._text[max(at - 6, 0) : at].lower() == "doctyp":
            return self._in_tag
        return self._in_declaration

    def _in_comment(self, at: int, char: str) -> _State:
        if char == ">" and not self._quote and self._text[at - 2 : at] == "--":
            return self._outside
        return self._in_comment

    def _in_php(self, at: int, char: str) -> _State:
        if char in "()" and self._last not in {'"', "'"}:
            self._brackets += 1 if char == "(" else -1
            self._last = char
        elif char == ">" and self._depth:
            self._depth -= 1
        elif char == ">" and not self._quote and self._php_may_end(at):
            return self._outside
        elif char in "\"'" and self._text[at - 1] != "\\":
            self._last = "" if self._last == char else char
            self._toggle_quote(char)
        elif char in "lL" and at > len("<?xm") and self._text[at - 2 : at].lower() == "xm":
            self._xml = True  # an XML declaration; PHP misses the one that opens the text
            return self._in_tag
        return self._in_php

    def _after_closing(self, here: _State) -> _State:
        """Return the state after a `>`: it ends the tag unless nested or inside a quote."""
        if self._depth:
            self._depth -= 1
            return here
        if self._quote:
            return here
        self._xml = False
        return self._outside

    def _php_may_end(self, at: int) -> bool:
        return not self._brackets and self._last != '"' and self._text[at - 1] == "?"

    def _toggle_quote(self, char: str) -> None:
        if not self._quote:
            self._quote = char
        elif self._quote == char:
            self._quote = ""

    def _blank_follows(self, at: int) -> bool:
        return self._text[at + 1 : at + 2] in _BLANKS


if TYPE_CHECKING:
    _State = Callable[[int, str], "_State"]
