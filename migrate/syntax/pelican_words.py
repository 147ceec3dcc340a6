"""The words that mean something to Pelican, in whatever case they are written.

Pelican makes all keys lower case. Here only its own are: any other key keeps its case, so that a
post meta comes back under its own name.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = frozenset(
    (
        *("title", "date", "modified", "status", "slug", "summary", "lang", "translation"),
        *("category", "tags", "keywords", "author", "authors", "template", "url", "save_as"),
    )
)


def as_pelican(key: str) -> str:
    """Give the key as Pelican knows it, if it is one of its own."""
    word = key.lower()
    return word if word in _WORDS else key


def is_own(key: str) -> bool:
    """Tell whether a key is one of Pelican's own, as it knows it."""
    return key in _WORDS


_PLACE: Final = re.compile(r"[{|](?:static|attach|filename)[}|](/?)")


def without_place(address: str) -> str:
    """Give an address without the word for where it starts: `{static}/images/tide.png`.

    `{attach}` and `{static}` mean the folder of the post, with a `/` behind them that of the site.
    """
    return _PLACE.sub(r"\1", address, count=1) if _PLACE.match(address) else address
