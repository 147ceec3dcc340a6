"""A new user's first hour, by the README alone: from init to a failing and a passing check.

What is typed stands in the README, in docs/ci.md, or in what the program said just before.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.ci.conftest import git
from tests.ci.test_examples import block, shell
from tests.sources import SAMPLES

README: Final = (SAMPLES.parent / "README.md").read_text(encoding="utf-8")
ERROR: Final = re.compile(r"^_posts/(\S+)\n +\d+:?\d* +error +(\S+)", re.MULTILINE)
NEXT: Final = re.compile(r"^Next: (.*)$", re.MULTILINE)


class User:
    """Types commands in the folder of a blog, and reads what is said."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self._environment = environment

    def types(self, line: str) -> subprocess.CompletedProcess[str]:
        """Type a line; nobody is asked anything."""
        return shell(line, self.folder, self._environment)


@pytest.fixture
def user(tmp_path: Path, environment: dict[str, str]) -> User:
    """Give a user with a Jekyll blog in Git, who has never heard of wpmigrate."""
    blog = tmp_path / "blog"
    shutil.copytree(SAMPLES / "jekyll", blog)
    git(blog, "init", "-q", "-b", "main")
    git(blog, "add", ".")
    git(blog, "commit", "-qm", "A blog")
    return User(blog, environment)


def test_from_init_to_a_failing_and_a_passing_check(user: User) -> None:
    """Each step is named by the one before it, and each message says where and what to do."""
    assert "wpmigrate init" in README
    first = user.types("wpmigrate init")
    (following,) = NEXT.findall(first.stdout)
    checked = user.types(following)
    assert (first.returncode, checked.returncode) == (0, 0), checked.stdout + checked.stderr
    assert "front matter of Jekyll" in first.stdout
    git(user.folder, "add", ".")
    git(user.folder, "commit", "-qm", "Settings")

    git(user.folder, "checkout", "-qb", "a-new-post")
    post = user.folder / "_posts" / "2024-05-31-new.md"
    post.write_text("---\ntitle: New\nlayout: post\nHello\n")
    git(user.folder, "add", ".")
    git(user.folder, "commit", "-qm", "A new post")
    assert "--changed-since" in README
    failed = user.types("wpmigrate check --changed-since main")
    place, code = ERROR.findall(failed.stdout)[0]
    explained = user.types(f"wpmigrate explain {code}")
    assert (failed.returncode, place) == (1, "2024-05-31-new.md"), failed.stdout
    assert "`---`" in explained.stdout

    post.write_text("---\ntitle: New\nlayout: post\n---\nHello\n")
    git(user.folder, "commit", "-qam", "Close the front matter")
    passed = user.types("wpmigrate check --changed-since main")
    assert passed.returncode == 0, passed.stdout

    exported = user.types("wpmigrate export")
    assert exported.returncode == 0
    assert (user.folder / "site.xml").is_file()


def test_what_the_guide_to_ci_says_works_with_the_settings(user: User) -> None:
    """The plain shell's lines need no SOURCE once `init` has been there."""
    user.types("wpmigrate init")
    lines = block("## Any other", "sh").replace("check posts", "check")

    assert user.types(lines).returncode == 0
    assert (user.folder / "comment.md").is_file()


def test_help_leads_on(user: User) -> None:
    """Whoever types nothing but the name sees the commands, the first of them the first to type."""
    said = user.types("wpmigrate --help").stdout
    commands = said.partition("Commands:\n")[2].split("\n")

    assert commands[0].split()[0] == "init"
    assert user.types("wpmigrate").returncode == 2
    assert "Usage: wpmigrate" in user.types("wpmigrate").stderr
