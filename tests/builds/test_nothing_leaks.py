"""A site that a generator builds from our output shows what is published, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from tests.builds.tools import BUILD, program
from tests.posts_folders import write, writer

pytestmark = pytest.mark.builds

HIDDEN = ("draft", "pending", "private", "future", "trash", "of-a-plugin", None)


def _post(mark: str, status: str | None, post_type: str, *, body: str = "html") -> Post:
    """Make a post whose every text holds a word to look for."""
    return Post(
        id=sum(map(ord, f"{mark}{post_type}{body}")) * 7 + len(mark),
        title=f"Title {mark}",
        type=post_type,
        status=status,
        slug=f"{mark.lower()}-{post_type}-{body}",
        date="2016-07-16 00:22:22",
        link=f"https://example.org/2016/{mark.lower()}-{post_type}-{body}/",
        excerpt=f"Excerpt {mark}",
        author=Author(login="nell", display_name="Nell", email="nell-SECRET@example.org"),
        terms=[TermRef("category", "News"), TermRef("post_tag", "bell")],
        meta=[Meta("draft", "false"), Meta("Draft", "false"), Meta("published", "true")],
        content=f"Body {mark} {post_type} {body}\n".encode(),
        content_format="html" if body == "html" else "markdown",
        comments=[Comment(id=1, content="SECRET comment", approved="0", author_email="SECRET")],
    )


def _posts() -> list[Post]:
    posts = []
    for post_type in ("post", "page"):
        for body in ("html", "markdown"):
            for number, status in enumerate(HIDDEN):
                posts.append(_post(f"SECRET{number}", status, post_type, body=body))
            locked = _post("SECRETLOCKED", "publish", post_type, body=body)
            locked.password = "SECRETWORD"
            posts += [locked, _post("PUBLIC", "publish", post_type, body=body)]
    return posts


@pytest.mark.parametrize(
    ("tool", "variant"), [*((tool, "") for tool in BUILD), ("hugo", "toml"), ("hugo", "json")]
)
def test_only_what_is_published_is_shown(tool: str, variant: str, tmp_path: Path) -> None:
    """Every published post is in the built site; no word of any other, nor any address."""
    if program(tool) is None:
        reason = f"{tool} isn't here: see tests/builds/tools.py"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    site = tmp_path / "site"
    posts = _posts()
    write(posts, site, made_by=writer(dialect=tool, variant=variant))

    built = BUILD[tool](site)

    texts = {
        path.relative_to(built).as_posix(): path.read_bytes()
        for path in built.rglob("*")
        if path.is_file() and not _is_draft_of_pelican(tool, path.relative_to(built))
    }
    shown = b"\n".join(texts.values())
    assert [path for path, text in texts.items() if b"SECRET" in text] == []
    assert [path for path in texts if "secret" in path.lower()] == []
    for post in posts:
        if post.status == "publish" and not post.password:
            assert post.content is not None
            assert post.content.strip() in shown


def _is_draft_of_pelican(tool: str, path: Path) -> bool:
    """Tell a draft that Pelican builds in `drafts/`, to which nothing links."""
    return tool == "pelican" and path.parts[0] == "drafts"
