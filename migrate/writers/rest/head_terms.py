"""Head terms: what a source says of its terms beside the posts that carry them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.model.post import TermRef
from migrate.model.site import Term

__all__ = ["HeadTerms"]


class HeadTerms:
    """The terms that a source describes, found by slug or by their names from the top."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._by_slug = {(term.taxonomy, term.slug): term for term in terms}
        self._by_path = {(term.taxonomy, self._path(term)): term for term in reversed(terms)}

    def find(self, taxonomy: str, path: tuple[str, ...], slug: str) -> Term | None:
        """Give a term by its slug where that is known, else by the names that lead to it."""
        return self._by_slug.get((taxonomy, slug)) or self._by_path.get((taxonomy, path))

    def has_both(self, taxonomy: str, slug: str, other: str) -> bool:
        """Tell whether the source has two terms by these slugs."""
        return (taxonomy, slug) in self._by_slug and (taxonomy, other) in self._by_slug

    def refs(self) -> Iterator[tuple[TermRef, Term]]:
        """Give every term, parents first, as a post would name it."""
        for term in self._by_slug.values():
            *ancestors, name = self._path(term)
            yield TermRef(term.taxonomy, name, term.slug, tuple(ancestors)), term

    def _path(self, term: Term) -> tuple[str, ...]:
        """Return the names that lead to a term; a circle is cut where it closes."""
        names = [term.name or term.slug]
        seen = {term.slug}
        above = self._by_slug.get((term.taxonomy, term.parent or ""))
        while above and above.slug not in seen:
            seen.add(above.slug)
            names.insert(0, above.name or above.slug)
            above = self._by_slug.get((above.taxonomy, above.parent or ""))
        return tuple(names)
