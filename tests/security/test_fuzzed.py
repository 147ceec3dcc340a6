"""What the fuzzers once found stays mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parents[1] / "fuzz" / "found"


@pytest.mark.parametrize("path", sorted(FOUND.glob("*/*")), ids=lambda path: path.name[:20])
def test_what_was_found(path: Path) -> None:
    """An input that once ended a target comes through it."""
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_anything(name: str) -> None:
    """Nothing, zeros and bytes that are no text come through each target."""
    for data in (b"", b"\0" * 9, bytes(range(256))):
        TARGETS[name](data)
