"""What files show of the terms of records, learned from examples one term after the other.

A list of terms may come once only, but each of its terms comes again. Front matter states the terms
of one taxonomy behind those of another, each by itself, so a list is put together out of what
became of its terms in other records. Nothing rests on that alone: a file is read as it was written,
and shows what was put together or isn't written so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from migrate.model.post import TermRef

Terms = tuple[TermRef, ...] | None
Taxonomies = tuple[str, ...] | None


_MOST_LISTS: Final = 4096

_Kind = tuple[tuple[str, bool], ...]
"""The taxonomies of a list as they first come, and of which of them it has several terms."""


class Shown(NamedTuple):
    """What becomes of a list of terms: what a file shows, and whether that is another one."""

    taxonomies: Taxonomies
    terms: list[TermRef] | None
    is_other: bool


class ShownTerms:
    """Knows lists that it has seen, and those that can be put together out of their terms."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lists: dict[Terms, Shown] = {}
        self._terms: dict[TermRef, TermRef | None] = {}  # None for one that became several things
        self._orders: dict[_Kind, tuple[str, ...]] = {}

    def __len__(self) -> int:
        """Count what is known."""
        return len(self._lists) + len(self._terms)

    def clear(self) -> None:
        """Forget all."""
        for known in (self._lists, self._terms, self._orders):
            known.clear()

    def of(self, terms: Terms) -> Shown | None:
        """Give what a file shows of terms; None where that isn't known."""
        found = self._lists.get(terms)
        if found is None and terms and (together := self._put_together(terms)):
            if len(self._lists) >= _MOST_LISTS:
                self._lists.clear()
            found = self._lists[terms] = _shown(terms, together)
        return found

    def learn(self, terms: Terms, shown: list[TermRef] | None) -> None:
        """Take what a file showed of the terms of a record."""
        self._lists[terms] = _shown(terms, shown)
        if not (terms and shown and len(terms) == len(shown)):
            return
        order = taxonomies_of(shown) or ()
        each = _in_order(terms, order)
        if [term.taxonomy for term in each] == [term.taxonomy for term in shown]:
            self._orders[_kind_of(terms)] = order
            for term, became in zip(each, shown, strict=True):
                self._terms[term] = became if self._terms.get(term, became) == became else None

    def _put_together(self, terms: tuple[TermRef, ...]) -> list[TermRef] | None:
        order = self._orders.get(_kind_of(terms))
        if order is None:
            return None
        shown = [self._terms.get(term) for term in _in_order(terms, order)]
        found = [term for term in shown if term]
        return found if len({*found}) == len(terms) else None


def taxonomies_of(terms: Sequence[TermRef] | None) -> Taxonomies:
    """Give the taxonomies of terms, as they first come."""
    return None if terms is None else tuple(dict.fromkeys([term.taxonomy for term in terms]))


def _shown(terms: Terms, shown: list[TermRef] | None) -> Shown:
    is_other = terms is not None and (shown is None or terms != (*shown,))
    return Shown(taxonomies_of(terms), shown, is_other)


def _in_order(terms: Sequence[TermRef], taxonomies: Sequence[str]) -> list[TermRef]:
    return [term for taxonomy in taxonomies for term in terms if term.taxonomy == taxonomy]


def _kind_of(terms: Sequence[TermRef]) -> _Kind:
    counts = Counter([term.taxonomy for term in terms])
    return tuple([(taxonomy, count > 1) for taxonomy, count in counts.items()])
