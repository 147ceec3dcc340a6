"""The fuzzers themselves run with every change: as many inputs as a minute takes in all."""

from __future__ import annotations

import importlib.util
import os

import pytest

from tests.fuzz.__main__ import fuzzed
from tests.fuzz.targets import TARGETS

RUNS = {"front-matter": 600, "wxr": 150, "mapping": 600, "rules": 1_500, "php": 6_000}
"""Target → inputs: by counts, so that a busy machine tries no fewer."""

SEED = 1


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_found(target: str, capfd: pytest.CaptureFixture[str]) -> None:
    """A short run from the samples ends no target; its words tell the seed that repeats it."""
    if importlib.util.find_spec("atheris") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("atheris is part of the extra `dev`, and not installed")
        pytest.skip("atheris isn't there for this Python or system")

    ended = fuzzed(target, f"-runs={RUNS[target]}", SEED)

    said = capfd.readouterr().out
    print(said)
    assert ended == 0, said
    assert f"runs with --seed {SEED}, 0 found" in said
