"""How an item's elements are spelled, in core's order, as patterns.

Most texts stand in a section, as core writes them, or as they are, as WordPress.com and older
versions do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from migrate.patterns import pattern
from migrate.syntax.wxr_elements import COMMENT as COMMENT_TABLE
from migrate.syntax.wxr_elements import ITEM, Table

_TEXT: Final = r"[^\]]*+(?:\](?!\]>)[^\]]*+)*+"
_NUMBER: Final = "[0-9]{1,18}"
_TEXTS: Final = "text"
_BODY: Final = "content:encoded"
_ELEMENTS: Final = {
    "title": _TEXTS,
    "link": _TEXTS,
    "pubDate": "<pubDate>[^<&]*+</pubDate>",
    "dc:creator": _TEXTS,
    "guid": _TEXTS,
    "description": "<description(?:></description>| ?/>)",
    _BODY: "",
    "excerpt:encoded": _TEXTS,
    "wp:post_id": _NUMBER,
    "wp:post_date": _TEXTS,
    "wp:post_date_gmt": _TEXTS,
    "wp:post_modified": _TEXTS,
    "wp:post_modified_gmt": _TEXTS,
    "wp:comment_status": _TEXTS,
    "wp:ping_status": _TEXTS,
    "wp:post_name": _TEXTS,
    "wp:status": _TEXTS,
    "wp:post_parent": _NUMBER,
    "wp:menu_order": _NUMBER,
    "wp:post_type": _TEXTS,
    "wp:post_password": _TEXTS,
    "wp:is_sticky": "[01]",
    "wp:attachment_url": _TEXTS,
}
"""The elements of an item, and how each is spelled; the body is found apart."""

_COMMENT: Final = {
    name: _NUMBER if column.kind == "number" else _TEXTS for name, column in COMMENT_TABLE.items()
}
"""Likewise those of a comment."""

_UNREAD: Final = ("pubDate", "description", _BODY)
_OPTIONAL: Final = ("wp:post_modified", "wp:post_modified_gmt", "wp:attachment_url")
"""Elements that not every version, and not every type, has."""

_ATTRIBUTES: Final = {"guid": '(?: isPermaLink="(?:false|true)")?'}

NAMES: Final = (
    *_ELEMENTS,
    *_COMMENT,
    *("category", "wp:postmeta", "wp:meta_key", "wp:meta_value", "wp:comment", "wp:commentmeta"),
)
OPTIONAL: Final = frozenset(ITEM[name].field for name in _OPTIONAL)
"""The fields that are unset in an item without their element."""

TAG_OF: Final = {
    ITEM[name].field: b"<" + name.encode()
    for name in _ELEMENTS
    if name not in ("pubDate", "description")
}
BODY_OPENS: Final = b"<content:encoded><![CDATA["
END: Final = "</item>"


class Elements(NamedTuple):
    """Some elements one after the other, as a pattern with a group for each field that is read.

    `sections` are the groups that take part where a field's text is in a section.
    """

    pattern: re.Pattern[str]
    sections: Mapping[str, int]


def _elements(
    beginning: str, groups: int, elements: Iterable[tuple[str, str]], table: Table, end: str = ""
) -> Elements:
    """Give elements, by name and spelling, behind something that has so many groups."""
    pieces, sections = [beginning], {}
    for name, spelled in elements:
        field, attributes = table[name].field, _ATTRIBUTES.get(name, "")
        if name in _UNREAD:
            pieces.append(rf"{spelled}\s*+")
        elif spelled != _TEXTS:
            groups += 1
            pieces.append(rf"<{name}>(?P<{field}>{spelled})</{name}>\s*+")
        else:
            mark, groups = groups + 1, groups + 2
            sections[field] = mark
            text = rf"(<!\[CDATA\[)?(?P<{field}>(?({mark}){_TEXT}|[^<]*+))(?({mark})\]\]>)"
            whole = rf"<{name}{attributes}>{text}</{name}>\s*+"
            empty = rf"<{name} ?/>\s*+"
            pieces.append(f"(?:{whole})?+" if name in _OPTIONAL else f"(?:{whole}|{empty})")
    return Elements(pattern("".join([*pieces, end]), re.ASCII), sections)


_ORDER: Final = [*_ELEMENTS.items()]
_BODY_AT: Final = [*_ELEMENTS].index(_BODY)
BEFORE: Final = _elements(
    r"<item>\s*+(?:<\?wpmigrate (?P<said>[^?]*+(?:\?(?!>)[^?]*+)*+)\?>\s*+)?+",
    1,
    _ORDER[:_BODY_AT],
    ITEM,
)
BEHIND: Final = _elements(r"\]\]></content:encoded>\s*+", 0, _ORDER[_BODY_AT + 1 :], ITEM)
_SECTION: Final = r"<!\[CDATA\[(" + _TEXT + r")\]\]>"
_QUOTED: Final = r'"([^"&<\t\r\n]*+)"'
_META: Final = (
    rf"<wp:meta_key>(?:{_SECTION}|([^<&]*+))</wp:meta_key>\s*+"
    rf"<wp:meta_value>{_SECTION}</wp:meta_value>\s*+"
)
ROW: Final = pattern(
    rf"<(category) domain={_QUOTED} nicename={_QUOTED}>{_SECTION}</category>\s*+"
    rf"|<wp:postmeta>\s*+{_META}</wp:postmeta>\s*+"
    r"|(</item>\Z|[\s\S]++)",
    re.ASCII,
)
"""A term, or a meta, or the end; what is neither is as the end that it isn't."""

COMMENT: Final = _elements(
    r"<wp:comment>\s*+",
    0,
    _COMMENT.items(),
    COMMENT_TABLE,
    rf"(?P<meta>(?:<wp:commentmeta>\s*+{_META}</wp:commentmeta>\s*+)*+)</wp:comment>\s*+",
)
COMMENT_META: Final = pattern(_META, re.ASCII)
"""Finds a key, one that stands in no section, and a value."""


class Row(NamedTuple):
    """What ROW finds: `category` isn't empty for a term, `rest` is neither a term nor a meta."""

    category: str
    domain: str
    nicename: str
    label: str
    key: str
    plain_key: str
    value: str
    rest: str
