"""Which texts some YAML, TOML or JSON reader would take for something else than text.

Ruby's Psych, go-yaml, js-yaml and PyYAML each type a little more or less than the others. What one
of them would type counts here: to quote it does no harm.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.values import TYPED_WORDS, Plain

NULLS: Final = frozenset(("", "~", "null", "Null", "NULL"))
"""What stands for nothing where it stands without quotes."""

TRUE: Final = frozenset(
    form for word in ("true", "yes", "on", "y") for form in (word, word.upper(), word.capitalize())
)
FALSE: Final = frozenset(
    form for word in ("false", "no", "off", "n") for form in (word, word.upper(), word.capitalize())
)

_TYPED: Final = pattern(
    r"""
    [-+]? (?:
        0[xX][0-9a-fA-F_]+ | 0[oO]?[0-7_]+ | 0[bB][01_]+
      | [0-9][0-9_,]* (?:\.[0-9_]*)? (?:[eE][-+]?[0-9]+)?
      | \.[0-9][0-9_]* (?:[eE][-+]?[0-9]+)?
      | [0-9][0-9_]* (?::[0-5]?[0-9])+ (?:\.[0-9_]*)?           # base 60
      | \.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN) | inf | nan       # inf and nan are TOML's
    )
  | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} (?:[Tt\ \t][0-9:.Zz+\-\ \t]*)?
  | = | <<
    """,
    re.VERBOSE | re.ASCII,
)


def is_typed(text: str) -> bool:
    """Tell whether some reader takes this for a number, a truth value, null or a date."""
    return not text or text in TYPED_WORDS or _TYPED.fullmatch(text) is not None


def leaf(text: str, *, quoted: bool) -> str:
    """Give the text of a scalar: `Plain` where only its lack of quotes made it no text."""
    return text if quoted or not is_typed(text) else Plain(text)


def is_nothing(value: object) -> bool:
    """Tell whether a value is null: the word, or nothing behind the key."""
    return isinstance(value, Plain) and value in NULLS
