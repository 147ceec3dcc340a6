"""A WXR file in parts: each a whole file, together what the one file is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from migrate.cli.conversion import part_name
from migrate.cli.option_types import Size
from migrate.errors import UsageError
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.readers.wxr.reader import WxrReader
from migrate.writers.wxr.writer import WxrWriter
from tests.sources import SAMPLES, read_all, to_wxr

POSTS, _ = read_all(SAMPLES / "wpghs")
WHOLE, _ = to_wxr(POSTS)


def in_parts(posts: list[Post], size: int, head: Head | None = None) -> list[bytes]:
    """Write posts as WXR files of at most this size."""
    findings: list[Finding] = []
    writer = WxrWriter(Settings(generator="wpmigrate"))
    joiner = writer.joiner(io.BytesIO(), head or Head())
    for post in posts:
        joiner.add(writer.encode(post, findings.append), findings.append)
    made: list[io.BytesIO] = []

    @contextmanager
    def opened(number: int) -> Iterator[BinaryIO]:
        assert number == len(made) + 1
        made.append(io.BytesIO())
        yield made[-1]

    joiner.finish_parts(opened, size, findings.append)
    return [part.getvalue() for part in made]


def _nobody(_finding: Finding) -> None:
    """Forget what is found."""


def item_texts(document: bytes) -> list[bytes]:
    """Give the text of each item, after a parser has had the whole file."""
    root = etree.fromstring(document, etree.XMLParser(huge_tree=True))
    assert root.tag == "rss"
    return [etree.tostring(item, method="c14n") for item in root.iter("item")]


def test_options_come_once_out_of_the_parts(tmp_path: Path) -> None:
    """Each part has them, as it has authors and terms; read together they are what they were."""
    head = Head(options={"blogname": "The Lantern", "tides": 'a:1:{i:0;s:2:"?>";}'})
    parts = in_parts(POSTS, len(WHOLE) // 2, head)
    for number, part in enumerate(parts):
        (tmp_path / f"{number}.xml").write_bytes(part)

    assert len(parts) > 1
    assert all(b'"blogname":"The Lantern"' in part for part in parts)
    assert WxrReader(sorted(tmp_path.iterdir())).head(_nobody).options == head.options


@given(st.integers(min_value=len(WHOLE) // 12, max_value=len(WHOLE) + 10))
def test_the_parts_together_are_the_whole(size: int) -> None:
    """The same items in the same order with the same numbers, whatever the size."""
    parts = in_parts(POSTS, size)

    assert [text for part in parts for text in item_texts(part)] == item_texts(WHOLE)
    assert all(part.partition(b"<item>")[0] == WHOLE.partition(b"<item>")[0] for part in parts)
    assert all(len(part) <= size or len(item_texts(part)) == 1 for part in parts)


def test_what_fits_is_one_part() -> None:
    """To the byte: one less makes two."""
    assert in_parts(POSTS, len(WHOLE)) == [WHOLE]
    assert len(in_parts(POSTS, len(WHOLE) - 1)) == 2


def test_a_size_that_nothing_fits_into_is_refused() -> None:
    """The head stands in every part, so it has to fit."""
    with pytest.raises(UsageError, match="authors and terms"):
        in_parts(POSTS, 100)


@pytest.mark.parametrize(
    ("text", "size"),
    [("10MB", 10**7), ("8MiB", 2**23), ("500kB", 500000), ("12", 12), ("1 kib", 1024)],
)
def test_sizes(text: str, size: int) -> None:
    """As people write them."""
    assert Size().convert(text, None, None) == size


@pytest.mark.parametrize(
    ("name", "part"), [("a/site.xml", "a/site-007.xml"), ("site.xml.gz", "site-007.xml.gz")]
)
def test_names_of_parts(name: str, part: str) -> None:
    """The number stands before the ending, so that they sort."""
    assert part_name(str(SAMPLES / name), 7) == str(SAMPLES / part)
