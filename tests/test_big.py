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
PER_POST = 400
"""Bytes that may stay of each post: its place or path, its ID, and the hash of its address."""

NOISE = 6e6
"""Bytes by which the peaks of two equal runs differ: the allocator's blocks, and one chunk."""

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]


def peaks(folder: Path, posts: int, *steps: str) -> list[Measured]:
    """Run steps of the bench in a new folder, and give what each took."""
    folder.mkdir()
    measured = []
    for step, took in big_wxr.run(folder, posts, steps):
        print(f"{step.title}, {posts} posts: {took.peak / 1e6:.1f} MB, {took.seconds:.0f} s")
        measured.append(took)
    return measured


def assert_flat(small: Measured, large: Measured, added: int) -> None:
    """So many more posts take only what is kept of each."""
    assert large.peak < MOST
    assert large.peak - small.peak < added * PER_POST + NOISE


def test_a_big_file(tmp_path: Path) -> None:
    """Four times the items of a WXR file take hardly more memory, and less than 300 MB."""
    (small,) = peaks(tmp_path / "small", POSTS // 4, "file")
    (large,) = peaks(tmp_path / "large", POSTS, "file")

    assert_flat(small, large, POSTS - POSTS // 4)


def test_a_big_folder(tmp_path: Path) -> None:
    """The same holds for a WXR file that becomes a folder of posts, and for the way back."""
    small = peaks(tmp_path / "small", IN_FILES // 4, "folder", "back")
    large = peaks(tmp_path / "large", IN_FILES, "folder", "back")

    for before, after in zip(small, large, strict=True):
        assert_flat(before, after, IN_FILES - IN_FILES // 4)
