"""Planned: what an undo is going to do about one deed, and how that can be told to be done."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.plan.compare import differing
from migrate.plan.journal.deeds import Deed
from migrate.writers.rest.undo.places import Place

__all__ = ["Planned", "is_done", "new_action", "ref", "surely_undone"]


class Planned(Struct):
    """What is to be done about one deed.

    `verb` is the journal's word for the request, empty where nothing has to be sent; `settled` says
    whether the deed counts as taken back then.
    """

    deed: Deed
    action: Action
    place: Place | None = None
    row: Row = field(default_factory=dict)
    verb: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    settled: bool = False
    findings: list[Finding] = field(default_factory=list)


def new_action(verb: Verb, deed: Deed, reason: str) -> Action:
    """Return what happens to the object of a deed; nothing of its text is known yet."""
    number = str(deed.site_id or "")
    return Action(verb, deed.type, path=deed.key, id=number, reason=reason, public=False)


def ref(deed: Deed) -> RecordRef:
    """Return how findings name the object of a deed."""
    return RecordRef(deed.type, str(deed.site_id or ""), "")


def is_done(planned: Planned, row: Row) -> bool:
    """Return whether the site shows that a request was carried out."""
    if planned.verb == "delete":
        return not row
    if planned.verb == "trash":
        return row.get("status") == "trash"
    return bool(row) and not differing(planned.fields, row, None)


def surely_undone(error: SiteError) -> SiteError:
    """Return the error of a request that the site shows not to have been carried out."""
    if isinstance(error, AnswerError):
        return error
    return AnswerError(error.message, status=0, code="", data={}, path=error.path)
