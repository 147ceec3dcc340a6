"""Term definitions in the order in which they can be made: parents before children."""

from __future__ import annotations

from collections.abc import Container

from migrate.model.site import Term


def parents_first(terms: list[Term]) -> list[Term]:
    """Give the terms, each behind its parent, else in the order of the file.

    WXR 1.0 names a parent by its name: where there is no such slug, the name becomes the slug.
    """
    by_slug = {(term.taxonomy, term.slug): term for term in terms}
    by_name = {(term.taxonomy, term.name): term for term in reversed(terms)}
    for term in terms:
        key = (term.taxonomy, term.parent or "")
        if term.parent and key not in by_slug and key in by_name:
            term.parent = by_name[key].slug
    ordered: dict[tuple[str, str], Term] = {}
    for term in terms:
        for above in reversed(_with_those_above(term, by_slug, ordered)):
            ordered.setdefault((above.taxonomy, above.slug), above)
    return list(ordered.values())


def _with_those_above(
    term: Term, by_slug: dict[tuple[str, str], Term], ordered: Container[tuple[str, str]]
) -> list[Term]:
    """Give a term, its parent, and so on up to one that is ordered; a circle is cut."""
    line = [term]
    seen = {term.slug}
    while parent := by_slug.get((term.taxonomy, line[-1].parent or "")):
        if parent.slug in seen or (parent.taxonomy, parent.slug) in ordered:
            break
        seen.add(parent.slug)
        line.append(parent)
    return line
