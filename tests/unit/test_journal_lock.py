"""The lock: a sorted text that says which post of the site each record is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from migrate.errors import UsageError
from migrate.plan.journal import lock
from migrate.plan.journal.entry import Entry

SITE = "https://example.org"


def test_one_line_an_entry(tmp_path: Path) -> None:
    """Each line is type, ID and path; nothing of a post's text is in it."""
    path = tmp_path / "wpmigrate.lock"
    entries = [
        Entry("a b.md", "post", 12, "secret", "2016-07-16 00:22:22", b"t", 3, b"x", b"a", b"h"),
        Entry("über.md", "page", 3),
    ]
    lock.write(path, f"{SITE}/", entries)
    assert path.read_text("utf-8") == (
        "# wpmigrate lock 1: https://example.org\npost 12 a b.md\npage 3 über.md\n"
    )
    assert lock.read(path, SITE) == [Entry("a b.md", "post", 12), Entry("über.md", "page", 3)]


@pytest.mark.parametrize("key", ["100%.md", "two\nlines.md", "\u2028.md", os.fsdecode(b"\xff.md")])
def test_odd_names(tmp_path: Path, key: str) -> None:
    """Whatever a file is called stays on its line and comes back."""
    path = tmp_path / "wpmigrate.lock"
    lock.write(path, SITE, [Entry(key, "post", 1)])
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert lock.read(path, SITE) == [Entry(key, "post", 1)]


def test_no_lock_yet(tmp_path: Path) -> None:
    """A lock that isn't there knows nothing."""
    assert lock.read(tmp_path / "wpmigrate.lock", SITE) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "no lock"),
        ("post 1 a.md\n", 1, "no lock"),
        ("# wpmigrate lock 1: https://staging.example\n", 1, "is the lock of https://staging"),
        ("# wpmigrate lock 1: https://example.org\n<<<<<<< HEAD\n", 2, "type, ID and path"),
        ("# wpmigrate lock 1: https://example.org\npost 1 a\npost 0 b\n", 3, "type, ID and path"),
    ],
)
def test_refused(tmp_path: Path, text: str, line: int, message: str) -> None:
    """What is no lock, or another site's, or holds a merge conflict, is refused with its line."""
    path = tmp_path / "wpmigrate.lock"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        lock.read(path, SITE)
    assert caught.value.line == line
