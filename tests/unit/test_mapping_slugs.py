"""The slug from permalink and file name, and what a path states."""

from __future__ import annotations

import pytest

from migrate.mapping.file_names import FileNames
from migrate.mapping.load import load
from migrate.mapping.slugs import settle
from migrate.mapping.status import most_private
from migrate.model.finding import Finding

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("link", "in_file_name", "post_id", "status", "expected"),
    [
        (f"{SITE}/2016/07/hello/", "hello", 7, "publish", "hello"),
        (f"{SITE}/hello", None, 7, "publish", "hello"),
        (f"{SITE}/hello-2", "hello", 7, "publish", "hello-2"),
        (f"{SITE}/release-2.1", "release-2.1", 7, "publish", "release-2.1"),
        (f"{SITE}/%e6%9d%b1%e4%ba%ac/", "e69db1e4baac", 7, "publish", "%e6%9d%b1%e4%ba%ac"),
        (f"{SITE}/hello.html", "hello", 7, "publish", "hello"),
        (f"{SITE}/hello.html", None, 7, "publish", "hello"),
        (f"{SITE}/hello.html", "hello.html", 7, "publish", "hello.html"),
        (f"{SITE}/archives/123", "hello", 123, "publish", "hello"),
        (f"{SITE}/archives/123.html", "hello", 123, "publish", "hello"),
        (f"{SITE}/archives/123", None, 123, "publish", None),
        (f"{SITE}/2016/123", "hello", 7, "publish", "123"),
        (f"{SITE}/?p=98", "hello", 98, "publish", "hello"),
        (f"{SITE}/?p=98", "hello", 98, "draft", None),
        (f"{SITE}/blog/?page_id=441", None, 441, "publish", None),
        (f"{SITE}/hello/?preview=true", "x", 7, "publish", "hello"),
        (f"{SITE}/hello/#top", "x", 7, "publish", "hello"),
        (f"{SITE}/", "home", 7, "publish", "home"),
        (SITE, "home", 7, "publish", "home"),
        ("/about/team/", None, None, None, "team"),
        ("", "hello", 7, "publish", "hello"),
        (None, "hello", None, None, "hello"),
        (None, None, None, None, None),
        ("https://[broken/hello", None, None, None, "hello"),
    ],
)
def test_the_slug(
    link: str | None,
    in_file_name: str | None,
    post_id: int | None,
    status: str | None,
    expected: str | None,
) -> None:
    """The permalink's last part is the slug, but where only the file's name can settle it."""
    assert expected == settle(link, in_file_name, post_id, status)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("_posts/2016-07-16-hello.md", ("hello", "2016-07-16 00:00:00", None)),
        ("site/_posts/2016-07-16-hello.md", ("hello", "2016-07-16 00:00:00", None)),
        ("_posts/2016-13-45-hello.md", ("hello", None, None)),
        ("_posts/hello.md", ("hello", None, None)),
        ("_pages/release-2.1.md", ("release-2.1", None, None)),
        ("_handbook/install.md", ("install", None, None)),
        ("_drafts/2016-07-16-hello.md", (None, None, "draft")),
        ("_drafts/deeper/hello.md", (None, None, "draft")),
        ("hello.md", (None, None, None)),
        ("000_6bec7f.txt", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_what_a_path_states(path: str, expected: tuple[str | None, ...]) -> None:
    """Folder and name state status, slug and day; the name of a draft states nothing."""
    names = FileNames(
        ["_drafts/*", "_posts/{date}-{slug}.md", "_pages/{slug}.md", "_*/{slug}.md"],
        {"_drafts": "draft"},
    )

    facts = names.facts(path)
    assert expected == (facts.slug, facts.date, facts.status)


def test_a_draft_has_no_slug() -> None:
    """A draft with a `?p=` link states no slug, neither by its link nor by its file's name."""

    def ignore(_finding: Finding) -> None:
        pass

    values = {"ID": "98", "post_title": "Hello", "permalink": f"{SITE}/?p=98"}

    assert load("wpghs").decode(values, "_drafts/2016-07-16-hello.md", ignore).slug is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("publish", "draft", "draft"),
        ("private", "draft", "private"),
        ("draft", "draft", "draft"),
        ("publish", "of-a-plugin", "of-a-plugin"),
        ("draft", "of-a-plugin", "of-a-plugin"),
        ("future", "publish", "future"),
    ],
)
def test_the_more_private_status(one: str, other: str, expected: str) -> None:
    """A status shown to fewer people wins, in either order; an unknown one may hide anything."""
    assert expected == most_private(one, other)
    assert expected == most_private(other, one)
