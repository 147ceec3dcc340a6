"""What an item's reading needs to know of the document around it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from msgspec import Struct, field

from migrate.model.site import Head, Term
from migrate.syntax.wxr_names import Names

OLD_VERSION: Final = "1.0"
DEEPEST: Final = 100
"""Terms above a term whose slug was made up."""


class Document(Struct):
    """One `<rss>` of a part: where it starts, its namespaces, and which WXR it is."""

    start: int
    names: Names
    version: str = ""

    @property
    def is_old(self) -> bool:
        """Whether it is WXR 1.0: display names as creators, `tag` for `post_tag`."""
        return self.version == OLD_VERSION


class Known(Struct):
    """The head of a source and the documents of its parts; picklable, and small beside its items.

    `written` is the head as the files have it, what our own writer inferred included.
    """

    head: Head
    written: Head
    documents: dict[str, list[Document]]
    display_names: dict[str, str | None] = field(default_factory=dict)
    _terms: dict[tuple[str, str], Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.display_names = {a.login or "": a.display_name for a in self.written.authors}
        self._terms = {(term.taxonomy, term.slug): term for term in self.written.terms}

    def document(self, part: str, start: int) -> Document:
        """Give the document of a part in which an item starts."""
        documents = self.documents[part]
        place = bisect_right(documents, start, key=lambda document: document.start)
        return documents[max(place - 1, 0)]

    def ancestors(self, taxonomy: str, slug: str) -> tuple[str, ...]:
        """Give the names of the terms above one, from the top.

        Raises ValueError for one that lies deeper than anybody's: all names are kept with each.
        """
        names: list[str] = []
        seen = {slug}
        term = self._terms.get((taxonomy, slug))
        while term and term.parent and term.parent not in seen:
            seen.add(term.parent)
            term = self._terms.get((taxonomy, term.parent))
            if term:
                names.append(term.name or term.slug)
            if len(names) > DEEPEST:
                raise ValueError(f"the term {slug} lies more than {DEEPEST} deep")
        return tuple(reversed(names))
