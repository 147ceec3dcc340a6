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
        self._by_name: dict[tuple[str, str], list[Term]] = {}
        for term in self._by_slug.values():
            self._by_name.setdefault((term.taxonomy, term.name or term.slug), []).append(term)

    def find(self, taxonomy: str, path: tuple[str, ...], slug: str) -> Term | None:
        """Give a term by its slug where that is known, else by the names that lead to it."""
        return self._by_slug.get((taxonomy, slug)) or self._by_path.get((taxonomy, path))

    def placed(self, ref: TermRef) -> TermRef | None:
        """Give a post's term with its slug and all names that lead to it; None where it isn't here.

        Items of WXR name a term by slug and name, front matter by its name alone, and neither says
        what it lies below. A name alone that several terms have means none of them.
        """
        term = self._by_slug.get((ref.taxonomy, ref.slug or ""))
        if term is None and not (ref.slug or ref.ancestors):
            alike = self._by_name.get((ref.taxonomy, ref.name or ""), [])
            term = alike[0] if len(alike) == 1 else None
        return self._ref(term) if term else None

    def has_both(self, taxonomy: str, slug: str, other: str) -> bool:
        """Tell whether the source has two terms by these slugs."""
        return (taxonomy, slug) in self._by_slug and (taxonomy, other) in self._by_slug

    def refs(self) -> Iterator[tuple[TermRef, Term]]:
        """Give every term, parents first, as a post would name it."""
        for term in self._by_slug.values():
            yield self._ref(term), term

    def _ref(self, term: Term) -> TermRef:
        *ancestors, name = self._path(term)
        return TermRef(term.taxonomy, name, term.slug, tuple(ancestors))

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
