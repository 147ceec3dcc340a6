"""The pelican mapping: Markdown, reStructuredText and HTML, and what Pelican doesn't build."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.model.post import Author, Meta, Post, TermRef
from tests.front_matter import DIALECTS, read_text, written

PELICAN = DIALECTS["pelican"]

MARKDOWN = """\
Title: Nets: an evening
Date: 2018-07-02 19:30
Modified: 2018-07-03
Category: Harbour
Tags: nets, evening
Slug: nets
Author: Nell
Summary: Bring thread,
    and a lamp.
Weather: fair

Text
"""
RST = """\
Nets: an evening
################

:date: 2018-07-02 19:30
:modified: 2018-07-03
:category: Harbour
:tags: nets, evening
:slug: nets
:author: Nell
:summary:
    Bring thread,
    and a lamp.
:Weather: fair

Text
"""
HTML = """\
<html>
<head>
<title>Nets: an evening</title>
<meta name="date" content="2018-07-02 19:30" />
<meta name="modified" content="2018-07-03" />
<meta name="category" content="Harbour" />
<meta name="tags" content="nets, evening" />
<meta name="slug" content="nets" />
<meta name="author" content="Nell" />
<meta name="summary" content="Bring thread,
and a lamp." />
<meta name="Weather" content="fair" />
</head>
<body>
Text

</body>
</html>
"""


@pytest.mark.parametrize(
    ("text", "path", "body"),
    [(MARKDOWN, "a.md", "markdown"), (RST, "a.rst", "rst"), (HTML, "a.html", "html")],
)
def test_the_three_formats(text: str, path: str, body: str, tmp_path: Path) -> None:
    """Each format gives the same record, says what its body is, and comes back byte for byte."""
    post = read_text(tmp_path, text, path, "pelican")

    assert post.title == "Nets: an evening"
    assert post.date == "2018-07-02 19:30:00"
    assert post.modified == "2018-07-03 00:00:00"
    assert post.terms == [
        TermRef("category", "Harbour"), TermRef("post_tag", "nets"), TermRef("post_tag", "evening"),
    ]  # fmt: skip
    assert post.slug == "nets"
    assert post.author == Author(display_name="Nell")
    assert post.excerpt == "Bring thread,\nand a lamp."
    assert post.meta == [Meta("Weather", "fair")]
    assert (post.type, post.status) == ("post", "publish")
    assert (post.content, post.content_format) == (b"Text\n", body)
    assert written(post, PELICAN).decode() == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a, b", ["a", "b"]),
        ("a; b, c", ["a", "b, c"]),
        ("one, two;", ["one, two"]),
        ("a, b, a", ["a", "b"]),
        ("", []),
    ],
)
def test_tags(text: str, names: list[str], tmp_path: Path) -> None:
    """Commas part names, semicolons those with commas; the text comes back as it was."""
    file = f"Title: T\nTags: {text}\n\nx\n"
    post = read_text(tmp_path, file, "a.md", "pelican")

    assert [term.name for term in post.terms or ()] == names
    if text:
        assert written(post, PELICAN).decode() == file


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["a", "b"], "a, b"),
        (["a", "b, c"], "a; b, c"),
        (["a, b"], "a, b;"),
        (["a, b; c"], None),
        ([" a"], None),
    ],
)
def test_tags_of_a_foreign_record(names: list[str], text: str | None) -> None:
    """Names with commas go behind semicolons; what can't be told apart isn't written."""
    post = Post(status="publish", terms=[TermRef("post_tag", name) for name in names])

    assert PELICAN.encode(post).get("tags") == text


@pytest.mark.parametrize(
    "text", ["First, Second", "Smith, John; Doe, Jane", "- Smith, John\n    - Doe, Jane"]
)
def test_several_authors(text: str, tmp_path: Path) -> None:
    """The first is the author, the text a meta, and nothing else is written."""
    file = f"Title: T\nAuthors: {text}\n\nx\n"
    post = read_text(tmp_path, file, "a.md", "pelican")

    first = "First" if text.startswith("First") else "Smith, John"
    assert post.author == Author(display_name=first)
    assert post.meta == [Meta("authors", text.replace("\n    ", "\n"))]
    assert written(post, PELICAN).decode() == file


@pytest.mark.parametrize(
    ("word", "status"),
    [("published", "publish"), ("draft", "draft"), ("skip", "draft"), ("hidden", "private")],
)
def test_status(word: str, status: str, tmp_path: Path) -> None:
    """Pelican's words are statuses, and come back as they stood."""
    file = f"Title: T\nStatus: {word}\n\nx\n"
    post = read_text(tmp_path, file, "a.md", "pelican")

    assert post.status == status
    assert written(post, PELICAN).decode() == file


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("publish", None),
        ("draft", "draft"),
        ("pending", "skip"),
        ("private", "skip"),
        ("future", "skip"),
        ("trash", "skip"),
        ("of-a-plugin", "skip"),
        (None, "draft"),
    ],
)
def test_what_is_written_of_a_status(status: str | None, word: str | None) -> None:
    """Pelican builds its drafts, so that whatever is more private is skipped."""
    assert PELICAN.encode(Post(title="T", status=status)).get("status") == word


def test_a_post_with_a_password_is_skipped() -> None:
    """It shows as private."""
    values = PELICAN.encode(Post(title="T", status="publish", password="x"))

    assert values["status"] == "skip"


def test_a_draft_has_no_address() -> None:
    """Pelican builds a draft with `save_as` there, where everybody would find it."""
    values = PELICAN.encode(Post(title="T", status="draft", link="https://example.org/a/b/"))

    assert values == {"title": "T", "status": "draft"}


def test_an_address_has_its_file(tmp_path: Path) -> None:
    """Pelican serves an old address where `url` and `save_as` both name it."""
    post = Post(title="T", type="page", status="publish", link="https://example.org/a/b/")

    values = PELICAN.encode(post)
    back = read_text(tmp_path, written(post, PELICAN).decode(), "pages/b.html", "pelican")

    assert (values["url"], values["save_as"]) == ("/a/b/", "a/b/index.html")
    assert (back.link, back.slug, back.type, back.meta) == ("/a/b/", "b", "page", None)


def test_a_file_of_another_name_is_a_meta(tmp_path: Path) -> None:
    """`save_as` that doesn't follow from `url` isn't lost."""
    file = "Title: T\nUrl: a/\nSave_as: other.html\n\nx\n"
    post = read_text(tmp_path, file, "a.md", "pelican")

    assert post.meta == [Meta("save_as", "other.html")]
    assert written(post, PELICAN).decode() == file


def test_a_title_alone_in_rst(tmp_path: Path) -> None:
    """A section title that begins the file is the post's title."""
    post = read_text(tmp_path, "A title\n=======\n\nText\n", "a.rst", "pelican")

    assert (post.title, post.content) == ("A title", b"Text\n")


def test_what_a_page_has_besides(tmp_path: Path) -> None:
    """Styles in an HTML head come back, though they are no metas."""
    file = HTML.replace("<head>\n", "<head>\n").replace("</head>", "<style>p {}</style>\n</head>")
    post = read_text(tmp_path, file, "a.html", "pelican")

    assert written(post, PELICAN).decode() == file


def test_a_date_in_the_name(tmp_path: Path) -> None:
    """A name that begins with a date states it, and no slug."""
    post = read_text(tmp_path, "Title: T\n\nx\n", "2012-11-30_name.md", "pelican")

    assert (post.date, post.slug) == ("2012-11-30 00:00:00", None)
