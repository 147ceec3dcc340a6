"""The letters that WordPress's remove_accents() turns into ASCII, and what it makes of them.

Most are a Latin letter with marks, so Unicode's own decomposition gives the answer. The set is
WordPress's and not Unicode's: Ǧ and Ḃ decompose as well, but WordPress leaves them alone.
"""

from __future__ import annotations

import unicodedata
from itertools import chain
from typing import Final

__all__ = ["ASCII_LETTERS"]

_WITH_MARKS: Final = (
    range(0x00C0, 0x0180),  # Latin-1 Supplement and Latin Extended-A
    range(0x01A0, 0x01A2),  # Ơ ơ
    range(0x01AF, 0x01B1),  # Ư ư
    range(0x01CD, 0x01DD),  # Pinyin vowels
    range(0x0218, 0x021C),  # Romanian Ș ș Ț ț
    range(0x1EA0, 0x1EFA),  # Vietnamese vowels
)

_WITHOUT_DECOMPOSITION: Final = {
    "a": "ªɑ",
    "AE": "Æ",
    "ae": "æ",
    "D": "ÐĐ",
    "d": "ðđ",
    "E": "€Ə",
    "e": "ǝ",
    "H": "Ħ",
    "h": "ħ",
    "i": "\N{LATIN SMALL LETTER DOTLESS I}",
    "IJ": "Ĳ",
    "ij": "ĳ",
    "k": "ĸ",
    "L": "ĿŁ",
    "l": "ŀł",
    "N": "Ŋ",
    "n": "ŉŋ",
    "O": "Ø",
    "o": "ºø",
    "OE": "Œ",
    "oe": "œ",
    "s": "ßſ",
    "T": "Ŧ",
    "t": "ŧ",
    "TH": "Þ",
    "th": "þ",
    "": "£",
}


def _ascii_letters() -> dict[int, str]:
    """Return the table for str.translate()."""
    bases = {
        point: unicodedata.normalize("NFD", chr(point))[0]
        for point in chain.from_iterable(_WITH_MARKS)
    }
    table = {point: base for point, base in bases.items() if base.isascii()}
    for replacement, letters in _WITHOUT_DECOMPOSITION.items():
        table |= dict.fromkeys(map(ord, letters), replacement)
    return table


ASCII_LETTERS: Final = _ascii_letters()
"""Code point to its ASCII letters, for str.translate(); WordPress 6.7, locale en_US."""
