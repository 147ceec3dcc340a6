"""Fixtures: the readers, each in turn, and a folder for what they write."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.peers import packages
from tests.peers.readers import READERS, Output

Read = Callable[[Sequence[Path]], list[Output]]


@pytest.fixture
def installed() -> None:
    """Skip where other people's programs aren't installed, fail under CI=true."""
    if missing := packages.missing():
        reason = f"{', '.join(missing)} aren't here: `python -m tests.peers.install` installs"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(params=list(READERS))
def peer(request: pytest.FixtureRequest, installed: None) -> str:
    """The name of each reader in turn."""
    del installed
    return str(request.param)


@pytest.fixture
def read(peer: str, tmp_path: Path) -> Read:
    """What runs the reader on files, and gives what it made of each."""
    return lambda paths: READERS[peer](paths, tmp_path / "read")
