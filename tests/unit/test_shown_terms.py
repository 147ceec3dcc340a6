"""What files show of lists of terms is put together out of what became of their terms."""

from __future__ import annotations

from itertools import pairwise

import pytest

from migrate.model.post import TermRef
from migrate.writers.posts import shown_terms
from migrate.writers.posts.shown_terms import ShownTerms

A, B = TermRef("category", "A", "a"), TermRef("category", "B", "b")
TAG = TermRef("post_tag", "t", "t")


def bare(*terms: TermRef) -> list[TermRef]:
    """Give terms as front matter shows them, tags first."""
    return sorted(
        (term._replace(slug=None) for term in terms), key=lambda t: t.taxonomy != "post_tag"
    )


def taught(*lists: tuple[TermRef, ...]) -> ShownTerms:
    """Let files have shown some lists."""
    known = ShownTerms()
    for terms in lists:
        known.learn(terms, bare(*terms))
    return known


def test_a_list_is_put_together_out_of_its_terms() -> None:
    """In the order of their taxonomies that a list of the same ones had."""
    found = taught((A, TAG), (B,)).of((B, TAG))

    assert found == (("category", "post_tag"), bare(B, TAG), True)


def test_what_is_not_known_is_not_guessed() -> None:
    """An unknown term; several of a taxonomy where there was one; a term twice; no example."""
    known = taught((A, TAG), (B, TAG))

    assert known.of((TermRef("category", "C", "c"), TAG)) is None
    assert known.of((A, B, TAG)) is None
    assert taught((A, B)).of((A, A)) is None
    assert ShownTerms().of(None) is None


def test_a_term_that_became_several_things_is_not_put_together() -> None:
    """It hangs on something else, then."""
    known = taught((A, B))
    known.learn((B, TAG), [TAG, B._replace(name="another")])

    assert known.of((B, A)) is None


def test_lists_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be one for each record."""
    monkeypatch.setattr(shown_terms, "_MOST_LISTS", 10)
    tags = [TermRef("post_tag", str(number), str(number)) for number in range(40)]
    known = taught(tuple(tags))
    for first, second in pairwise(tags):
        assert known.of((first, second)) is not None

    assert len(known) <= len(tags) + 10
