"""What all tests share: a seed, the corpus, goldens, and a network that ends at this machine."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import in_memory

LONG = os.environ.get("WPMIGRATE_LONG") == "1"
_SEED = "WPMIGRATE_TEST_SEED"

settings.register_profile("tenth", max_examples=100, deadline=None)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.register_profile("check", max_examples=10, deadline=None)
settings.load_profile("long" if LONG else os.environ.get("WPMIGRATE_EXAMPLES", "tenth"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --accept, which writes goldens instead of comparing with them."""
    parser.addoption("--accept", action="store_true", help="write the goldens again")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of this run where none was given, and where temporary folders lie.

    pytest-xdist hands on what was typed and no more: its processes find the seed in the
    environment.
    """
    if folder := in_memory.take():
        config.add_cleanup(lambda: in_memory.give_back(folder))
    if config.getoption("hypothesis_seed", None) is None:
        seed = os.environ.setdefault(_SEED, str(random.randrange(2**32)))
        config.option.hypothesis_seed = seed


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest a file, so that no process is left with one at the end."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("wordpress", "peers"))))


def pytest_report_header(config: pytest.Config) -> str:
    """Print what it takes to repeat this run."""
    named = ("WPMIGRATE_LONG", "WPMIGRATE_FLAVOURS")
    said = [f"{name}={os.environ[name]}" for name in named if name in os.environ]
    seed = config.getoption("hypothesis_seed")
    return f"repeat with: {' '.join([*said, 'pytest'])} --hypothesis-seed={seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how often tests ended the program from outside."""
    passed: list[pytest.TestReport] = terminalreporter.stats.get("passed", [])
    said = [value for report in passed for name, value in report.user_properties if name == "kills"]
    if said:
        terminalreporter.write_line(f"ended {sum(map(int, map(str, said)))} times from outside")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test talks to any address but this machine's."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wanted to talk to {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the folder of real files; skips by name where WPMIGRATE_CORPUS isn't set."""
    folder = os.environ.get("WPMIGRATE_CORPUS", "")
    if not folder:
        pytest.skip("WPMIGRATE_CORPUS isn't set: the folder of real files isn't here")
    return Path(folder)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Any:
    """Compare bytes with a golden file, or write it with --accept."""

    def compare(path: Path, actual: bytes) -> None:
        if request.config.getoption("--accept"):
            path.write_bytes(actual)
        assert path.read_bytes() == actual

    return compare
