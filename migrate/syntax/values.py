"""What a front matter head holds, whatever its spelling: text, lists and maps of text.

A leaf is the text as written. Nothing is made a number, a truth value or a date, because
WordPress keeps meta as text and `1.50` or `007` must come out as they went in.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from migrate.patterns import pattern

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

# PHP's trim() and rtrim() take these off, and nothing else.
PHP_BLANKS: Final = " \t\n\r\0\x0b"

TYPED_WORDS: Final = frozenset(
    spelling
    for word in ("true", "on", "yes", "y", "false", "off", "no", "n", "null", "~")
    for spelling in (word, word.upper(), word.capitalize())
)

# is_numeric() of PHP 7, the one of the plugin's years: PHP 8 takes blanks behind the number too,
# PHP 5 also hexadecimal. The `\d` of a str pattern would take the digits of other scripts.
_NUMERIC: Final = pattern(
    r"[ \t\n\r\v\f]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
)


class Plain(str):
    """A scalar that stood without quotes where quotes would make a difference.

    That is a number, a truth value or null: `published: true` gives `Plain("true")` and
    `published: 'true'` gives `"true"`. It equals the same text as `str`, and a writer puts no
    quotes round it.
    """

    __slots__ = ()


def is_numeric(text: str) -> bool:
    """Whether PHP takes `text` for a number: `2018`, `1e3`, `.5`, `+1` and ` 7`, but not `7 `."""
    return _NUMERIC.fullmatch(text) is not None


def plain(text: str) -> str:
    """`text` as `Plain` where a reader that types scalars would not take it for text."""
    return Plain(text) if text in TYPED_WORDS or is_numeric(text) else text
