"""What items of one shape have in common: the text between their values, learned from one of them.

Texts are split where an element begins on a line of its own. So the pieces of many items, one
behind the other, are the columns of a table, and most columns hold the same text in each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from migrate.readers.wxr.usual_texts import unescaped

_BETWEEN: Final = "\2"
"""Stands between texts that are looked at together: XML can't carry it, so it is in none."""

_SECTION_ENDS: Final = "]]>"
PATH: Final = "path"
"""The value in the instruction, in which markup may stand."""

Span = tuple[int, int, str]
"""Where a value stands in a text, and its name."""


class Template:
    """The text of an item as its pieces, of which each holds one value at most."""

    def __init__(self, text: str, begins: str, spans: Sequence[Span]) -> None:
        """Take an item's text, how an element begins in there, and its values.

        ValueError where a piece would hold two of these.
        """
        self._begins = begins
        self._first, *pieces = text.split(begins)
        pieces[-1] += f"\0{self._first}"
        self._pieces: list[_Piece] = []
        start = len(self._first) + len(begins)
        left = sorted(spans)
        for piece in pieces:
            end = start + len(piece)
            inside = [span for span in left if start <= span[0] and span[1] <= end]
            left = left[len(inside) :]
            self._pieces.append(_piece(piece, start, inside))
            start = end + len(begins)
        if left:
            raise ValueError("a value stands in no piece")

    def columns(self, text: str, count: int) -> dict[str, list[str]] | None:
        """Give the values in which items differ from the example; None where they differ in more.

        Sections that say the same in each item have one list.

        `text` has the heads and tails of so many items, in turn, with a NUL between any two; it
        holds nothing else that XML can't carry.
        """
        pieces = text.split(self._begins)
        each = len(self._pieces)
        if len(pieces) != each * count + 1 or pieces[0] != self._first:
            return None
        pieces[-1] += f"\0{self._first}"
        found: dict[str, list[str]] = {}
        sections: dict[str, list[str]] = {}  # the values of some, by the first of them
        for at, piece in enumerate(self._pieces, 1):
            column = pieces[at::each]
            if column.count(piece.text) == count:
                continue
            likely = sections.get(piece.value(column[0])) if piece.is_section else None
            values = piece.values(column, likely)
            if values is None:
                return None
            found[piece.name] = values
            if piece.is_section:
                sections[values[0]] = values
        return found

    def place(self, name: str, head: str, tail: str) -> tuple[int, bool] | None:
        """Give where the element of a value begins, in bytes of the head or, if true, of the tail.

        None for a value that is in no piece.
        """
        for at, piece in enumerate(self._pieces, 1):
            if piece.name == name:
                before = self._begins.join(f"{head}\0{tail}".split(self._begins)[:at])
                text, behind, in_tail = before.partition("\0")
                text = in_tail if behind else text
                return len(text.encode()) + self._begins.index("<"), bool(behind)
        return None


class _Piece(NamedTuple):
    """A piece of the example, and what stands round its value, if it holds one."""

    text: str
    name: str = ""
    before: str = ""
    behind: str = ""
    is_section: bool = False

    def value(self, text: str) -> str:
        """Give the value in a piece, if that is like this one."""
        return text[len(self.before) : len(text) - len(self.behind)]

    def values(self, column: Sequence[str], likely: list[str] | None) -> list[str] | None:
        """Give the values in pieces like this one; None where there is another, or raises Odd.

        `likely` are those of another section that perhaps says the same; then they are given
        themselves.
        """
        if not self.name:
            return None
        before, behind = self.before, self.behind
        between = f"{behind}{_BETWEEN}{before}"
        all_of_them = _BETWEEN.join(column)
        if likely and f"{before}{between.join(likely)}{behind}" == all_of_them:
            return likely
        start, end = len(before), -len(behind)
        values = [text[start:end] for text in column]
        if f"{before}{between.join(values)}{behind}" != all_of_them:
            return None
        held = _BETWEEN.join(values)
        if self.is_section:
            return None if "]" in held and _SECTION_ENDS in held else values
        if self.name == PATH:
            return values
        if "<" in held:
            return None
        if "&" not in held:
            return values
        return [unescaped(text) if "&" in text else text for text in values]


def _piece(text: str, start: int, inside: Sequence[Span]) -> _Piece:
    if not inside:
        return _Piece(text)
    ((first, last, name),) = inside
    behind = text[last - start :]
    return _Piece(text, name, text[: first - start], behind, behind.startswith(_SECTION_ENDS))
