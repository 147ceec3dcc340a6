"""Which ids of a body something in it refers to."""

from __future__ import annotations

import re
from typing import Final

from migrate.syntax.html_markup import Markup, attributes

_REFERENCES: Final = frozenset(
    b"for form headers list aria-activedescendant aria-controls aria-describedby aria-details "
    b"aria-errormessage aria-flowto aria-labelledby aria-owns".split()
)
"""Attributes whose value is one id or several, without a `#`."""

_SIGN: Final = re.compile(rb"#|for|headers|list|aria-", re.IGNORECASE)
"""What a tag holds that refers to an id."""


def referred_to(body: bytes, markup: Markup) -> set[bytes]:
    """Give the ids that an address (`#id`) or an attribute such as `for` in the body names."""
    named = set[bytes]()
    for tag in markup.tags:
        if tag.is_end or not _SIGN.search(body, tag.start, tag.end):
            continue
        for one in attributes(body, tag):
            if one.value.startswith(b"#"):
                named.add(one.value[1:])
            elif one.name in _REFERENCES:
                named.update(one.value.split())
    return named
