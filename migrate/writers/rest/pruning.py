"""Pruning: posts that earlier imports brought in, and whose records are gone from the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate.errors import AnswerError, UsageError
from migrate.live.answer import mapping
from migrate.live.api import Row
from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import RecordRef
from migrate.plan.decision import Decision
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry, Step
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.plan.recall import is_its_post
from migrate.writers.rest.actions import is_public
from migrate.writers.rest.applying.lookup import Lookup
from migrate.writers.rest.applying.sender import Sender
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.rows import held

__all__ = ["Pruner"]

_GONE = "its record is gone from the source"
_EDITED = f"{_GONE}, but someone changed it on the site since the last import"
_DELETE = "Delete it on the site, or bring the record back"


class Pruner:
    """Knows what is gone by the journal and the lock alone; what others made is never touched."""

    def __init__(
        self, connection: Connection, options: ImportOptions, history: SiteHistory, note: Note
    ) -> None:
        self._connection = connection
        self._options = options
        self._history = history
        self._note = note
        self._sender = Sender(connection, Lookup(connection), note)

    def plan(self, *, whole: bool) -> Iterator[tuple[Action, Decision]]:
        """Give the posts to put into the trash; without --prune they are named and stay.

        Every record has to have been planned before. `whole` says that none was left out or
        couldn't be read. Raises UsageError where it then can't be told what is gone.
        """
        if not whole and self._options.keys.wxr_site:
            if self._options.prune:
                raise UsageError(
                    "--prune: some of the source was left out or couldn't be read, so what is "
                    "gone from it can't be told",
                    fix="Mend the source and leave out the filters, or leave out --prune",
                )
            return
        for entry in list(self._history.entries()):
            if self._is_gone(entry):
                yield from self._plan_one(entry)

    def remove(self, planned: Iterable[tuple[Action, Decision]]) -> Iterator[Action]:
        """Put posts into the trash, giving each action when it is done. Raises SiteError."""
        for action, decision in planned:
            kind = self._connection.kind(action.type)
            if kind is not None:
                yield self._remove(action, decision, kind)

    def _is_gone(self, entry: Entry) -> bool:
        keys, index = self._options.keys, self._connection.index
        if not keys.is_of_source(entry) or index.is_taken(entry.key, entry.id):
            return False
        return bool(keys.wxr_site) or keys.is_gone(entry.key)

    def _plan_one(self, entry: Entry) -> Iterator[tuple[Action, Decision]]:
        kind = self._connection.kind(entry.type)
        post = self._connection.index.by_id(entry.id)
        if kind is None or post is None or post.status == "trash" or not is_its_post(entry, post):
            return
        row = self._row(entry.id)
        edited = self._is_edited(entry, row, kind)
        if not self._options.prune or edited:
            code = "target-conflict" if self._options.prune else "target-record-gone"
            fix = _DELETE if self._options.prune else ""
            self._note(self._finding(code, _EDITED if edited else _GONE, entry, fix))
            return
        done = Action(
            "delete",
            entry.type,
            path=entry.key,
            id=str(entry.id),
            slug=post.slug,
            title=str(mapping(row.get("title")).get("raw", "")),
            target_url=post.link,
            reason=f"{_GONE}: into the trash",
            public=is_public(row),
        )
        held_now = self._held(row, kind)[:16]
        yield (
            done,
            Decision("delete", b"", entry.id, key=entry.key, public=done.public, state=held_now),
        )

    def _remove(self, action: Action, decision: Decision, kind: Kind) -> Action:
        row = self._row(decision.site_id)
        earlier = {"status": row.get("status")}
        step = Step(decision.key, "trash", action.type, decision.site_id)
        number = self._history.intend(step._replace(earlier=marks.as_json(earlier)))
        try:
            row = self._sender.trash(kind, decision.site_id)
        except AnswerError as error:
            if 0 < error.status < 500:  # noqa: PLR2004 - HTTP's own boundary
                self._history.settle(number, FAILED)
            entry = Entry(decision.key, action.type, decision.site_id)
            self._note(self._finding("target-record-failed", error.message, entry))
            action.verb, action.reason = "failed", error.message
            return action
        self._history.take_back(number, [], step, self._held(row, kind))
        return action

    def _row(self, number: int) -> Row:
        """Return what the site says of a post."""
        return self._connection.index.row(number)

    def _is_edited(self, entry: Entry, row: Row, kind: Kind) -> bool:
        known = entry.held and not marks.is_whole(entry.held)
        return bool(known) and entry.held != self._held(row, kind)

    def _held(self, row: Row, kind: Kind) -> bytes:
        return held(row, self._connection.taxonomy_fields(kind))

    def _finding(self, code: str, message: str, entry: Entry, fix: str = "") -> Finding:
        ref = RecordRef(entry.type, str(entry.id), "")
        return Finding(code, message, path=entry.key, record=ref, fix=fix)
