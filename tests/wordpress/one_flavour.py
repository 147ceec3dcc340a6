"""Tests that take long: on one flavour as a rule, on every one with the full counts.

Where `WPMIGRATE_FLAVOURS=one`, that goes for all tests but those marked `every_flavour`, and the
seed of the run draws each one's flavour: every test runs, and over some runs on every flavour.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pytest

from tests.conftest import LONG
from tests.wordpress.flavours import FLAVOURS

EVERY_FLAVOUR: Final = pytest.mark.every_flavour
"""Marks tests of what differs with the database, and those that end the program or the site."""

DRAWS: Final = os.environ.get("WPMIGRATE_FLAVOURS") == "one" and not LONG
"""Whether this run draws the flavour of each test."""


def one_flavour(name: str) -> pytest.MarkDecorator:
    """Give a test's `site` this flavour alone, unless the full counts are asked for."""
    return pytest.mark.parametrize("flavour", list(FLAVOURS) if LONG else [name], indirect=True)


def drawn(items: Iterable[pytest.Item], seed: str) -> set[pytest.Item]:
    """Give the tests that are left where each runs on one flavour, which the seed draws."""
    alike = defaultdict[str, list[pytest.Item]](list)
    for item in items:
        flavour = _flavour(item)
        is_drawn = flavour and not any(map(item.get_closest_marker, ("every_flavour", "kills")))
        alike[item.nodeid.replace(flavour, "") if is_drawn else item.nodeid].append(item)
    return {random.Random(f"{seed} {name}").choice(some) for name, some in alike.items()}


def _flavour(item: pytest.Item) -> str:
    """Give the flavour that a test's site has; empty where the test has none, or chooses itself."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return str(parameters.get("flavour", ""))
