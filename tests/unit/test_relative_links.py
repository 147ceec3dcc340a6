"""Permalinks that name no site: whole in a WXR file, and as they were in the posts again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.settings import Settings
from migrate.model.site import Head, Site
from migrate.readers.wxr.reader import WxrReader
from migrate.writers.wxr.writer import WxrWriter
from tests import posts_folders
from tests.sources import items, read_all

FILES = {
    "jekyll": (
        "_posts/2020-01-02-a.md",
        "---\nlayout: post\npermalink: {}\nredirect_to: /b\n---\n",
    ),
    "hugo": (
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2020-01-02\nurl: {}\nlastmod: 2020-01-02\n---\n",
    ),
    "pelican": ("a.md", "Title: A\nDate: 2020-01-02\nUrl: {}\n\n"),
    "eleventy": ("posts/2020-01-02-a.md", "---\npermalink: {}\neleventyImport: x\n---\n"),
}


def to_wxr(posts: list[Post], base: str, site: str = "") -> tuple[bytes, list[str]]:
    """Write posts as WXR; give the codes of what was found."""
    found: list[Finding] = []
    writer = WxrWriter(Settings(base_url=base))
    joiner = writer.joiner(io.BytesIO(), Head(site=Site(url=site or None)))
    for post in posts:
        joiner.add(writer.encode(post, found.append), found.append)
    out = io.BytesIO()
    joiner.finish(out, found.append)
    return out.getvalue(), [finding.code for finding in found if "zone" not in finding.code]


@pytest.mark.parametrize("dialect", FILES)
@pytest.mark.parametrize("link", ["/a/b/", "a/b.html", "/ä/"])
@pytest.mark.parametrize("base", ["https://example.org", "https://example.org/blog/"])
def test_the_file_comes_back_as_it_was(dialect: str, link: str, base: str, tmp_path: Path) -> None:
    """The item has the whole address, and the way back the spelling that it was made of."""
    path, text = FILES[dialect]
    source = tmp_path / "in" / path
    source.parent.mkdir(parents=True)
    source.write_text(f"{text.format(link)}Text\n")
    document, codes = to_wxr(read_all(tmp_path / "in")[0], base)
    (tmp_path / "a.xml").write_bytes(document)
    reader = WxrReader(tmp_path / "a.xml", "")
    head = reader.head(lambda _: None)
    again = [reader.read(handle, lambda _: None).post for handle in reader.locate(lambda _: None)]
    posts = [post for post in again if post]
    made_by = posts_folders.writer(dialect=dialect)
    posts_folders.write(posts, tmp_path / "out", head, made_by=made_by)

    assert items(document)[0]["link"] == f"{base.rstrip('/')}/{link.lstrip('/')}"
    assert codes == []
    assert [post.link for post in posts] == [link]
    assert (tmp_path / "out" / path).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("link", ["https://b.org/a/", "//b.org/a/", "?p=7", "", "mailto:a"])
def test_other_permalinks_stay(link: str) -> None:
    """Only a path is completed."""
    document, _ = to_wxr([Post(id=7, title="T", slug="t", link=link)], "https://example.org")

    assert items(document)[0]["link"] == link


def test_without_a_site_they_stay_with_one_note() -> None:
    """Where other records tell the site, the option that completes a path is named once."""
    posts = [
        Post(id=number, title="T", slug=f"t{number}", link=link)
        for number, link in enumerate(["https://a.org/x/", "/y/", "/z/"], start=1)
    ]
    document, codes = to_wxr(posts, "")

    assert [item["link"] for item in items(document)] == ["https://a.org/x/", "/y/", "/z/"]
    assert codes == ["mapping-link-relative"]


def test_where_nothing_tells_the_site_the_warning_is_enough() -> None:
    """It names the same option."""
    assert to_wxr([Post(id=1, title="T", slug="t", link="/y/")], "")[1] == [
        "mapping-base-url-missing"
    ]


def test_what_a_wxr_file_states_stays() -> None:
    """Only front matter has to leave the site out: an export's own link is not touched."""
    document, _ = to_wxr([Post(title="A", link="/a/")], "https://example.org")

    assert b"<link>/a/</link>" in document
