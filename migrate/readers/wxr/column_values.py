"""The texts of many items in one element become values, as usual.py has it for each of them.

Each function raises Odd where one of the texts isn't usual; which one, somebody else finds out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

from migrate.model import dates
from migrate.readers.wxr.usual import PATH
from migrate.readers.wxr.usual_texts import Odd
from migrate.syntax import wxr
from migrate.syntax.php_serialized import SERIALIZED, has_wrong_length

_LONGEST_NUMBER: Final = 18
_ODD_IN_JSON: Final = ('"', "\\", "?>", "\t", "\n", "\r")
_ODD_IN_NAMES: Final = ('"', "\\", "?", "\t", "\n", "\r", "/", ":")
_NO_BEGINNINGS: Final = ("", ".")


def numbers(texts: Sequence[str]) -> list[int]:
    """Read whole numbers."""
    digits = "".join(texts)
    usual = digits.isascii() and digits.isdecimal() and all(texts)
    if not usual or max(map(len, texts)) > _LONGEST_NUMBER:
        raise Odd
    return list(map(int, texts))


def moments(texts: Sequence[str]) -> Sequence[str]:
    """Read dates."""
    are_all_stated = wxr.ZERO_DATE not in texts
    stated = texts if are_all_stated else [text for text in texts if text != wxr.ZERO_DATE]
    if stated and not dates.are_usual(stated):
        raise Odd
    if are_all_stated:
        return texts
    return ["" if text == wxr.ZERO_DATE else text for text in texts]


def flags(texts: Sequence[str]) -> list[bool]:
    """Read whether something is so."""
    if not {"0", "1"}.issuperset(texts):
        raise Odd
    return [text == "1" for text in texts]


def paths(texts: Sequence[str]) -> Sequence[str]:
    """Read the paths in instructions."""
    folder, slash, _ = texts[0].rpartition("/")
    folder += slash
    names = [text[len(folder) :] for text in texts]
    held = "".join(names)
    are_plain = (
        _is_path(texts[0])
        and all(map(str.startswith, texts, repeat(folder)))
        and {name[:1] for name in names}.isdisjoint(_NO_BEGINNINGS)
        and not any(odd in held for odd in _ODD_IN_NAMES)
    )
    if not are_plain and not all(map(_is_path, texts)):
        raise Odd
    return texts


def metas(texts: Sequence[str]) -> Sequence[str]:
    """Read values of metas: any text that isn't serialized wrongly."""
    for text in texts:
        if text.startswith(SERIALIZED) and has_wrong_length(text.encode()):
            raise Odd
    return texts


READ: Final[Mapping[str, Callable[[Sequence[str]], Sequence[Any]]]] = {
    **dict.fromkeys(("id", "parent", "menu_order"), numbers),
    **dict.fromkeys(("date", "date_gmt", "modified", "modified_gmt"), moments),
    "sticky": flags,
}
"""What reads the texts of a field; in all others they stand for themselves."""


def _is_path(text: str) -> bool:
    if any(odd in text for odd in _ODD_IN_JSON):
        return False
    return not text or PATH.fullmatch(text) is not None
