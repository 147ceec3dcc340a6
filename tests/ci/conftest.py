"""A repository with a pull request, as CI checks it out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ci.action import plain_environment
from tests.sources import SAMPLES


def git(folder: Path, *command: str) -> str:
    """Run Git in a folder and give what it prints."""
    who = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
    done = subprocess.run(
        ["git", *who, *command], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Give a repository with posts, on a branch of its own."""
    folder = tmp_path / "repository"
    shutil.copytree(SAMPLES / "wpghs", folder / "posts")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Posts")
    git(folder, "checkout", "-qb", "change")
    return folder


@pytest.fixture
def environment() -> dict[str, str]:
    """Give a runner's environment, with this checkout's tools on the path."""
    return plain_environment(f"{Path(sys.executable).parent}:{os.environ['PATH']}")


def break_a_post(repository: Path) -> None:
    """Commit a post that can't be read."""
    about = repository / "posts" / "_pages" / "about.md"
    about.write_text(about.read_text().replace("\n---\n", "\n", 1))
    git(repository, "commit", "-qam", "Break a post")


def mend_the_post(repository: Path) -> None:
    """Commit the post as it was."""
    git(repository, "checkout", "main", "--", "posts/_pages/about.md")
    git(repository, "commit", "-qam", "Mend it")
