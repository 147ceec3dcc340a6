"""TermChanges: terms that the site has, held against what the source says of them."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any

from msgspec import Struct

from migrate.errors import AnswerError
from migrate.live.api import Row
from migrate.live.post_types import Taxonomy
from migrate.model.action import HIDDEN, Action
from migrate.model.finding import Finding, Note
from migrate.model.post import RecordRef
from migrate.model.site import Term
from migrate.plan.compare import changes
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Marks, Step
from migrate.plan.journal.history import DONE, FAILED, SiteHistory
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.persistence import is_refusal, persist
from migrate.writers.rest.rows import TERM_FIELDS, held_term
from migrate.writers.rest.term_shelf import clean

__all__ = ["TermChanges", "said"]


class _Planned(Struct):
    """A term to be changed; `said` is the mark of what the source says of it."""

    taxonomy: Taxonomy
    row: Row
    fields: dict[str, Any]
    said: bytes
    action: Action


class TermChanges:
    """Plans updates of names, places and descriptions, and carries them out.

    Of terms that an import has made or changed the journal knows what the source said then and
    what the site held: what the source says no differently is left as somebody made it there.
    """

    def __init__(
        self, connection: Connection, history: SiteHistory, options: ImportOptions, note: Note
    ) -> None:
        self._connection = connection
        self._history = history
        self._on_existing = options.on_existing
        self._create_only = options.create_only
        self._note = note
        self._planned: list[_Planned] = []
        self._applied = 0
        self._equal: list[Marks] = []

    def compare(self, taxonomy: Taxonomy, term: Term, row: Row, parent: int | None) -> None:
        """Plan the update of a term, if it needs one.

        `parent` is the number of the one above, below zero where that is yet to be made; None
        where the source doesn't say.
        """
        stated = {"name": term.name or None, "parent": parent, "description": term.description}
        fields = _differing({name: v for name, v in stated.items() if v is not None}, row)
        now = Marks(taxonomy.name, int(row["id"]), said(term), held_term(row))
        known = self._known.get((now.type, now.id))
        if not fields:
            self._equal += [now] if known is None else []
            return
        if self._create_only:
            return
        changed = known is not None and bool(known.held) and known.held != now.held
        if known and known.said == now.said:
            if changed:
                reason = "it was changed on the site since the last import"
                self._note(_finding("target-changed-on-site", taxonomy.name, row, reason))
            return
        if known and known.said and changed:
            reason = "the source and the site both changed it since the last import"
            self._note(_finding("target-conflict", taxonomy.name, row, reason))
            return
        if self._on_existing != "update":
            code = "target-conflict" if self._on_existing == "fail" else "target-term-left"
            reason = f"it is there, differing: {', '.join(fields)}"
            self._note(_finding(code, taxonomy.name, row, reason))
            return
        if not self._connection.account.may(taxonomy.capabilities.get("edit_terms", "")):
            reason = "this user may not change it"
            self._note(_finding("loss-field-refused", taxonomy.name, row, reason))
            return
        self._planned.append(
            _Planned(taxonomy, row, fields, said(term), _action(taxonomy, fields, row))
        )

    def keep_equal(self) -> None:
        """Keep the marks of terms that are as the source says, so that a later change shows."""
        self._history.keep_equal("term", self._equal)
        self._equal = []

    def planned(self) -> list[Action]:
        """Give what is going to be changed; each action goes on to say what became of it."""
        return [planned.action for planned in self._planned]

    def parents(self) -> list[int]:
        """Give the numbers of the terms that others are going to lie below."""
        return [planned.fields.get("parent", 0) for planned in self._planned]

    def apply(self, made: Callable[[list[int]], list[int]]) -> None:
        """Change what was planned, once; `made` gives the ids of terms, after making them."""
        planned, self._applied = self._planned[self._applied :], len(self._planned)
        for each in planned:
            if each.fields.get("parent", 0) < 0:
                above = made([each.fields["parent"]])
                each.fields |= {"parent": above[0]} if above else {}
            if each.fields.get("parent", 0) < 0:
                self._failed(each, "its parent couldn't be made")
            else:
                self._update(each)

    @cached_property
    def _known(self) -> dict[tuple[str, int], Marks]:
        """Return the marks of terms when both sides last agreed, as far as the journal has them."""
        equal = {(each.type, each.id): each for each in self._history.equal("term")}
        return equal | {
            (step.type, step.site_id): Marks(step.type, step.site_id, step.title, step.held)
            for step in self._history.done_to("term")
        }

    def _update(self, planned: _Planned) -> None:
        row, name, fields = planned.row, planned.taxonomy.name, planned.fields
        number = self._history.intend(
            Step(
                *("", "update", name, int(row["id"])),
                slug=marks.storable(str(row.get("slug", ""))),
                title=planned.said,
                earlier=marks.as_json({field: row.get(field) for field in fields}),
                object="term",
            )
        )
        route = planned.taxonomy.route
        try:
            stored = persist(
                partial(self._connection.post, f"{route}/{row['id']}", fields, TERM_FIELDS),
                lambda: self._changed(planned),
                self._note,
            )
        except AnswerError as error:
            if is_refusal(error):
                self._history.settle(number, FAILED)
            self._failed(planned, error.message)
            return
        self._history.settle(number, DONE, int(row["id"]), held_term(stored))
        for field in _differing(fields, stored):
            reason = f"the site stored another {field}"
            self._note(_finding("loss-field-changed", name, stored, reason))

    def _changed(self, planned: _Planned) -> Row | None:
        """Return the term if it was changed although no answer said so."""
        asked = {"include": str(planned.row["id"]), "_fields": TERM_FIELDS}
        found = self._connection.api.rows(planned.taxonomy.route, asked)
        return next((row for row in found if not _differing(planned.fields, row)), None)

    def _failed(self, planned: _Planned, reason: str) -> None:
        planned.action.verb, planned.action.reason = "failed", reason
        self._note(_finding("target-record-failed", planned.taxonomy.name, planned.row, reason))


def said(term: Term) -> bytes:
    """Return the mark of what a source says of a term."""
    stated = {"name": term.name, "parent": term.parent, "description": term.description}
    return marks.asked(stated)


def _differing(wanted: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """Return the fields in which a term isn't as wanted; `&` and `&amp;` are the same in texts."""
    return {name: v for name, v in wanted.items() if _read(name, v) != _read(name, row.get(name))}


def _read(field: str, value: Any) -> Any:
    match field:
        case "name":
            return clean(str(value))
        case "description":
            return html.unescape(str(value))
    return value


def _action(taxonomy: Taxonomy, fields: dict[str, Any], row: Row) -> Action:
    public = bool(row.get("count"))
    return Action(
        "update",
        taxonomy.name,
        id=str(row["id"]),
        slug=str(row.get("slug", "")) if public else "",
        title=clean(str(row.get("name", ""))),
        target_url=str(row.get("link", "")) if public else "",
        reason=f"differing: {', '.join(fields)}",
        public=public,
        changes=changes(tuple(fields), fields, row),
    )


def _finding(code: str, taxonomy: str, row: Row, reason: str) -> Finding:
    public = bool(row.get("count"))
    title = clean(str(row.get("name", ""))) if public else HIDDEN
    record = RecordRef(taxonomy, str(row["id"]), str(row.get("slug", "")) if public else "")
    return Finding(code, f"{taxonomy} {title}: {reason}", record=record, field=taxonomy)
