"""The eleventy mapping: three marks, collections, and what keeps Eleventy from building."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Meta, Post, TermRef
from migrate.syntax.values import Plain, Value
from tests.front_matter import DIALECTS, read_text, written

ELEVENTY = DIALECTS["eleventy"]


def decode(values: dict[str, Value], path: str = "posts/2021-06-01-kite.md") -> Post:
    """Read front matter in which nothing is odd."""
    return ELEVENTY.decode(values, path, _nothing)


def _nothing(finding: Finding) -> None:
    pytest.fail(f"unexpected: {finding}")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\ntags: posts\nrank: 3\n---\nText",
        '---json\n{\n  "title": "T",\n  "tags": "posts",\n  "rank": 3\n}\n---\nText',
        '---toml\ntitle = "T"\ntags = "posts"\nrank = 3\n---\nText',
    ],
)
def test_the_three_marks(text: str, tmp_path: Path) -> None:
    """YAML, JSON and TOML give the same record, and come back as they were."""
    post = read_text(tmp_path, text, "posts/2021-06-01-t.md", "eleventy")

    assert (post.title, post.type, post.date) == ("T", "post", "2021-06-01 00:00:00")
    assert post.terms == [TermRef("post_tag", "posts")]
    assert post.meta == [Meta("rank", "3")]
    assert written(post, ELEVENTY).decode() == text


@pytest.mark.parametrize("word", ["Last Modified", "Created", "git Last Modified"])
def test_dates_that_eleventy_works_out(word: str) -> None:
    """They are no dates but metas, and come back."""
    post = decode({"date": word}, "posts/kite.md")

    assert post.date is None
    assert post.meta == [Meta("date", word)]
    assert ELEVENTY.encode(post) == {"date": word}


@pytest.mark.parametrize(
    ("path", "slug", "date"),
    [
        ("posts/2021-06-01-kite.md", "kite", "2021-06-01 00:00:00"),
        ("posts/kite/index.md", "kite", None),
        ("2019-01-01-folder/2020-01-01-file.md", "file", "2019-01-01 00:00:00"),
        ("2019-01-01-folder/file.md", "file", "2019-01-01 00:00:00"),
        ("about.njk", "about", None),
    ],
)
def test_what_paths_say(path: str, slug: str, date: str | None) -> None:
    """The first date in a path counts, and no slug has one."""
    post = decode({}, path)

    assert (slug, date) == (post.slug, post.date)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "publish"),
        ({"draft": Plain("true")}, "draft"),
        ({"permalink": Plain("false")}, "draft"),
        ({"eleventyExcludeFromCollections": Plain("true")}, "publish"),
        ({"draft": Plain("true"), "status": "pending"}, "pending"),
    ],
)
def test_status(values: dict[str, Value], status: str) -> None:
    """A draft or a post that is written nowhere isn't published; one that isn't listed is."""
    assert decode(values).status == status


def test_a_page_that_is_not_listed() -> None:
    """The key alone is a meta, and comes back as a truth value."""
    values: dict[str, Value] = {"eleventyExcludeFromCollections": Plain("true")}
    post = decode(values)

    assert post.meta == [Meta("eleventyExcludeFromCollections", "true")]
    assert ELEVENTY.encode(post) == values


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "trash", None])
def test_nothing_but_publish_is_built(status: str | None) -> None:
    """Three keys keep it out of the site, its lists and its feeds; the permalink isn't said."""
    post = Post(title="T", type="post", status=status, slug="t", link="https://example.org/t/")

    values = ELEVENTY.encode(post)

    assert values["draft"] == "true"
    assert values["permalink"] == "false"
    assert values["eleventyExcludeFromCollections"] == "true"
    assert values.get("status") == (None if status in ("draft", None) else status)
    assert all(isinstance(values[key], Plain) for key in ("draft", "permalink"))
    assert decode(values).status == (status or "draft")


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("/2021/kite/", "/2021/kite/"),
        ("/2021/kite.html", "/2021/kite.html"),
        ("/{{ page.fileSlug }}/", None),
        ("/2021/kite", None),
    ],
)
def test_permalinks(value: str, link: str | None) -> None:
    """An address that Eleventy can write is the link; a template is a meta."""
    post = decode({"permalink": value})

    assert post.link == link
    assert post.meta == (None if link else [Meta("permalink", value)])
    assert ELEVENTY.encode(post) == {"permalink": value}


def test_maps_are_metas(tmp_path: Path) -> None:
    """Keys for Eleventy itself stay what they are, numbers included."""
    text = "---\neleventyNavigation:\n  key: About\n  order: 2\n---\n"
    post = read_text(tmp_path, text, "about.md", "eleventy")

    assert [row.key for row in post.meta or ()] == ["eleventyNavigation"]
    assert written(post, ELEVENTY).decode() == text


def test_no_layout_is_written() -> None:
    """Eleventy breaks off where a layout doesn't exist."""
    assert "layout" not in ELEVENTY.encode(Post(title="T", type="post", status="publish"))
