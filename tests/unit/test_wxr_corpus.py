"""Every real export of the corpus is read whole."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from migrate.readers.wxr.reader import WxrReader
from migrate.readers.wxr.source import looks_like_wxr
from tests.sources import NAMESPACES
from tests.wxr_sources import read

PLAIN_NAMES = ("title", "wp:post_name", "wp:post_type", "wp:status", "excerpt:encoded")
FIELDS = ("title", "slug", "type", "status", "excerpt")


def exports(corpus: Path) -> list[Path]:
    """Give the exports of the corpus."""
    found = [path for path in sorted((corpus / "wxr").rglob("*")) if path.is_file()]
    return [path for path in found if looks_like_wxr(path)]


def test_all_exports_are_recognised(corpus: Path) -> None:
    """All files of the folder but the two that are a body alone."""
    assert len(exports(corpus)) == 27


def test_every_item_is_read(corpus: Path) -> None:
    """As many records as an independent count finds items, in each file."""
    total = 0
    for path in exports(corpus):
        parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False)
        expected = len(list(etree.fromstring(path.read_bytes(), parser).iter("item")))
        export = read(WxrReader(path))
        assert (path.name, expected) == (path.name, len(export.posts))
        total += expected
    print(f"{total} items read")


def test_every_text_is_what_a_parser_reads(corpus: Path) -> None:
    """Where a file is well formed, lxml reads the same titles, slugs, excerpts and bodies."""
    compared = 0
    for path in exports(corpus):
        data = path.read_bytes()
        try:
            document = etree.fromstring(data, etree.XMLParser(strip_cdata=False))
        except etree.XMLSyntaxError:
            continue
        if "wordpress.org/export/1.2" not in str(document.nsmap.get("wp")):
            continue
        spaces = {**NAMESPACES, **{k: v for k, v in document.nsmap.items() if k}}
        for item, post in zip(document.iter("item"), read(WxrReader(path)).posts, strict=True):
            for name, field in zip(PLAIN_NAMES, FIELDS, strict=True):
                text = item.findtext(name, None, spaces)
                assert (path.name, name, text) == (path.name, name, getattr(post, field))
            body = item.findtext("content:encoded", None, spaces)
            read_body = (post.content or b"").decode().replace("\r\n", "\n")
            assert (body or "") == read_body
            compared += 1
    print(f"{compared} items compared")
    assert compared > 0
