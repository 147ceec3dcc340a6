"""A post whose file was renamed is known by its bytes where its front matter states no ID."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from migrate.model.post import Comment, Meta, Post
from tests.posts_folders import read, write, writer

POST = Post(
    id=7,
    type="post",
    status="publish",
    title="Tide",
    content=b"Body\n",
    slug="tide",
    date="2016-07-16 00:22:22",
    link="https://a.org/tide/",
    meta=[Meta("_thumbnail_id", "12")],
    comments=[Comment(id=1, author="Jon", approved="0", content="?")],
)
OTHER = replace(POST, id=8, slug="ebb", title="Ebb", link="https://a.org/ebb/", comments=[])


def written(root: Path, dialect: str) -> Path:
    """Write the two posts; give the file of the first."""
    write([POST, OTHER], root, made_by=writer(dialect=dialect))
    (file,) = (path for path in root.rglob("*tide.*") if ".wordpress" not in path.parts)
    return file


def found(root: Path, dialect: str) -> tuple[dict[int | None, int], list[str]]:
    """Read a folder; give how many comments each ID has, and the codes of what was found."""
    posts, findings = read(root, dialect)
    return {post.id: len(post.comments or ()) for post in posts}, [f.code for f in findings]


@pytest.mark.parametrize("dialect", ["jekyll", "hugo", "pelican", "eleventy"])
def test_a_renamed_post_finds_its_sidecar(dialect: str, tmp_path: Path) -> None:
    """ID and comments of a post come back from the sidecar under its old name."""
    file = written(tmp_path, dialect)
    file.rename(file.with_name("2016-07-16-high-water.html"))

    assert found(tmp_path, dialect) == ({7: 1, 8: 0}, [])


def test_a_renamed_and_edited_post_is_named(tmp_path: Path) -> None:
    """Its sidecar can't be told to be its own, and the warning says what to do."""
    file = written(tmp_path, "jekyll")
    file.write_bytes(file.read_bytes() + b"More\n")
    file.rename(file.with_name("2016-07-16-high-water.html"))
    _, (finding,) = read(tmp_path, "jekyll")

    assert found(tmp_path, "jekyll") == ({None: 0, 8: 0}, ["source-sidecar-alone"])
    assert finding.message == (
        "the post that it belongs to isn't here, or was renamed and edited: "
        "what it holds is left out"
    )
    assert finding.fix == (
        "Give it the post's new name with .yaml behind it, put the post back, or remove it"
    )


def test_posts_of_the_same_bytes_are_not_guessed(tmp_path: Path) -> None:
    """Where two posts that are gone were alike, a file isn't taken for either."""
    write(
        [replace(POST, link=None), replace(POST, id=9, link=None)],
        tmp_path,
        made_by=writer(dialect="jekyll"),
    )
    posts = tmp_path / "_posts"
    first, second = posts.iterdir()
    second.unlink()
    first.rename(posts / "2016-07-16-high-water.html")

    assert found(tmp_path, "jekyll") == ({None: 0}, ["source-sidecar-alone"] * 2)


def test_nothing_is_hashed_where_no_post_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new post without a sidecar costs no look at the manifest's hashes."""
    file = written(tmp_path, "jekyll")
    (file.parent / "2016-07-17-new.md").write_bytes(b"---\ntitle: New\n---\n")
    monkeypatch.setattr("migrate.readers.renamed.file_digest", None)

    assert found(tmp_path, "jekyll") == ({7: 1, 8: 0, None: 0}, [])


def test_a_copy_beside_its_original_is_a_post_of_its_own(tmp_path: Path) -> None:
    """Bytes alone say nothing as long as the file that was written stands in its place."""
    file = written(tmp_path, "jekyll")
    file.with_name("2016-07-18-copy.html").write_bytes(file.read_bytes())

    assert found(tmp_path, "jekyll") == ({7: 1, 8: 0, None: 0}, [])
