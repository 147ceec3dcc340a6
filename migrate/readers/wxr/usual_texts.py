"""The texts in elements that item_patterns.py finds, as what they say; raises Odd for others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from migrate.model import dates
from migrate.model.post import Meta
from migrate.readers.wxr.item_patterns import OPTIONAL, Elements
from migrate.syntax import wxr, wxr_text
from migrate.syntax.php_serialized import SERIALIZED, has_wrong_length


class Odd(Exception):  # noqa: N818 - no failure: item.py takes over
    """Something in the item is for item.py."""


def texts_in(found: re.Match[str], elements: Elements) -> dict[str, Any]:
    """Give the texts of fields; None for one that has no element."""
    texts: dict[str, Any] = found.groupdict()
    for field, section in elements.sections.items():
        text = texts[field]
        if text is None:
            texts[field] = None if field in OPTIONAL else ""
        elif "&" in text and found[section] is None:
            texts[field] = unescaped(text)
    return texts


def unescaped(text: str) -> str:
    """Give what a text that stands in no section says; raises Odd where anything in it is odd."""
    read = wxr_text.read(text.encode())
    if read.oddities:
        raise Odd
    return read.data.decode()


def meta_in(key: str, value: str) -> Meta:
    """Give a meta; raises Odd for one that is serialized wrongly."""
    if value.startswith(SERIALIZED) and has_wrong_length(value.encode()):
        raise Odd
    return Meta(key, value)


@lru_cache(maxsize=64)  # of an item, mostly the same
def date_in(text: str) -> str:
    """Give a date as the model holds it; raises Odd where it isn't usual."""
    if text == wxr.ZERO_DATE:
        return ""
    if not dates.is_usual(text):
        raise Odd
    return text
