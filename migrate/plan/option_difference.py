"""Differences between the options of two sites, once it is known which record is which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate.model.post import Post
from migrate.model.site import Head
from migrate.plan.difference import Difference
from migrate.plan.option_numbers import Named, named, with_numbers
from migrate.plan.shown import term_key

__all__ = ["OptionsBeside"]


class OptionsBeside:
    """Holds the options of `names` that `said` states against those of `held`.

    `one_site` says that numbers mean the same in both; else an option that names a record counts as
    the same where it names that record's partner.
    """

    def __init__(self, said: Head, held: Head, names: Iterable[str], *, one_site: bool) -> None:
        self._said = {name: said.options[name] for name in sorted(names) if name in said.options}
        self._held = held.options
        self._one_site = one_site
        every = [each for option in self._said.items() for each in named(*option)]
        self._wanted = {each.number for each in every if not each.taxonomy}
        self._posts: dict[int, int] = {}
        slugs = {(term.taxonomy, term.id): term_key(term) for term in said.terms}
        there = {term_key(term): term.id or 0 for term in held.terms}
        self._terms = {place: there.get(key, 0) for place, key in slugs.items()}

    def see(self, said: Post, held: Post | None) -> None:
        """Learn which record of the other side is the same as one of this."""
        if said.id in self._wanted:
            self._posts[said.id] = (held.id or 0) if held else 0

    def differences(self) -> Iterator[Difference]:
        """Give those that differ, once all records were seen; what they say may be private."""
        for name, value in self._said.items():
            wanted = self._as_held(name, value)
            if wanted is not None and self._held.get(name) != wanted:
                yield Difference(f"options.{name}", wanted, self._held.get(name, ""), private=True)

    def _as_held(self, name: str, value: str) -> str | None:
        """Give a value in the numbers of the other side; None where nobody can tell what it is."""
        numbers: dict[Named, int] = {}
        for each in () if self._one_site else named(name, value):
            is_term = bool(each.taxonomy)
            place = (each.taxonomy, each.number)
            partner = self._terms.get(place) if is_term else self._posts.get(each.number)
            if partner is None:
                return None
            numbers[each] = partner
        return with_numbers(value, numbers)
