"""Odd values for `mappings check` and the tests: whatever front matter and fields really hold."""

from __future__ import annotations

from typing import Any, Final

from migrate.mapping.transforms import Moment
from migrate.model.post import Author
from migrate.syntax.values import Plain, Value

_TEXTS: Final = (
    "",
    " ",
    " outer blanks ",
    "plain",
    "Zoë 東京 🎉 עברית",
    "two\nlines\n",
    "carriage\rreturn\ttab",
    'it\'s "quoted"',
    "a: b # c",
    "&#8217; &amp; &lt;",
    "one,two, three",
    "Parent/Child",
    r"AC\/DC",
    "back\\slash\\",
    "---",
    "x" * 10_000,
    "https://example.org/2016/07/%e6%9d%b1/?p=1#top",
)
_TYPED: Final = (
    *("true", "True", "false", "yes", "no", "on", "~", "null"),
    *("0", "7", "007", "-1", "+3", "1.50", "1e3", "0x1F", "9" * 20, "9" * 40),
    *("2016-07-16", "2016-07-16 00:22:22", "2016-07-16T00:22:22+02:00", "2016-07-16 00:22:22 Z"),
    *("0000-00-00 00:00:00", "2016-02-30 00:00:00", "0001-01-01 00:00:00 +1400"),
)

VALUES: Final[tuple[Value, ...]] = (
    *_TEXTS,
    *_TYPED,
    *(Plain(text) for text in _TYPED),
    [],
    {},
    [""],
    ["one"],
    ["two", "of them"],
    ["Parent/Child", r"AC\/DC", "Parent//Child"],
    [["nested"], "list"],
    {"map": "of", "texts": ["and", "lists"]},
    "2007-04-11 00:52:59.000000000 -04:00",
    "2017-2-5",
    "/2016/07/hello/",
    "/:categories/:title.html",
    {"name": "Zoë", "twitter": "@zoe"},
    "First Author, Second Author",
)
"""What may stand behind a key."""

HELD: Final[dict[str, tuple[Any, ...]]] = {
    "text": _TEXTS + _TYPED,
    "integer": (-1, 0, 1, 5477, 2**63),
    "date": (
        Moment(wall=""),
        Moment(wall="2016-07-16 00:22:22"),
        Moment(wall="0001-01-01 00:00:00"),
        Moment(wall="9999-12-31 23:59:59"),
        Moment(wall="2016-02-30 00:00:00"),
        Moment(gmt="2016-07-16 00:22:22"),
        Moment(wall="2016-07-16 02:22:22", gmt="2016-07-16 00:22:22"),
    ),
    "terms": (
        [],
        [("one",)],
        [("one",), ("two",), ("one",)],
        [("Parent", "Child")],
        [("AC/DC",), ("back\\slash\\", "\\/")],
        [("Zoë 東京",), ("a,b",), (" outer ",), ("007",)],
        [("",)],
    ),
    "author": (
        Author(display_name="Zoë Müller"),
        Author(display_name="Smith, John"),
        Author(login="zoe"),
        Author("zoe", "Zoë Müller", "zoe@example.org", "Zoë", "Müller"),
    ),
    "status": (
        *("publish", "draft", "pending", "private", "future", "trash"),
        *("inherit", "auto-draft", "of-a-plugin"),
    ),
    "type": ("post", "page", "attachment", "revision", "nav_menu_item", "of-a-plugin"),
}
"""What a field may hold, by its name or its kind."""
