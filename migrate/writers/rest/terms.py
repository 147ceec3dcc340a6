"""Terms: which terms of the site a post carries, and the making of those that it lacks.

While planning, a term that isn't there gets a number below zero in place of its id. `ensure` makes
such terms, parents first, and turns the numbers into ids.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from migrate.errors import AnswerError
from migrate.live.api import PAGE, Row
from migrate.live.post_types import Taxonomy
from migrate.model.action import HIDDEN, Action
from migrate.model.finding import Finding, Note
from migrate.model.post import RecordRef, TermRef
from migrate.model.site import Term
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import DONE, FAILED, SiteHistory
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.head_terms import HeadTerms
from migrate.writers.rest.persistence import is_refusal, persist
from migrate.writers.rest.rows import TERM_FIELDS, held_term
from migrate.writers.rest.term_changes import TermChanges, said
from migrate.writers.rest.term_shelf import TermShelf, clean, folded

__all__ = ["Terms"]


class _Planned(Struct):
    """A term to be made; `id` is 0 until it is, and `action` says what became of it."""

    taxonomy: Taxonomy
    parent: int
    name: str
    slug: str
    action: Action
    id: int = 0
    needed: bool = False
    term: Term | None = None


class Terms:
    """Finds terms by slug where it is stated, else by their names from the top."""

    def __init__(
        self,
        connection: Connection,
        history: SiteHistory,
        head: HeadTerms,
        changes: TermChanges,
        note: Note,
    ) -> None:
        self._head = head
        self._has_all = False
        self._connection = connection
        self._changes = changes
        self._history = history
        self._note = note
        self._shelves: dict[str, TermShelf] = {}
        self._planned: list[_Planned] = []
        self._said_otherwise: set[tuple[str, int, str]] = set()

    def number(self, taxonomy: Taxonomy, ref: TermRef) -> int | None:
        """Give a term's id, or the number of one to be made; None where the term has no name."""
        placed = self._head.placed(ref)
        number = self._find(taxonomy, placed or ref, anywhere=placed is None)
        if number:
            self._compare_names(taxonomy, number, ref, placed)
        return number

    def _find(self, taxonomy: Taxonomy, ref: TermRef, *, anywhere: bool) -> int | None:
        shelf = self._shelf(taxonomy)
        slug = stored.slug(ref.slug or "")
        if slug and slug in shelf.by_slug:
            return shelf.by_slug[slug]
        number = self._by_names(taxonomy, shelf, ref, anywhere=anywhere)
        if slug and number and not self._is_planned(number, slug):
            self._name_other(taxonomy, number, "slug", slug)
        return number

    def _is_planned(self, number: int, slug: str) -> bool:
        """Tell whether a number is that of a term to be made, with this slug or one of its own."""
        return number < 0 and stored.slug(self._planned[-number - 1].slug) in {"", slug}

    def _compare_names(
        self, taxonomy: Taxonomy, number: int, ref: TermRef, placed: TermRef | None
    ) -> None:
        """Name a term that a post calls otherwise than it is, or will be, called on the site.

        What the source's own list calls it stands above that: TermChanges sees to it.
        """
        if placed:
            held = placed.name or ""
        elif number < 0:
            held = self._planned[-number - 1].name
        else:
            held = str(self._shelf(taxonomy).rows[number].get("name", ""))
        if ref.name not in {None, held} and clean(ref.name or "") != clean(held):
            self._name_other(taxonomy, number, "name", ref.name or "")

    def _name_other(self, taxonomy: Taxonomy, number: int, field: str, said: str) -> None:
        """Name a term that has another slug or name on the site than is said; once."""
        if (taxonomy.name, number, said) not in self._said_otherwise:
            self._said_otherwise.add((taxonomy.name, number, said))
            message = f"a term of the taxonomy {taxonomy.name} has another {field} on the site"
            record = RecordRef(taxonomy.name, str(number) if number > 0 else "", "")
            found = Finding("loss-field-changed", message, record=record, field=taxonomy.name)
            self._note(found)

    def _by_names(
        self, taxonomy: Taxonomy, shelf: TermShelf, ref: TermRef, *, anywhere: bool
    ) -> int | None:
        """Find a term from the top; a name alone is `anywhere` the only one of its name."""
        name = ref.name or ref.slug or ""
        ancestors = ref.ancestors if taxonomy.hierarchical else ()
        if not all(folded(text) for text in (name, *ancestors)):
            return None
        if anywhere and not ancestors and (0, folded(name)) not in shelf.by_place:
            alike = shelf.by_name.get(folded(name), [])
            if len(alike) == 1:
                return alike[0]
        parent = 0
        path: tuple[str, ...] = ()
        for ancestor in ancestors:
            path = (*path, ancestor)
            parent = self._place(taxonomy, parent, path, "")
        return self._place(taxonomy, parent, (*path, name), ref.slug or "")

    def need(self, numbers: Iterable[int], *, public: bool) -> None:
        """Take these terms into the plan; raises SiteError where we may not make them.

        A term that only records carry which aren't `public` isn't either.
        """
        for planned in (self._planned[-number - 1] for number in numbers if number < 0):
            if not planned.needed or (public and not planned.action.public):
                self.need([planned.parent], public=public)
                planned.needed = True
                if public:
                    planned.action.public, planned.action.slug = True, planned.slug
                right = planned.taxonomy.right_to_create
                purpose = f"to make terms of the taxonomy {planned.taxonomy.name}"
                self._connection.account.require([right] if right else [], purpose)

    def take_all(self) -> None:
        """Take those terms into the plan that the source describes, whether a post has them or not.

        Not where we may not make any; what REST has no place for is named, a kind once.
        """
        if self._has_all or self._connection.is_visitor:
            return
        self._has_all = True
        lost: set[tuple[str, str]] = set()
        for ref, term in self._head.refs():
            taxonomy = self._connection.taxonomy_named(ref.taxonomy)
            keys = [meta.key for meta in term.meta or ()] if taxonomy else [""]
            lost |= {(ref.taxonomy, key) for key in keys}
            right = taxonomy.right_to_create if taxonomy else ""
            if taxonomy is None or (right and not self._connection.account.may(right)):
                continue
            number = self.number(taxonomy, ref)
            self.need([] if number is None else [number], public=False)
            if number is not None and number > 0:
                row = self._shelf(taxonomy).rows[number]
                self._changes.compare(taxonomy, term, row, self._above(taxonomy, term))
        self._changes.keep_equal()
        self.need(self._changes.parents(), public=False)
        for taxonomy_name, key in sorted(lost):
            what = f"the meta {key} of its terms" if key else "its terms"
            message = f"taxonomy {taxonomy_name}: {what} can't be sent over REST"
            self._note(Finding("loss-field-refused", message, field=key or taxonomy_name))

    def ensure_all(self) -> None:
        """Make every term of the plan that isn't there yet."""
        self.take_all()
        needed = [-place - 1 for place, planned in enumerate(self._planned) if planned.needed]
        self.ensure(needed)
        self._changes.apply(self.ensure)

    def planned(self) -> list[Action]:
        """Give the terms that the plan makes or changes; later they say what became of them."""
        made = [planned.action for planned in self._planned if planned.needed]
        return [*made, *self._changes.planned()]

    def ensure(self, numbers: Iterable[int]) -> list[int]:
        """Give the ids, after making what isn't there; terms that the site refused are left out."""
        ids = (self._made(-number - 1) if number < 0 else number for number in numbers)
        return [term for term in ids if term]

    def _above(self, taxonomy: Taxonomy, term: Term) -> int | None:
        """Return the number of the term above, 0 at the top; None where the source leaves open."""
        if term.parent is None or not taxonomy.hierarchical:
            return None
        ref = TermRef(taxonomy.name, None, term.parent)
        known = stored.slug(term.parent) in self._shelf(taxonomy).by_slug
        if term.parent and not (known or self._head.placed(ref)):
            return None
        return self.number(taxonomy, ref) if term.parent else 0

    def _shelf(self, taxonomy: Taxonomy) -> TermShelf:
        if taxonomy.name not in self._shelves:
            shelf = self._shelves[taxonomy.name] = TermShelf()
            for row in self._connection.api.every(taxonomy.route, {"_fields": TERM_FIELDS}):
                shelf.add(row)
        return self._shelves[taxonomy.name]

    def _place(self, taxonomy: Taxonomy, parent: int, path: tuple[str, ...], slug: str) -> int:
        """Return the number of the term at a place, a new one below zero if it isn't there."""
        places = self._shelf(taxonomy).by_place
        name = folded(path[-1])
        key = (parent, name)
        other = self._slug_at(taxonomy, places.get(key, 0))
        if slug and other not in {"", slug} and self._head.has_both(taxonomy.name, slug, other):
            key = (parent, f"{name} {slug}")  # two terms of one name, which their slugs tell
        if key not in places:
            action = Action("create", taxonomy.name, title=" / ".join(path), public=False)
            term = self._head.find(taxonomy.name, path, slug)
            made = _Planned(taxonomy, parent, path[-1], slug or (term.slug if term else ""), action)
            made.term = term
            self._planned.append(made)
            places[key] = -len(self._planned)
        return places[key]

    def _slug_at(self, taxonomy: Taxonomy, number: int) -> str:
        """Return the slug of a term that is there or planned; empty where it isn't known."""
        if number < 0:
            return self._planned[-number - 1].slug
        row = self._shelf(taxonomy).rows.get(number, {})
        return stored.slug_of_row(str(row.get("slug", "")))

    def _made(self, place: int) -> int:
        planned = self._planned[place]
        if planned.id or planned.action.verb == "failed":
            return planned.id
        parent = self._made(-planned.parent - 1) if planned.parent < 0 else planned.parent
        if planned.parent and not parent:
            self._failed(planned, "its parent couldn't be made")
            return 0
        try:
            planned.id, link = self._create(planned, parent)
            planned.action.target_url = link if planned.action.public else ""
        except AnswerError as error:
            self._failed(planned, error.message)
        return planned.id

    def _create(self, planned: _Planned, parent: int) -> tuple[int, str]:
        body: dict[str, Any] = {"name": planned.name}
        body |= {"slug": planned.slug} if planned.slug else {}
        body |= {"parent": parent} if parent else {}
        term = planned.term
        body |= {"description": term.description} if term and term.description else {}
        # No post is it, so it has no key: WordPress itself makes no term twice.
        slug = marks.storable(planned.slug)
        mark = said(term) if term else b""
        step = Step("", "create", planned.taxonomy.name, slug=slug, title=mark, object="term")
        number = self._history.intend(step)
        route = planned.taxonomy.route
        try:
            row = persist(
                lambda: self._connection.post(route, body, TERM_FIELDS),
                lambda: self._held(planned, parent),
                self._note,
            )
        except AnswerError as error:
            if is_refusal(error):
                self._history.settle(number, FAILED)
            known = error.data.get("term_id")
            if error.code == "term_exists" and isinstance(known, int) and known > 0:
                return known, ""
            raise
        self._history.settle(number, DONE, int(row["id"]), held_term(row))
        name = str(row.get("name", ""))
        if planned.name not in {name, html.unescape(name)}:
            self._note(self._finding(planned, "loss-field-changed", "it has another name there"))
        return int(row["id"]), str(row.get("link", ""))

    def _held(self, planned: _Planned, parent: int) -> Row | None:
        """Return the term that was perhaps made although no answer said so."""
        asked: dict[str, str | int] = {
            "search": planned.name,
            "per_page": PAGE,
            "_fields": TERM_FIELDS,
        }
        place = (parent, folded(planned.name))
        for row in self._connection.api.rows(planned.taxonomy.route, asked):
            if (int(row.get("parent") or 0), folded(str(row.get("name", "")))) == place:
                return row
        return None

    def _failed(self, planned: _Planned, reason: str) -> None:
        planned.action.verb = "failed"
        planned.action.reason = reason
        self._note(self._finding(planned, "target-record-failed", reason))

    def _finding(self, planned: _Planned, code: str, reason: str) -> Finding:
        title = planned.action.title if planned.action.public else HIDDEN
        return Finding(
            code,
            f"{planned.taxonomy.name} {title}: {reason}",
            record=RecordRef(planned.taxonomy.name, "", planned.action.slug),
            field=planned.taxonomy.name,
        )
