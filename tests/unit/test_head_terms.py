"""Where the source's own list of terms places the terms that its posts carry."""

from __future__ import annotations

import pytest

from migrate.model.post import TermRef
from migrate.model.site import Term
from migrate.writers.rest.head_terms import HeadTerms

HEAD = HeadTerms(
    [
        Term("category", "harbour", "Harbour"),
        Term("category", "museum", "Museum"),
        Term("category", "ferries", "Ferries", "harbour"),
        Term("category", "ferries-museum", "Ferries", "museum"),
        Term("category", "a-timetable", "A timetable", "ferries"),
    ]
)


@pytest.mark.parametrize(
    ("ref", "slug", "ancestors"),
    [
        (TermRef("category", "Ferries", "ferries-museum"), "ferries-museum", ("Museum",)),
        (TermRef("category", "A timetable"), "a-timetable", ("Harbour", "Ferries")),
        (TermRef("category", "Renamed", "ferries"), "ferries", ("Harbour",)),
    ],
)
def test_placed(ref: TermRef, slug: str, ancestors: tuple[str, ...]) -> None:
    """A slug tells a term, else a name that only one has; its place is what the head says."""
    placed = HEAD.placed(ref)
    assert placed is not None
    assert (placed.slug, placed.ancestors) == (slug, ancestors)


@pytest.mark.parametrize(
    "ref",
    [
        TermRef("category", "Ferries"),
        TermRef("category", "Harbour", "other"),
        TermRef("category", "A timetable", ancestors=("Museum",)),
        TermRef("post_tag", "Harbour"),
    ],
)
def test_not_placed(ref: TermRef) -> None:
    """A name that two terms have means neither; another slug, place or taxonomy is another term."""
    assert HEAD.placed(ref) is None
