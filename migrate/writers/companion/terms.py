"""Terms: which terms of the site posts carry, and those that have to be made or changed first.

A term is known by its slug. One that the site lacks is planned under the slug that it will get.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from migrate.model import canonical
from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import TermRef
from migrate.model.sanitize import sanitize_title
from migrate.model.site import Term
from migrate.plan import stored
from migrate.writers.rest.head_terms import HeadTerms
from migrate.writers.rest.term_shelf import clean, folded

__all__ = ["FORMAT", "PlannedTerm", "Terms"]

FORMAT: Final = "post_format"
"""WordPress makes these terms itself, and nobody describes them."""

_Key = tuple[str, str]


class PlannedTerm(Struct):
    """A term that is made or changed; `held` is what the site has of it, None of a new one."""

    term: Term
    action: Action
    held: Term | None = None
    needed: bool = False

    def record(self) -> dict[str, Any]:
        """Give it in canonical form, without its number in the source."""
        record: dict[str, Any] = canonical.plain(replace(self.term, id=None))
        return record


class Terms:
    """Finds terms by slug where it is stated, else by their names from the top."""

    def __init__(
        self, site: Iterable[Term], head: HeadTerms, taxonomies: Iterable[str], note: Note
    ) -> None:
        self._head = head
        self._note = note
        self._taxonomies = frozenset(taxonomies)
        self._site = {_key(term): term for term in site}
        self._ids = {_key(term): term.id or 0 for term in self._site.values()}
        self._by_place = {self._place(term): key for key, term in self._site.items()}
        self._planned: dict[_Key, PlannedTerm] = {}
        self._of_source = {(t.taxonomy, t.id): _key(t) for _, t in head.refs() if t.id}
        self._has_all = False

    def takes(self, taxonomy: str) -> bool:
        """Tell whether the site has a taxonomy."""
        return taxonomy in self._taxonomies

    def ref(self, ref: TermRef) -> TermRef | None:
        """Give a term as it is or will be called on the site; None where it has no name."""
        if ref.taxonomy == FORMAT:
            return ref
        ref = self._head.placed(ref) or ref
        slug = stored.slug_of_row(ref.slug or "")
        if not (slug or folded(ref.name or "")):
            return None
        key = (ref.taxonomy, slug) if slug else self._named(ref)
        if key not in self._site and key not in self._planned:
            key = self._plan(ref)
        term = self._site.get(key) or self._planned[key].term
        return TermRef(term.taxonomy, term.name, term.slug)

    def need(self, refs: Iterable[TermRef], *, public: bool) -> None:
        """Take terms into the plan; one that only hidden records carry isn't public either."""
        for ref in refs:
            planned = self._planned.get((ref.taxonomy, stored.slug_of_row(ref.slug or "")))
            if planned and (not planned.needed or (public and not planned.action.public)):
                planned.needed = True
                planned.action.public = planned.action.public or public
                above = planned.term.parent
                self.need([TermRef(ref.taxonomy, None, above)] if above else (), public=public)

    def take_all(self) -> None:
        """Take all terms into the plan that the source describes."""
        if self._has_all:
            return
        self._has_all = True
        for ref, term in self._head.refs():
            if term.taxonomy == FORMAT:
                continue
            if not self.takes(term.taxonomy):
                message = f"the site has no taxonomy {term.taxonomy}, so its terms stay behind"
                self._note(Finding("loss-field-refused", message, field=term.taxonomy))
            elif (held := self._site.get(_key(term))) is None:
                found = self.ref(ref)
                self.need([found] if found else (), public=False)
            elif fields := list(_differing(term, held)):
                reason = f"differing: {', '.join(fields)}"
                action = Action("update", term.taxonomy, title=term.name or "", public=False)
                action.reason = reason
                self._planned[_key(term)] = PlannedTerm(term, action, held, needed=True)

    def planned(self) -> list[PlannedTerm]:
        """Give what is made or changed, parents first."""
        found: dict[_Key, PlannedTerm] = {}

        def add(key: _Key) -> None:
            planned = self._planned.get(key)
            if planned is None or key in found or not planned.needed:
                return
            add((key[0], stored.slug_of_row(planned.term.parent or "")))
            found[key] = planned

        for key in self._planned:
            add(key)
        return list(found.values())

    def made(self, term: Term, number: int) -> None:
        """Keep the number of a term that was made."""
        self._ids[_key(term)] = number

    def number(self, taxonomy: str, source_id: int) -> int:
        """Give the site's number of a term of the source; 0 where it has none, or not yet."""
        return self._ids.get(self._of_source.get((taxonomy, source_id), ("", "")), 0)

    def comes(self, taxonomy: str, source_id: int) -> bool:
        """Tell whether a term of the source is going to be made."""
        planned = self._planned.get(self._of_source.get((taxonomy, source_id), ("", "")))
        return planned is not None and planned.needed

    def _named(self, ref: TermRef) -> _Key:
        """Return the key of the term that these names lead to; an empty slug for none."""
        parent = ""
        for name in (*ref.ancestors, ref.name or ""):
            key = self._by_place.get((ref.taxonomy, parent, folded(name)))
            if key is None:
                return ref.taxonomy, ""
            parent = key[1]
        return ref.taxonomy, parent

    def _plan(self, ref: TermRef) -> _Key:
        *above, name = (*ref.ancestors, ref.name or ref.slug or "")
        parent: TermRef | None = None
        if above:
            parent = self.ref(TermRef(ref.taxonomy, above[-1], None, tuple(above[:-1])))
        known = self._head.find(ref.taxonomy, (*above, name), stored.slug_of_row(ref.slug or ""))
        slug = ref.slug or self._free_slug(ref.taxonomy, name, parent)
        term = known or Term(ref.taxonomy, slug, name, parent=parent.slug if parent else None)
        title = " / ".join(clean(each) for each in (*above, name))
        action = Action("create", ref.taxonomy, title=title, slug=slug, public=False)
        self._planned[_key(term)] = PlannedTerm(term, action)
        self._by_place.setdefault(self._place(term), _key(term))
        return _key(term)

    def _free_slug(self, taxonomy: str, name: str, parent: TermRef | None) -> str:
        """Return the slug that WordPress would make of a name (wp_unique_term_slug())."""
        slug = sanitize_title(name)
        taken = (taxonomy, stored.slug_of_row(slug)) in {*self._site, *self._planned}
        return f"{slug}-{parent.slug}" if taken and parent else slug

    def _place(self, term: Term) -> tuple[str, str, str]:
        return term.taxonomy, stored.slug_of_row(term.parent or ""), folded(term.name or term.slug)


def _key(term: Term) -> _Key:
    return term.taxonomy, stored.slug_of_row(term.slug)


def _differing(said: Term, held: Term) -> Iterator[str]:
    """Give the fields in which a term of the site differs from what the source says of it."""
    if said.name is not None and clean(said.name) != clean(held.name or ""):
        yield "name"
    if said.description is not None and said.description != held.description:
        yield "description"
    if said.parent is not None:
        above = (stored.slug_of_row(term.parent or "") for term in (said, held))
        if next(above) != next(above):
            yield "parent"
    stated = {row.key for row in said.meta or ()}
    rows = [row for row in held.meta or () if row.key in stated]
    if sorted(rows) != sorted(said.meta or ()):
        yield "meta"
