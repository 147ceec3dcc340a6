"""Where tests end the program from outside: how often each command, by what, at which moments."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from typing import Final, NamedTuple

import pytest

from tests.conftest import LONG


class Often(NamedTuple):
    """How often a test does it, how often with the full counts, and on how many sites either."""

    usual: int
    full: int
    usual_sites: int = 1
    full_sites: int = 1

    @property
    def times(self) -> int:
        """How often it does it on each site in this run."""
        return self.full if LONG else self.usual


EXPORT: Final = Often(3, 20)
EXPORT_OF_A_SITE: Final = Often(2, 20, 2, 2)
IMPORT: Final = Often(3, 50, 2, 2)
IMPORT_BEHIND_THE_POSTS: Final = Often(3, 25, 2, 4)
IMPORT_THROUGH_THE_COMPANION: Final = Often(2, 50, 3, 3)
UNDO: Final = Often(3, 30, 1, 2)
EVERY: Final = (
    EXPORT,
    EXPORT_OF_A_SITE,
    IMPORT,
    IMPORT_BEHIND_THE_POSTS,
    IMPORT_THROUGH_THE_COMPANION,
    UNDO,
)

BY: Final = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
"""What ends a program: the system without a word, twice as often as who asks it to end."""


KILLS: Final = pytest.mark.kills
"""Marks the tests that do it; each tells how often it did, as the property `kills`."""

Tell = Callable[[str, object], None]
"""Pytest's `record_property`."""


def moments() -> random.Random:
    """Give what chooses the moments; its seed is printed, and taken from WPMIGRATE_KILL_SEED."""
    seed = int(os.environ.get("WPMIGRATE_KILL_SEED", random.randrange(2**32)))
    print(f"repeat with WPMIGRATE_KILL_SEED={seed}")
    return random.Random(seed)
