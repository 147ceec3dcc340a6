"""What is held of each record, held small: it gives back what Python's own types would."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.first_places import FirstPlaces
from migrate.model.handles import Handles
from migrate.model.paths import Paths
from migrate.model.settings import Handle
from migrate.writers.wxr.holes import Hole, Holes
from migrate.writers.wxr.numbering import Identities

MANY = 10_000
NUMBERS = st.integers(0, 2**64 - 1)
PATHS = st.text(max_size=5) | st.sampled_from(("a.md", "b/ü.md", "\udcff.md"))


@given(st.lists(st.builds(Handle, PATHS, NUMBERS, NUMBERS), max_size=20), st.data())
def test_handles_come_back(handles: list[Handle], data: st.DataObject) -> None:
    """One by one, all of them, and any slice of them."""
    held = Handles(handles)
    cut = data.draw(st.slices(len(handles)))

    assert list(held) == handles
    assert len(held) == len(handles)
    assert held[cut] == handles[cut]
    assert [held[at] for at in range(-len(handles), 0)] == handles


def test_a_path_that_repeats_is_one() -> None:
    """The records of one file share its path; a path that comes again later has a new place."""
    paths = Paths()

    assert [paths.append(path) for path in ("a", "a", "b", "b", "a")] == [0, 0, 1, 1, 2]
    assert [paths[place] for place in range(3)] == ["a", "b", "a"]


class Hashed(str):
    """The digits of a number that is the text's hash as well."""

    __slots__ = ()

    def __hash__(self) -> int:
        return int(self)


@given(st.lists(st.integers(0, 40).map(lambda n: n << 10) | st.integers(0, 1 << 60), max_size=60))
def test_the_first_place_of_a_text_is_kept(hashes: list[int]) -> None:
    """As a dict's `setdefault` does, texts whose hashes have the same last bits included."""
    held, known = FirstPlaces(), dict[int, int]()

    assert [held.first(Hashed(each), place) for place, each in enumerate(hashes)] == [
        known.setdefault(each, place) for place, each in enumerate(hashes)
    ]
    assert len(held) == len(known)


def test_texts_are_taken_all_or_none() -> None:
    """Where one came before, or twice, the others are as new as they were; also in a full table."""
    places = FirstPlaces()
    for start in range(0, 3000, 50):
        texts = [str(number) for number in range(start, start + 50)]
        assert not places.take_all([*texts, texts[7]], 0)
        assert not places.take_all([*texts, "0"], 0)
        assert places.take_all(texts, start)
    assert len(places) == 3000
    assert [places.first(str(number), 9999) for number in range(3000)] == list(range(3000))


def test_first_places_outlive_growing() -> None:
    """A table that has grown several times still knows its first keys, and no others."""
    held = FirstPlaces()
    for number in range(MANY):
        held.first(str(number), number)

    assert [held.first(str(number), MANY) for number in range(MANY + 1)] == [
        *range(MANY),
        MANY,
    ]


@given(st.lists(st.none() | st.integers(0, 600) | NUMBERS, max_size=40))
def test_an_id_is_claimed_once(numbers: list[int | None]) -> None:
    """Neither no ID nor 0 is one, and the highest is known."""
    identities, taken = Identities(), set[int]()
    for number in numbers:
        assert identities.claim_id(number) is (bool(number) and number not in taken)
        taken |= {number} if number else set()

    assert identities.highest == max(taken, default=0)


def test_the_earlier_record_at_an_address_is_named() -> None:
    """The first one, as often as the address comes; another type's addresses are others."""
    identities = Identities()
    asked = [("post", "a", "1"), ("post", "a", "2"), ("page", "a", "3"), ("post", "a", "4")]

    assert [identities.earlier_at(*one) for one in asked] == ["", "1", "", "1"]
    assert identities.earlier_at("post", "", "5") == ""


@given(st.lists(st.builds(Hole, NUMBERS, st.sampled_from(("id", "guid")),
                          st.integers(), PATHS)))  # fmt: skip
def test_holes_come_back(holes: list[Hole]) -> None:
    """In the order in which they were made."""
    held = Holes()
    for hole in holes:
        held.append(hole)

    assert list(held) == holes


def fill_handles(held: Handles, number: int) -> None:
    """Take one more record of a file."""
    held.append(Handle("big.xml", number * 10_000, number * 10_000 + 9_000))


def fill_identities(held: Identities, number: int) -> None:
    """Take one more record of a site."""
    held.claim_id(3 * number)
    held.earlier_at("post", f"a-post-{number}", "big.xml")


def fill_holes(held: Holes, number: int) -> None:
    """Take one more hole of a record without ID."""
    held.append(Hole(number * 10_000, "id", -number, "https://example.org"))


@pytest.mark.parametrize(
    ("make", "fill", "most"),
    [(Handles, fill_handles, 24), (Identities, fill_identities, 40), (Holes, fill_holes, 24)],
)
def test_a_record_takes_few_bytes(
    make: Callable[[], Any], fill: Callable[[Any, int], None], most: int
) -> None:
    """Less than half of what a single tuple takes."""
    tracemalloc.start()
    try:
        held = make()
        for number in range(MANY):
            fill(held, number)
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert taken < MANY * most
