"""What the fuzzers once found stays mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parents[1] / "fuzz" / "found"


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_anything(name: str) -> None:
    """Nothing, zeros, bytes that are no text, and what once ended a target come through it."""
    once = [path.read_bytes() for path in sorted((FOUND / name).glob("*"))]
    for data in (b"", b"\0" * 9, bytes(range(256)), *once):
        TARGETS[name](data)
