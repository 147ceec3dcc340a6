"""Memory doesn't grow with the size of a source: no body is held longer than its chunk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import big_wxr
from bench.measured import Measured
from tests.conftest import LONG

POSTS = 90_000 if LONG else 6_000
"""About 1 GB of WXR, or a fifteenth of it."""

IN_FILES = POSTS // 5
"""Files of posts are made and removed one by one, which takes the time of several posts of WXR."""

MOST = 300e6
PER_POST = {"file": 120, "folder": 120, "back": 350}
"""Bytes that may stay of each post, by the step: its place and the hash of its address or file.

On the way back its path twice, which has about 90 bytes here: to find it, and to name it where a
later one has its address.
"""

NOISE = 6e6
"""Bytes by which the peaks of two equal runs differ: the allocator's blocks, and one chunk."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]


def peaks(folder: Path, posts: int, steps: list[str]) -> list[Measured]:
    """Run steps of the bench in a new folder, and give what each took."""
    folder.mkdir()
    measured = []
    for step, took in big_wxr.run(folder, posts, steps):
        print(f"{step.title}, {posts} posts: {took.peak / 1e6:.1f} MB, {took.seconds:.0f} s")
        measured.append(took)
    return measured


def assert_flat(folder: Path, posts: int, steps: list[str]) -> None:
    """Four times the posts take only what is kept of each."""
    small = peaks(folder / "small", posts // 4, steps)
    large = peaks(folder / "large", posts, steps)
    for step, before, after in zip(steps, small, large, strict=True):
        assert after.peak < MOST
        assert after.peak - before.peak < (posts - posts // 4) * PER_POST[step] + NOISE


def test_a_big_file(tmp_path: Path) -> None:
    """Four times the items of a WXR file take hardly more memory, and less than 300 MB."""
    assert_flat(tmp_path, POSTS, ["file"])


def test_a_big_folder(tmp_path: Path) -> None:
    """The same holds for a WXR file that becomes a folder of posts, and for the way back."""
    assert_flat(tmp_path, IN_FILES, ["folder", "back"])
