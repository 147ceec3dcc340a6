"""HTML's character references (`&amp;`, `&#8217;`) in short texts such as titles and names."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final, NamedTuple

_REFERENCE: Final = re.compile(
    r"&(?:#[0-9]{1,8}|#[xX][0-9A-Fa-f]{1,7}|[A-Za-z][0-9A-Za-z]{1,31});", re.ASCII
)
_REST_OF_ONE: Final = re.compile(r"#?[0-9A-Za-z]{1,32};?", re.ASCII)
_MARKUP: Final = frozenset("<>")


class Decoded(NamedTuple):
    """A text whose references became characters, and those that a person has to look at."""

    text: str
    left: tuple[str, ...] = ()


def decode(text: str) -> Decoded:
    """Give a text with characters in the place of its references; a second run changes nothing.

    `&lt;` and `&gt;` stay: WordPress prints a title as HTML, where a bare `<` begins a tag. A name
    that HTML doesn't know stays, and so does what stands for a character that nobody sees. An
    `&amp;` whose `&` would begin a reference in its turn (`&amp;eacute;`) is left to look at.
    """
    if "&" not in text:
        return Decoded(text)
    left: list[str] = []

    def character(found: re.Match[str]) -> str:
        value = html.unescape(found[0])
        if value == "&" and (second := _reference_from(text, found.end())):
            left.append(found[0] + second)
            return found[0]
        return value if _is_seen(value) else found[0]

    decoded = _REFERENCE.sub(character, text)
    if "&" in decoded and decoded != text and decode(decoded).text != decoded:
        return Decoded(text, (text,))  # as in `&am&#112;lt;`
    return Decoded(decoded, tuple(left))


def _reference_from(text: str, at: int) -> str:
    """Give what stands at a place, if an `&` before it would make a reference of it."""
    found = _REST_OF_ONE.match(text, at)
    return found[0] if found and html.unescape(f"&{found[0]}") != f"&{found[0]}" else ""


def _is_seen(value: str) -> bool:
    """Tell whether a reference stands for characters that a title can show."""
    if not value or value in _MARKUP or "\ufffd" in value:
        return False
    return value.isprintable() or unicodedata.category(value[0]) == "Zs"
