"""What CDATA, comments and instructions hide is what plain searching finds, and found but once."""

from __future__ import annotations

import re
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.readers.wxr import whole_item
from migrate.syntax.wxr_hidden import BOUNDARY, ENDS, SECTION, Hidden
from migrate.syntax.wxr_markup import Markup

PIECES = st.lists(
    st.sampled_from(
        [
            *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"?>", b"<item>", b"</item>"),
            *(b"<a>", b"</a>", b"</ab>", b"<ab>", b"</a", b"]", b">", b"a", b" ", b"\xc3\xa9"),
        ]
    ),
    max_size=40,
).map(b"".join)
MARK = re.compile(rb"<!\[CDATA\[|<!--|<\?")
CLOSING = re.compile(rb"(?:[^<]++|<!\[CDATA\[.*?\]\]>|<!--.*?-->)*+</([^\s<>/]+)\s*>", re.DOTALL)


def runs_over(data: bytes, start: int, end: int, inside: bytes) -> bool:
    """Tell by going through all of it whether a part runs beyond its element."""
    if inside in (b"", b"item", b"channel", b"rss"):
        return False
    over = data.startswith(SECTION, start) and BOUNDARY.search(data, start, end)
    if data.find(b"</" + inside, start, end) < 0 and not over:
        return False
    closing = CLOSING.match(data, end)
    return closing is None or closing[1] != inside


@given(PIECES, st.sampled_from([b"", b"a", b"ab", b"item"]))
def test_the_same_is_found(data: bytes, inside: bytes) -> None:
    """For each mark, in the order in which they stand."""
    hidden = Hidden(data)
    for mark in MARK.finditer(data):
        found = data.find(ENDS[mark[0]], mark.end())
        end = -1 if found < 0 else found + len(ENDS[mark[0]])
        assert hidden.end(mark[0], mark.end()) == end
        if end >= 0:
            over = runs_over(data, mark.start(), end, inside)
            assert hidden.runs_over(mark[0], mark.start(), end, inside) == over


class Counted(bytes):
    """Bytes that count over how many of them was searched."""

    searched = 0

    def find(
        self,
        sub: object,
        start: SupportsIndex | None = None,
        end: SupportsIndex | None = None,
        /,
    ) -> int:
        """Search, and count upto what was found."""
        assert isinstance(sub, bytes)
        found = super().find(sub, start, end)
        first = 0 if start is None else start.__index__()
        last = len(self) if end is None else min(len(self), end.__index__())
        self.searched += max(0, (found if found >= 0 else last) - first)
        return found


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(b"<a><![CDATA[</a>", b"]]>"), (b"<a><!--</a>", b"-->"), (b"<a><?</a>", b"?>")],
)
def test_one_end_is_looked_for_once(begins: bytes, ends: bytes) -> None:
    """However many beginnings stand before it, each an element's that the end isn't in."""
    data = Counted(begins * 1_000 + ends)

    Markup(data)

    assert data.searched < 4 * len(data)


def test_no_body_is_looked_for_behind_the_next_item() -> None:
    """An item without one costs a look at what is near."""
    data = Counted(b"<item></item>" * 10_000)

    ends = [whole_item.look(data, at)[0] for at in range(0, len(data), len(b"<item></item>"))]

    assert ends == [0] * 10_000
    assert data.searched < 10_000 * 2_100


def test_a_body_that_hides_items_is_looked_at_once() -> None:
    """Where it ends is said, since those in it aren't worth a look."""
    data = b"<item><content:encoded><![CDATA[" * 3 + b"]]></item>"

    assert whole_item.look(data, 0) == (0, data.index(b"]]>"))


def test_a_body_that_its_end_tag_follows_hides_what_it_holds() -> None:
    """Other items' tags in it are text of it, as the long way has it as well."""
    data = b"<item><content:encoded><![CDATA[</item><item>]]></content:encoded></item>"

    assert whole_item.look(data, 0) == (len(data), 0)
