"""What is far larger than usual in one way goes there and back, in little memory."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from bench.measured import Measured, measure
from tests.conftest import LONG
from tests.wxr_sources import HEAD, TAIL

pytestmark = [pytest.mark.long, pytest.mark.timeout(7200 if LONG else 300)]

TERM: Final = """<wp:category><wp:term_id>{id}</wp:term_id>
<wp:category_nicename>{slug}</wp:category_nicename>
<wp:category_parent>{parent}</wp:category_parent><wp:cat_name><![CDATA[{slug}]]></wp:cat_name>
</wp:category>
"""
ITEM: Final = """<item><title>One</title><content:encoded><![CDATA[Text]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_name>one</wp:post_name><wp:post_type>post</wp:post_type>
<wp:status>publish</wp:status><wp:post_date>2016-07-16 00:22:22</wp:post_date>
{inner}</item>
"""
COMMENT: Final = """<wp:comment><wp:comment_id>{id}</wp:comment_id>
<wp:comment_author><![CDATA[Reader {id}]]></wp:comment_author>
<wp:comment_date>2016-07-17 12:00:00</wp:comment_date>
<wp:comment_content><![CDATA[Comment {id}]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent>
</wp:comment>
"""
POST: Final = (
    "---\npost_title: Number {0}\nlayout: post\npublished: true\n"
    "permalink: https://a.example/{0}/\n---\n"
)


class Large(NamedTuple):
    """What is large: how much of it, how its source is made, and how much memory may go, in MB.

    `sign` stands in the WXR that it becomes as often as there is something of it.
    """

    usual: int
    full: int
    make: Callable[[Path, int], Path]
    sign: bytes
    most: int


def many_terms(folder: Path, count: int) -> Path:
    """A file that defines so many categories, one of them used."""
    terms = (TERM.format(id=n, slug=f"term-{n}", parent="") for n in range(count))
    used = f'<category domain="category" nicename="term-{count - 1}">term-{count - 1}</category>'
    return _export(folder, "".join(terms) + ITEM.format(inner=used))


def deep_tree(folder: Path, count: int) -> Path:
    """A file that defines categories each of which is a child of the one before."""
    terms = (
        TERM.format(id=n, slug=f"term-{n}", parent=f"term-{n - 1}" if n else "")
        for n in range(count)
    )
    used = f'<category domain="category" nicename="term-{count - 1}">term-{count - 1}</category>'
    return _export(folder, "".join(terms) + ITEM.format(inner=used))


def many_comments(folder: Path, count: int) -> Path:
    """A file with one post of so many comments, each of which answers the one before."""
    comments = "".join(COMMENT.format(id=n, parent=n - 1) for n in range(1, count + 1))
    return _export(folder, ITEM.format(inner=comments))


def large_post(folder: Path, count: int) -> Path:
    """A folder with one post of so many bytes."""
    made = folder / "posts"
    made.mkdir()
    with (made / "one.md").open("wb") as file:
        file.write(POST.format(1).encode())
        for _ in range(count // 1_000):
            file.write(b"word " * 199 + b"\nend\n")
    return made


def many_files(folder: Path, count: int) -> Path:
    """A folder with so many posts."""
    made = folder / "posts"
    made.mkdir()
    for number in range(count):
        (made / f"{number}.md").write_text(POST.format(number) + "Text\n", "utf-8")
    return made


CASES: Final = {
    "100,000 terms": Large(1_000, 100_000, many_terms, b"<wp:category>", 1_000),
    "1,000 categories deep": Large(1_000, 1_000, deep_tree, b"<wp:category>", 100),
    "10,000 comments": Large(1_000, 10_000, many_comments, b"<wp:comment>", 200),
    "a post of 50 MB": Large(500_000, 50_000_000, large_post, b"\nend\n", 600),
    "200,000 files": Large(400, 200_000, many_files, b"<item>", 300),
}


@pytest.mark.parametrize("what", CASES)
def test_there_and_back(what: str, tmp_path: Path) -> None:
    """To WXR, to a folder, and to WXR again: all of it is there."""
    usual, full, make, sign, most = CASES[what]
    count = full if LONG else usual
    source = make(tmp_path, count)
    first, folder, again = (tmp_path / name for name in ("first.xml", "folder", "again.xml"))

    took = [
        export(tmp_path, source, first),
        export(tmp_path, first, folder, "--to", "wpghs"),
        export(tmp_path, folder, again, "--from", "wpghs"),
    ]

    print(what, count, *(f"{one.cpu:.1f} s {one.peak / 1e6:.0f} MB" for one in took), sep=" | ")
    found = [path.read_bytes().count(sign) for path in (first, again)]
    assert found == [count // 1_000 if sign == b"\nend\n" else count] * 2
    assert max(one.peak for one in took) < most * 1e6


def export(folder: Path, source: Path, out: Path, *options: str) -> Measured:
    """Convert a source, and give what that took."""
    words = ["export", str(source), "-o", str(out), "-j", "1", "--fail-on", "never", *options]
    return measure([sys.executable, "-m", "migrate", *words], folder)


def _export(folder: Path, inner: str) -> Path:
    path = folder / "source.xml"
    path.write_text(f"{HEAD}{inner}{TAIL}", "utf-8")
    return path
