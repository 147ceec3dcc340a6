"""HTML without surprises, which most bodies are: what is a tag in it is told without all others.

A plain body is text and whole tags, written so that each ends at its first `>`. It has no comments,
scripts or code, not even in shortcodes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.code_in_text import may_hold_code
from migrate.syntax.html_markup import NAMED_TAG, RAW, Tag, tag_of

_PLAIN: Final = pattern(
    rb"""[^<]*+ (?:
      < /?+ (?: (?:[pabi]|br|div|em|img|li|span|strong|[uo]l)(?=[\ />])
        | (?!(?i:%s)) [A-Za-z] [^\t\n\f\r\ /<>"'=]*+
      )
      (?: [\t\n\f\r\ ]++
        (?: [^\t\n\f\r\ /<>"'=]++
          (?: = (?: "[^<>"]*+" | '[^<>']*+' | [^\t\n\f\r\ <>"']++ ) )?+
        )?+
      )*+
      /?+ > [^<]*+
    )*+"""
    % b"|".join(sorted(RAW)),
    re.VERBOSE,
)
"""Common names stand first: to see that a name isn't one of RAW takes longer than all the rest."""


def is_plain(body: bytes) -> bool:
    """Say whether a body is plain; a no says nothing."""
    return _PLAIN.fullmatch(body) is not None and not may_hold_code(body)


def are_text(body: bytes, places: Iterable[int]) -> Iterator[bool]:
    """Tell for places of a plain body, which are in order, whether they stand outside its tags."""
    at, in_tag = 0, False
    for place in places:
        opened, closed = body.rfind(b"<", at, place + 1), body.rfind(b">", at, place)
        if opened != closed:  # else there is neither
            in_tag = opened > closed
        at = place
        yield not in_tag


def tags_named(body: bytes, names: Collection[bytes]) -> list[Tag]:
    """Give the tags of a plain body that have one of the names, which are in small letters."""
    return [*map(tag_of, _named(frozenset(names)).finditer(body))] if names else []


@lru_cache(maxsize=64)
def _named(names: frozenset[bytes]) -> re.Pattern[bytes]:
    return re.compile(NAMED_TAG % b"|".join(map(re.escape, sorted(names))), re.VERBOSE)
