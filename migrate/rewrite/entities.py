"""`entities`: character references in titles and names of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal

from migrate.model.finding import Finding, Note
from migrate.model.site import Head
from migrate.rewrite.draft import Draft
from migrate.rewrite.quoting import Quoting, quoting
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.term_names import rename_head, rename_terms
from migrate.syntax.references import decode

Field = Literal["title", "excerpt", "terms"]

_SAID: Final = "entities became characters"
_LEFT: Final = "rewrite-entity-left"
_FIX: Final = "See which character was meant, and write that in the source"


class Entities(Rule):
    """Puts characters in the place of references.

    WordPress writes `&amp;` in the names of terms by itself, so a bare `&` comes to the same term
    there; in titles it stores what it gets. `&lt;` and `&gt;` stay, and an `&amp;` that hides
    another reference is left and named.
    """

    looks_for = "`&#8217;`, `&amp;` and the like in titles and in the names of terms"
    does = "puts the characters in their place that they stand for; `&lt;` and `&gt;` stay"
    bodies = ANY_BODY

    def __init__(self, *, fields: Iterable[Field] = ("title", "terms")) -> None:
        chosen = frozenset(fields)
        self._texts = [field for field in ("title", "excerpt") if field in chosen]
        self._has_terms = "terms" in chosen

    def rewrite(self, draft: Draft) -> None:
        """Decode the texts that were chosen."""

        def decoded(text: str, field: str = "terms.0.name") -> str:
            return _decoded(text, lambda said: draft.note(_LEFT, said, field=field, fix=_FIX))

        for field in self._texts:
            text = getattr(draft.post, field)
            if text and (new := decoded(text, field)) != text:
                draft.change(field, new, (text, new), _SAID)
        if self._has_terms and draft.post.terms:
            rename_terms(draft, decoded, _SAID)

    def rewrite_head(self, head: Head, note: Note) -> Head:
        """Decode the names of the site's terms."""
        if not self._has_terms:
            return head

        def decoded(name: str) -> str:
            return _decoded(name, lambda said: note(Finding(_LEFT, said.shown, fix=_FIX)))

        return rename_head(head, decoded, "rewrite-entities", _SAID, note)


def _decoded(text: str, leave: Callable[[Quoting], None]) -> str:
    decoded, left = decode(text)
    if left:
        leave(quoting("{} would become another reference, and stays", ", ".join(left)))
    return decoded
