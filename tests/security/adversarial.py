"""Texts that a regular expression may go through again and again, made out of the expression.

Python's own parser takes it apart. Each repeated part is then repeated without end behind what
leads to it, and followed by what should make it fail; each beginning is repeated and never ended;
and each sign that it names stands in long rows alone and beside another.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final, NamedTuple

_ALWAYS: Final = "a \n1"
_TAILS: Final = ("", "\0", "\n", " ", "a")
_BETWEEN: Final = ("\n", " ", "a", "\0")
_REPEATS: Final = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_MOST_SIGNS: Final = 14
_MOST_TAILS: Final = 6
_MOST_WORDS: Final = 12
_MOST_OPENINGS: Final = 10
_MOST_TEXTS: Final = 1_500
_CATEGORIES: Final = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}


class Text(NamedTuple):
    """What stands before, is repeated, and stands behind."""

    head: str
    unit: str
    tail: str = ""
    second: str = ""

    def of(self, size: int) -> str:
        """Give a text of about that many characters."""
        size //= 2 if self.second else 1
        rows = (unit * (size // len(unit)) for unit in (self.unit, self.second) if unit)
        return self.head + "".join(rows) + self.tail


def texts(expression: str | bytes, flags: int) -> list[Text]:
    """Give those for one expression, the same each time."""
    tree = _parser.parse(expression, flags)
    made = dict.fromkeys(_Maker(tree).texts())
    return list(itertools.islice(made, _MOST_TEXTS))


class _Maker:
    """Takes one expression apart."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._many_lines = bool(tree.state.flags & re.MULTILINE)
        self._groups = dict[int, str]()
        named = dict.fromkeys(_signs(tree))
        self._tails = [*dict.fromkeys([*_TAILS, *itertools.islice(named, _MOST_TAILS)])]
        self._signs = [*dict.fromkeys([*_ALWAYS, *itertools.islice(named, _MOST_SIGNS)])]
        self._openings = dict[str, None]()

    def texts(self) -> Iterator[Text]:
        """Give them, some of them twice."""
        yield from (Text("", sign) for sign in self._signs)
        for many in (False, True):
            for head, unit in self._repeated(self._tree, "", many=many):
                yield from (Text(head, unit, tail) for tail in self._tails)
                yield Text("", head + unit)
                yield Text("", head + unit * 30)
                yield from (Text("", head + unit + end) for end in _BETWEEN)
        openings = [*filter(None, self._openings)][:_MOST_OPENINGS]
        for opening in openings:
            yield from (Text("", opening + end) for end in ("", *_BETWEEN))
        for one, other in itertools.permutations(openings, 2):
            yield Text("", one, second=other)
            yield Text("", one, other)
        for one, other in itertools.permutations(self._signs, 2):
            yield Text("", one, other)
            yield Text(other, one)
            yield Text("", one + other)

    def _repeated(self, tree: Any, head: str, *, many: bool) -> Iterator[tuple[str, str]]:
        """Give what each repeated part may repeat, with what leads to it."""
        for kind, value in tree:
            if kind in _REPEATS:
                yield from ((head, word) for word in self._words(value[2]) if word)
            for part in _parts(kind, value):
                yield from self._repeated(part, head, many=many)
            words = self._of(kind, value)
            head += (max if many else min)(words[:2], key=len, default="")
            self._openings[head] = None

    def _words(self, tree: Any) -> list[str]:
        """Give texts that the whole matches: its usual one, and those with one part otherwise."""
        choices = [self._of(kind, value) for kind, value in tree]
        usual = [choice[0] if choice else "" for choice in choices]
        words = ["".join(usual)]
        for at, choice in enumerate(choices):
            words += ("".join([*usual[:at], other, *usual[at + 1 :]]) for other in choice[1:])
        return [*dict.fromkeys(words)][:_MOST_WORDS]

    def _of(self, kind: Any, value: Any) -> list[str]:
        """Give texts that one part matches."""
        match kind:
            case op.LITERAL:
                return [chr(value)]
            case op.NOT_LITERAL | op.ANY | op.IN:
                return [sign for sign in self._signs if _is_of(kind, value, sign)]
            case op.AT:
                return ["\n", ""] if self._many_lines and value is op.AT_BEGINNING else [""]
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                least, _, part = value
                none = [] if least else [""]
                return [*(word * max(least, 1) for word in self._words(part)), *none][:_MOST_WORDS]
            case op.SUBPATTERN:
                words = self._words(value[3])
                self._groups[value[0]] = words[0]
                return words
            case op.GROUPREF:
                return [self._groups.get(value, "")]
            case op.ASSERT | op.ASSERT_NOT:
                return [""]
        return [word for part in _parts(kind, value) for word in self._words(part)]


def _parts(kind: Any, value: Any) -> list[Any]:
    match kind:
        case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
            return [value[2]]
        case op.SUBPATTERN:
            return [value[3]]
        case op.ATOMIC_GROUP:
            return [value]
        case op.ASSERT | op.ASSERT_NOT:
            return [value[1]]
        case op.BRANCH:
            return list(value[1])
        case op.GROUPREF_EXISTS:
            return [part for part in value[1:] if part is not None]
    return []


def _signs(tree: Any) -> Iterator[str]:
    """Give the characters that it names."""
    for kind, value in tree:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        elif kind is op.IN:
            yield from (chr(v) for k, v in value if k is op.LITERAL)
            yield from (chr(v[0]) for k, v in value if k is op.RANGE)
        for part in _parts(kind, value):
            yield from _signs(part)


def _is_of(kind: Any, value: Any, sign: str) -> bool:
    if kind is op.ANY:
        return sign != "\n"
    if kind is op.NOT_LITERAL:
        return bool(sign != chr(value))
    negated = value[0][0] is op.NEGATE
    return negated != any(_holds(k, v, sign) for k, v in value)


def _holds(kind: Any, value: Any, sign: str) -> bool:
    if kind is op.LITERAL:
        return bool(sign == chr(value))
    if kind is op.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    return kind is op.CATEGORY and re.match(_CATEGORIES[value], sign) is not None
