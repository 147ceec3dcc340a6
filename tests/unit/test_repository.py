"""What a branch touches is told by Git, which is given no way to do anything else."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from migrate import repository
from migrate.errors import UsageError
from migrate.repository import changes

POST = (
    "---\npost_title: {0}\nlayout: post\npublished: true\n---\n"
    + "{0} is what this is about.\n" * 9
)


def git(folder: Path, *command: str) -> None:
    """Run Git as a user would, with nothing of this machine's settings."""
    who = {f"GIT_{role}_{what}": "me" for role in ("AUTHOR", "COMMITTER") for what in ("NAME",)}
    mail = {f"GIT_{role}_EMAIL": "me@example.org" for role in ("AUTHOR", "COMMITTER")}
    env = {**os.environ, **who, **mail, "GIT_CONFIG_GLOBAL": "/dev/null"}
    subprocess.run(["git", *command], cwd=folder, env=env, check=True, capture_output=True)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Give the folder of posts of a repository, on a branch that left main."""
    folder = tmp_path / "posts"
    folder.mkdir()
    for name in ("a.md", "b.md", "c.md"):
        (folder / name).write_text(POST.format(name))
    (tmp_path / "other.md").write_text(POST.format("other"))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "Posts")
    git(tmp_path, "checkout", "-qb", "branch")
    return folder


def test_nothing_is_touched_before_anything_is_done(posts: Path) -> None:
    """A branch that is where it began touches nothing."""
    found = changes(posts, "main")

    assert (found.touched, found.deleted) == (frozenset(), ())


def test_what_others_did_since_doesnt_count(posts: Path) -> None:
    """The branch is compared with where it left, not with what main is now."""
    (posts / "a.md").write_text(POST.format("ours"))
    git(posts, "commit", "-qam", "Ours")
    git(posts, "checkout", "-q", "main")
    (posts / "b.md").write_text(POST.format("theirs"))
    git(posts, "commit", "-qam", "Theirs")
    git(posts, "checkout", "-q", "branch")

    assert changes(posts, "main").touched == {"a.md"}


def test_what_isnt_committed_counts(posts: Path) -> None:
    """Edited, staged and new files are touched; files that Git ignores aren't."""
    (posts / "a.md").write_text("edited")
    (posts / "b.md").write_text("staged")
    git(posts, "add", "b.md")
    (posts / "new.md").write_text("new")
    (posts / "kept.out").write_text("ignored")
    (posts.parent / ".gitignore").write_text("*.out\n")

    assert changes(posts, "main").touched == {"a.md", "b.md", "new.md"}


def test_a_moved_file_is_touched_under_its_new_name(posts: Path) -> None:
    """It isn't deleted, unless it left the folder; what came in is new."""
    (posts / "2016").mkdir()
    git(posts, "mv", "a.md", "2016/a.md")
    git(posts, "mv", "b.md", "../b.md")
    git(posts, "mv", "../other.md", "other.md")
    found = changes(posts, "main")

    assert set(found.touched) == {"2016/a.md", "other.md"}
    assert found.deleted == ("b.md",)
    assert found.left == {"a.md", "b.md"}


def test_a_deleted_file_can_still_be_read(posts: Path) -> None:
    """As it was in the commit that the branch left."""
    git(posts, "rm", "-q", "a.md")
    found = changes(posts, "main")

    assert found.deleted == ("a.md",)
    assert repository.held(posts, found.base, "a.md") == POST.format("a.md").encode()


def test_a_file_that_is_there_again_isnt_deleted(posts: Path) -> None:
    """What the index deletes and the folder has is touched."""
    git(posts, "rm", "-q", "--cached", "a.md")

    found = changes(posts, "main")
    assert set(found.touched) == {"a.md"}
    assert (found.deleted, found.left) == ((), frozenset())


@pytest.mark.parametrize("name", ["with space.md", 'quo"te.md', "é.md", "line\nbreak.md", "-o.md"])
def test_odd_names_are_whole(posts: Path, name: str) -> None:
    """Nothing is quoted, cut or taken for an option."""
    (posts / name).write_text("new")
    git(posts, "add", "--", name)

    assert changes(posts, "main").touched == {name}


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "-h", "", "main\n", "HEAD:posts"])
def test_what_is_no_commit_is_refused(posts: Path, ref: str) -> None:
    """Whatever it looks like, it stays a name."""
    with pytest.raises(UsageError, match="there is no commit"):
        changes(posts, ref)
    assert not (posts / "x").exists()


def test_without_a_repository_there_is_no_answer(tmp_path: Path) -> None:
    """The message is Git's own."""
    with pytest.raises(UsageError, match="not a git repository"):
        changes(tmp_path, "main")


def test_without_git_there_is_none_either(posts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what is missing."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UsageError, match="git isn't installed"):
        changes(posts, "main")


def test_a_history_that_was_cut_off_is_named(posts: Path) -> None:
    """Branches that have no commit in common can't be compared; fetching more mends it."""
    git(posts, "checkout", "-q", "--orphan", "alone")
    git(posts, "commit", "-qm", "Alone")

    with pytest.raises(UsageError) as caught:
        changes(posts, "main")

    assert caught.value.message == "no commit is known that 'main' and HEAD have in common"
    assert "fetch-depth: 0" in caught.value.fix


def test_nothing_of_the_repository_is_run(posts: Path, tmp_path: Path) -> None:
    """A pull request may bring attributes, and a clone settings; no program is started by them."""
    trap = tmp_path / "trap"
    mark = tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    trap.chmod(0o755)
    git(posts, "config", "diff.external", str(trap))
    git(posts, "config", "core.fsmonitor", str(trap))
    git(posts, "config", "diff.trap.textconv", str(trap))
    git(posts, "config", "diff.trap.command", str(trap))
    (tmp_path / ".gitattributes").write_text("*.md diff=trap\n")
    (posts / "a.md").write_text("edited")

    assert changes(posts, "main").touched == {"a.md"}
    assert not mark.exists()
