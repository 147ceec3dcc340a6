"""Differences between what two sources say beside their records: sites, authors, terms."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from migrate.model.site import Head
from migrate.plan.difference import PRIVATE, Difference
from migrate.plan.shown import term_key

__all__ = ["differences", "differences_shown"]


def differences(said: Head, held: Head) -> Iterator[Difference]:
    """Give every field of site, authors and terms in which `held` isn't what `said` says."""
    yield from _stated("site", said.site, held.site)
    if said.authors:
        yield from _lists(
            "authors",
            {a.login: a for a in said.authors if a.login},
            {a.login: a for a in held.authors if a.login},
        )
    if said.terms:
        yield from _lists(
            "terms",
            {f"{t.taxonomy}/{t.slug}": t for t in said.terms},
            {f"{t.taxonomy}/{t.slug}": t for t in held.terms},
        )


def differences_shown(said: Head, held: Head, *, same_site: bool) -> Iterator[Difference]:
    """Give the same for a live site, of which only what `said` names and the site shows counts.

    Another site's title and numbers aren't this one's.
    """
    passed = set() if same_site else {"id"}
    if same_site:
        yield from _shown("site", said.site, held.site, set())
    people = {author.login: author for author in held.authors}
    for author in said.authors:
        if author.login in people:
            yield from _shown(f"authors.{author.login}", author, people[author.login], passed)
    taxonomies = {term.taxonomy for term in held.terms}
    terms = {term_key(term): term for term in held.terms}
    for term in said.terms:
        name = f"terms.{term.taxonomy}/{term.slug}"
        if term_key(term) in terms:
            yield from _shown(name, term, terms[term_key(term)], passed | {"slug", "meta"})
        elif term.taxonomy in taxonomies:
            yield Difference(name, term.slug, "")


def _lists(name: str, said: dict[str, Any], held: dict[str, Any]) -> Iterator[Difference]:
    for key, ours in said.items():
        if key in held:
            yield from _stated(f"{name}.{key}", ours, held[key])
        else:
            yield Difference(f"{name}.{key}", key, "")
    yield from (Difference(f"{name}.{key}", "", key) for key in held if key not in said)


def _shown(prefix: str, said: Any, held: Any, passed_over: set[str]) -> Iterator[Difference]:
    for name in _names(said):
        ours, theirs = getattr(said, name), getattr(held, name)
        if name not in passed_over and theirs is not None and _plain(ours) != _plain(theirs):
            yield from _difference(prefix, name, ours, theirs)


def _plain(value: Any) -> Any:
    """Return a text without the entities that WordPress stores names with."""
    return html.unescape(value) if isinstance(value, str) else value


def _stated(prefix: str, said: Any, held: Any) -> Iterator[Difference]:
    for name in _names(said):
        ours, theirs = getattr(said, name), getattr(held, name)
        if ours != theirs:
            yield from _difference(prefix, name, ours, theirs)


def _difference(prefix: str, name: str, ours: Any, theirs: Any) -> Iterator[Difference]:
    # No parent and a parent that is stated to be none are one thing.
    if ours is not None and not (name == "parent" and not (ours or theirs)):
        there = "" if theirs is None else str(theirs)
        yield Difference(f"{prefix}.{name}", str(ours), there, name in PRIVATE)


def _names(said: Any) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(said, "_fields", ()) or said.__struct_fields__
    return names
