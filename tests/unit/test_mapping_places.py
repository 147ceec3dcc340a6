"""Where a dialect wants a post's file: patterns, filled from the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import MappingError
from migrate.mapping.load import load
from migrate.mapping.places import places
from migrate.model.post import Post

POST = Post(
    id=7,
    type="post",
    status="publish",
    slug="tide",
    date="2016-07-16 00:22:22",
    link="https://a.org/sea/tide/",
)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("{date}-{slug}.md", "2016-07-16-tide.md"),
        ("content/{year}/{month}/{day}/{slug}/index.md", "content/2016/07/16/tide/index.md"),
        ("{permalink}.{ending}", "sea/tide.html"),
        ("{type}/{id}.md", "post/7.md"),
    ],
)
def test_a_pattern_is_filled(pattern: str, path: str) -> None:
    """Each placeholder stands for what the record states."""
    assert places([{"path": pattern}]).path(POST) == path


def test_the_first_that_fits_counts() -> None:
    """It must be for the type and status, and the record must state what it needs."""
    made = places(
        [
            {"path": "a/{slug}", "type": ["page"]},
            {"path": "b/{slug}", "status": ["draft", "private"]},
            {"path": "c/{date}"},
            {"path": "d/{slug}"},
        ]
    )

    assert made.path(POST) == "c/2016-07-16"
    assert made.path(Post(type="page", slug="x")) == "a/x"
    assert made.path(Post(type="post", slug="x")) == "b/x"
    assert made.path(Post(type="post", slug="x", status="publish", password="p")) == "b/x"
    assert made.path(Post(type="post", slug="x", status="publish")) == "d/x"


@pytest.mark.parametrize(
    ("post", "slug"),
    [
        (Post(slug="a/b"), "a-b"),
        (Post(slug="", title="Two Words"), "two-words"),
        (Post(title="?", id=9), "9"),
        (Post(type="page"), "page"),
        (Post(), "post"),
    ],
)
def test_every_record_has_a_slug_for_its_file(post: Post, slug: str) -> None:
    """Of the title, of the ID, or at last of the type; never with a slash."""
    assert places([{"path": "{slug}"}]).path(post) == slug


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://a.org/about/team/", "about/team.md"),
        ("/about", "about.md"),
        ("https://a.org/?page_id=2", "other.md"),
        ("https://a.org/", "other.md"),
        ("https://[", "other.md"),
        (None, "other.md"),
    ],
)
def test_a_permalink_is_a_path(link: str | None, path: str) -> None:
    """The pages above a page are in it; one by ID, or none, is no path."""
    made = places([{"path": "{permalink}.md"}, {"path": "other.md"}])

    assert made.path(Post(link=link)) == path


def test_without_any_pattern_the_slug_is_the_name() -> None:
    """A mapping that says nothing has everything in one folder, ending as the body is."""
    assert places([]).path(Post(slug="tide", content_format="markdown")) == "tide.md"


def test_an_unknown_placeholder_is_refused_with_its_place(tmp_path: Path) -> None:
    """The mapping file names line and column."""
    file = tmp_path / "own.yaml"
    file.write_text('name: own\ntitle: Own\nextends: wpghs\nwrite_to:\n  - path: "{slag}.md"\n')

    with pytest.raises(MappingError, match=r"own\.yaml:5:11: `\{slag\}` is no placeholder"):
        load(str(file))
