"""Readers made as the command line makes them, and conversions in memory, for the tests."""

from __future__ import annotations

import io
from collections import Counter
from datetime import tzinfo
from pathlib import Path

from lxml import etree

from migrate.errors import RecordError
from migrate.mapping import load
from migrate.model.finding import Finding, from_error
from migrate.model.post import Post
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.readers.posts import PostsReader
from migrate.syntax import wxr
from migrate.writers.wxr.writer import WxrWriter

SAMPLES = Path(__file__).parent.parent / "samples"
NAMESPACES = wxr.NAMESPACES


def posts_reader(source: Path, encoding: str = "utf-8") -> PostsReader:
    """Make a reader that tells the dialect from each post."""
    return PostsReader(source, load.detected(), False, encoding, Counter())


def read_all(source: Path) -> tuple[list[Post], list[Finding]]:
    """Read every post of a source, with what was found; a post that can't be read is a finding."""
    reader = posts_reader(source)
    posts: list[Post] = []
    findings: list[Finding] = []
    for handle in reader.locate(findings.append):
        try:
            post = reader.read(handle, findings.append).post
        except RecordError as error:
            findings.append(from_error(error, handle.path))
        else:
            posts += [post] if post else []
    return posts, findings


def to_wxr(posts: list[Post], zone: tzinfo | None = None) -> tuple[bytes, list[Finding]]:
    """Write posts as WXR, with what was found."""
    findings: list[Finding] = []
    writer = WxrWriter(Settings(timezone=zone, generator="wpmigrate"))
    joiner = writer.joiner(io.BytesIO(), Head())
    for post in posts:
        joiner.add(writer.encode(post, findings.append), findings.append)
    out = io.BytesIO()
    joiner.finish(out, findings.append)
    return out.getvalue(), findings


def items(document: bytes) -> list[dict[str, str]]:
    """Give each item's elements by their name (`title`, `wp:post_id`), as lxml reads them."""
    prefixes = {uri: prefix for prefix, uri in NAMESPACES.items()}
    found = []
    for item in etree.fromstring(document).iter("item"):
        elements: dict[str, str] = {}
        for element in item.iterchildren("*"):
            name = etree.QName(element)
            prefix = prefixes.get(name.namespace or "", "")
            elements[f"{prefix}:{name.localname}" if prefix else name.localname] = (
                element.text or ""
            )
        found.append(elements)
    return found


def metas(document: bytes, item: int = 0) -> list[tuple[str, str]]:
    """Give one item's metas as (key, value), in order."""
    rows = list(etree.fromstring(document).iter("item"))[item].findall("wp:postmeta", NAMESPACES)
    return [
        (row.findtext("wp:meta_key", "", NAMESPACES), row.findtext("wp:meta_value", "", NAMESPACES))
        for row in rows
    ]
