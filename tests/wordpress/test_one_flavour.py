"""Which of its flavours each test runs on where a run draws them."""

from __future__ import annotations

from typing import Any, cast

import pytest
from msgspec import Struct

from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.one_flavour import drawn


class Parameters(Struct, frozen=True):
    """What a test's fixtures are given."""

    params: dict[str, str]


class Collected(Struct, frozen=True, eq=False):
    """As much of a collected test as tells its flavour."""

    nodeid: str
    callspec: Parameters
    marks: frozenset[str] = frozenset()

    def get_closest_marker(self, name: str) -> str | None:
        """Give a mark."""
        return name if name in self.marks else None


def collected(name: str, *marks: str) -> list[pytest.Item]:
    """Give a test once for each flavour."""
    found: list[Any] = [
        Collected(f"{name}[{flavour}]", Parameters({"flavour": flavour}), frozenset(marks))
        for flavour in FLAVOURS
    ]
    return cast("list[pytest.Item]", found)


def test_each_test_is_left_once() -> None:
    """On either flavour by the seed, and the same again with the same."""
    tests = [collected(f"test_{number}") for number in range(20)]
    items = [item for test in tests for item in test]

    left = drawn(items, "7")

    assert [len(left.intersection(test)) for test in tests] == [1] * 20
    assert {flavour for flavour in FLAVOURS for one in left if flavour in one.nodeid} == {*FLAVOURS}
    assert drawn(items, "7") == left != drawn(items, "8")


@pytest.mark.parametrize("mark", ["every_flavour", "kills"])
def test_a_marked_one_keeps_every_flavour(mark: str) -> None:
    """Where the flavour may matter nothing is drawn."""
    items = collected("test", mark)

    assert drawn(items, "7") == {*items}


def test_what_has_no_flavour_is_left() -> None:
    """Such a test chooses its sites by itself."""
    item = cast("pytest.Item", Collected("test", Parameters({})))

    assert drawn([item], "7") == {item}
