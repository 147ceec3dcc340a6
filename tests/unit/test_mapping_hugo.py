"""The hugo mapping: three spellings, addresses, and drafts that Hugo doesn't build."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import RecordError
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.syntax.values import Plain, Value
from tests.front_matter import DIALECTS, read_text, written

HUGO = DIALECTS["hugo"]


def decode(values: dict[str, Value], path: str = "content/posts/hello.md") -> Post:
    """Read front matter in which nothing is odd."""
    return HUGO.decode(values, path, _nothing)


def _nothing(finding: Finding) -> None:
    pytest.fail(f"unexpected: {finding}")


SPELLED = {
    "yaml": (
        '---\ntitle: "A: b"\ndate: 2020-02-01T06:30:00+01:00\ndraft: true\ntags:\n  - ferry\n'
        "weight: 7\n---\nText\n"
    ),
    "toml": (
        '+++\ntitle = "A: b"\ndate = 2020-02-01T06:30:00+01:00\ndraft = true\ntags = ["ferry"]\n'
        "weight = 7\n+++\nText\n"
    ),
    "json": (
        '{\n  "title": "A: b",\n  "date": "2020-02-01T06:30:00+01:00",\n  "draft": true,\n'
        '  "tags": ["ferry"],\n  "weight": 7\n}\nText\n'
    ),
}


@pytest.mark.parametrize("spelling", SPELLED)
def test_the_three_spellings(spelling: str, tmp_path: Path) -> None:
    """YAML, TOML and JSON give the same record, and each comes back in its own spelling."""
    post = read_text(tmp_path, SPELLED[spelling], "content/posts/a.md", "hugo")

    assert post.title == "A: b"
    assert post.date_gmt == "2020-02-01 05:30:00"
    assert post.status == "draft"
    assert post.terms == [TermRef("post_tag", "ferry")]
    assert post.menu_order == 7
    assert post.content == b"Text\n"
    assert post.provenance.variant == ("" if spelling == "yaml" else spelling)
    assert written(post, HUGO).decode() == SPELLED[spelling]


@pytest.mark.parametrize("variant", ["", "toml", "json"])
def test_a_foreign_record_in_each_spelling(variant: str, tmp_path: Path) -> None:
    """A variant names the spelling of a record that never was Hugo's."""
    post = Post(title="T", type="post", status="publish", slug="t", content=b"Text\n")
    post.provenance.dialect, post.provenance.variant = "hugo", variant

    data = written(post, HUGO)

    assert data.startswith({"": b"---\n", "toml": b"+++\n", "json": b"{\n"}[variant])
    assert read_text(tmp_path, data.decode(), "content/posts/t.md", "hugo").title == "T"


@pytest.mark.parametrize(
    ("path", "slug", "post_type"),
    [
        ("content/posts/hello.md", "hello", "post"),
        ("content/posts/2016/hello.md", "hello", "post"),
        ("content/posts/hello/index.md", "hello", "post"),
        ("content/posts/2016-07-16-hello.md", "2016-07-16-hello", "post"),
        ("content/about.md", "about", None),
        ("content/_index.md", None, None),
        ("content/docs/_index.md", "docs", None),
    ],
)
def test_what_paths_say(path: str, slug: str | None, post_type: str | None) -> None:
    """A bundle has its folder's name; the date in a name is part of the slug."""
    post = decode({}, path)

    assert (slug, post_type) == (post.slug, post.type)


def test_addresses() -> None:
    """`url` is the link; `aliases` are metas, one row each, under which Hugo redirects."""
    values: dict[str, Value] = {"url": "/2020/02/fog.html", "aliases": ["/ferry/", "/boat/"]}
    post = decode(values)

    assert (post.link, post.slug) == ("/2020/02/fog.html", "fog")
    assert post.meta == [Meta("aliases", "/ferry/"), Meta("aliases", "/boat/")]
    assert HUGO.encode(post) == values


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "publish"),
        ({"draft": Plain("false")}, "publish"),
        ({"draft": Plain("true")}, "draft"),
        ({"draft": "true"}, "draft"),
        ({"draft": Plain("true"), "status": "private"}, "private"),
        ({"status": "private"}, "private"),
    ],
)
def test_status(values: dict[str, Value], status: str) -> None:
    """`draft: true` holds back, and `status` says what it is exactly."""
    assert decode(values).status == status


def test_keys_in_any_case() -> None:
    """Hugo doesn't mind capitals: `Draft: true` holds a post back, and no meta can undo that."""
    post = decode({"Title": "T", "Draft": Plain("true")})
    post.meta = [Meta("DRAFT", "false")]

    assert (post.title, post.status) == ("T", "draft")
    assert HUGO.encode(post)["draft"] == "true"
    assert "DRAFT" not in HUGO.encode(post)


def test_one_key_in_two_cases_is_refused() -> None:
    """Which one Hugo takes is left to chance."""
    with pytest.raises(RecordError) as caught:
        decode({"draft": Plain("true"), "Draft": Plain("false")})

    assert (caught.value.code, caught.value.field) == ("mapping-value", "Draft")


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "trash", None])
def test_nothing_but_publish_is_built(status: str | None) -> None:
    """Every other status is a draft to Hugo and comes back exactly."""
    values = HUGO.encode(Post(title="T", type="post", status=status, slug="t"))

    assert values["draft"] == "true"
    assert isinstance(values["draft"], Plain)
    assert decode(values).status == (status or "draft")


def test_a_foreign_record(tmp_path: Path) -> None:
    """A record from elsewhere is written as Hugo's users write it."""
    post = Post(
        title="Tide tables", type="post", status="publish", slug="tide",
        date="2020-02-01 06:30:00", modified="2020-02-02 07:00:00", excerpt="High at six.",
        link="https://example.org/2020/02/tide/", author=Author(display_name="Tom"),
        terms=[TermRef("category", "News")], content_format="markdown", content=b"Text\n",
    )  # fmt: skip

    assert written(post, HUGO).decode() == (
        "---\ntitle: Tide tables\ndate: 2020-02-01T06:30:00\nlastmod: 2020-02-02T07:00:00\n"
        "slug: tide\nurl: /2020/02/tide/\nauthor: Tom\ncategories:\n  - News\n"
        "summary: High at six.\n---\nText\n"
    )
    back = read_text(tmp_path, written(post, HUGO).decode(), HUGO.path_for(post), "hugo")
    assert (back.title, back.date, back.modified) == (post.title, post.date, post.modified)
    assert back.terms == post.terms


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.org/2020/02/tide/", "/2020/02/tide/"),
        ("/2020/02/tide", "/2020/02/tide"),
        ("https://example.org/?p=98", None),
        ("https://example.org/%e6%9d%b1/", "/%e6%9d%b1/"),
        ("https://example.org", None),
        ("https://example.org/a/:b/", None),
    ],
)
def test_the_address_of_a_link(link: str, url: str | None) -> None:
    """The path is kept where Hugo can serve it, and nothing is said where it can't."""
    assert HUGO.encode(Post(type="post", status="publish", link=link)).get("url") == url
