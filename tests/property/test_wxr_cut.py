"""Items are cut where an XML parser sees them, whatever their texts quote, however it is read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from migrate.readers.wxr import scan
from migrate.readers.wxr.reader import WxrReader
from tests.wxr_sources import HEAD, TAIL, read

QUOTED = [
    *("<item>", "</item>", "<item/>", "</channel></rss>", "<?xml ?>", "<title>", "</title>"),
    *("</content:encoded>", "<!--", "-->", "<![CDATA["),
]
PIECE = st.sampled_from([*QUOTED, "]]", "]", ">", "<", "a", "\n", "é", "&"])


def section(pieces: list[str]) -> str:
    """Make CDATA of these pieces, as WordPress's wxr_cdata() does."""
    return "<![CDATA[" + "".join(pieces).replace("]]>", "]]]]><![CDATA[>") + "]]>"


TEXT = st.lists(PIECE, max_size=6).map(section)
BETWEEN = st.sampled_from(["", "\n\t", "<!-- <item> -->", "<!-- </item> -->", "<?x <item> ?>"])
ITEM = st.tuples(BETWEEN, TEXT, BETWEEN, TEXT, BETWEEN).map(
    lambda parts: (
        f"{parts[0]}<item>{parts[4]}<title>{parts[1]}</title>{parts[2]}"
        f"<content:encoded>{parts[3]}</content:encoded></item>"
    )
)


@given(st.lists(ITEM, max_size=4), st.sampled_from([64, 65, 70, 100, 1 << 20]))
def test_items_are_cut_where_a_parser_sees_them(items: list[str], block: int) -> None:
    """Titles and bodies are the parser's, for any size of block, and nothing is noted."""
    document = (HEAD + "".join(items) + TAIL).encode()
    expected = [
        tuple(child.text or "" for child in item.iterchildren("*"))
        for item in etree.fromstring(document).iter("item")
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "BLOCK", block)
        path = Path(folder) / "export.xml"
        path.write_bytes(document)
        export = read(WxrReader(path))

    assert expected == [(post.title, (post.content or b"").decode()) for post in export.posts]
    assert export.found == []


@given(st.lists(PIECE | st.sampled_from(["<title>", "</title>", "<channel>", "]]>"]), max_size=20))
def test_anything_is_read_or_named(pieces: list[str]) -> None:
    """However broken a document is, each place where an item begins is a record or a finding."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        path.write_text(HEAD + "".join(pieces))
        reader = WxrReader(path)
        export = read(reader)
        handles = list(reader.locate(lambda _: None))

    assert len(handles) <= len(export.posts) + len(export.findings)
