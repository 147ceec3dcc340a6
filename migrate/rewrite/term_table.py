"""TermTable: which term a name in a custom field stands for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from migrate.errors import UsageError
from migrate.model.post import TermRef
from migrate.model.sanitize import sanitize_title

Entries = Mapping[str, str | Iterable[str]]
"""Name in the custom field → the term, or several, each as `Parent/Child`."""

_SLASH: Final = re.compile(r"(?<!\\)/")


class TermTable:
    """Looks names up; upper and lower case are the same, as they are to WordPress."""

    def __init__(self, categories: Entries, tags: Entries) -> None:
        """Take the two tables; UsageError for a path with an empty name in it."""
        self._terms: dict[str, list[TermRef]] = {}
        for taxonomy, entries in (("category", categories), ("post_tag", tags)):
            for name, paths in entries.items():
                terms = [term(taxonomy, path) for path in _several(paths)]
                self._terms.setdefault(_key(name), []).extend(terms)

    def find(self, name: str) -> list[TermRef]:
        """Give the terms that a name stands for; none where it isn't in a table."""
        return self._terms.get(_key(name), [])


def term(taxonomy: str, path: str) -> TermRef:
    r"""Make the term of a path; `\/` is a slash that belongs to a name, and tags have no parents.

    Raises UsageError where a name in the path is empty.
    """
    parts = [path] if taxonomy == "post_tag" else _SLASH.split(path)
    *above, name = (part.replace(r"\/", "/").strip() for part in parts)
    if not all((*above, name)):
        raise UsageError(
            f"the rule categories: {path!r} has an empty name in it",
            fix=r"Write `Parent/Child`, or `\/` for a slash that belongs to a name",
        )
    return TermRef(taxonomy, name, None, tuple(above))


class Held:
    """The terms that a post has, compared as term_exists() does: a slug below the same names.

    Where one of two states no names above it, that tells nothing against it.
    """

    def __init__(self, terms: Iterable[TermRef]) -> None:
        self._above: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for held in terms:
            self.add(held)

    def add(self, new: TermRef) -> bool:
        """Add a term; False where WordPress would take it for one that is there."""
        slug = new.slug or sanitize_title(new.name or "") or new.name or ""
        above = tuple(map(sanitize_title, new.ancestors))
        others = self._above.setdefault((new.taxonomy, slug), [])
        if any(not above or not other or above == other for other in others):
            return False
        others.append(above)
        return True


def _several(paths: str | Iterable[str]) -> Iterator[str]:
    yield from [paths] if isinstance(paths, str) else paths


def _key(name: str) -> str:
    return html.unescape(name).strip().casefold()
