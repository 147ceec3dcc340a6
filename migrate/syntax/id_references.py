"""Which ids of a body something in it refers to."""

from __future__ import annotations

import re
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.html_markup import Markup, attributes

_REFERENCES: Final = frozenset(
    b"for form headers list aria-activedescendant aria-controls aria-describedby aria-details "
    b"aria-errormessage aria-flowto aria-labelledby aria-owns".split()
)
"""Attributes whose value is one id or several, without a `#`."""

_MAY_REFER: Final = pattern(
    rb"=(?:[\t\n\f\r ]*+[\"']?+#|(?<=[\t\n\f\r ]=)|%b)"
    % b"|".join(b"(?<=(?i:%b)=)" % name for name in sorted(_REFERENCES))
)
"""Begins with the one byte that each of them has, which is looked for far more quickly."""

_SIGN: Final = re.compile(rb"#|for|headers|list|aria-", re.IGNORECASE)
"""What a tag holds that refers to an id."""


def may_refer(body: bytes) -> bool:
    """Say whether something in a body may refer to an id; a no is sure."""
    return _MAY_REFER.search(body) is not None


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
