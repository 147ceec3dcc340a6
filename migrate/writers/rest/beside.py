"""Beside: what posts have that isn't in their rows, asked for where records state it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.live.api import Row
from migrate.model.finding import Finding
from migrate.plan.comments import todo
from migrate.plan.compare import COMMENTS
from migrate.plan.journal.history import SiteHistory
from migrate.writers.rest import custom_fields
from migrate.writers.rest.candidate import Candidate, Rows
from migrate.writers.rest.comments import known, on_posts
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.outcome import comments_in_conflict

__all__ = ["Beside"]

_CONFLICTS = "comments in conflict"


class Beside:
    """Completes rows before they are compared: custom fields and comments."""

    def __init__(self, connection: Connection, history: SiteHistory) -> None:
        self._connection = connection
        self._history = history

    def add(self, candidates: Sequence[Candidate], rows: Rows) -> None:
        """Put into the rows of the posts that candidates may be what these say of such things."""
        if self._connection.is_visitor:
            return
        stating = [each for each in candidates if each.wanted.custom_fields]
        ids = sorted({number for each in stating for number in each.asked_for() if number in rows})
        for number, held in custom_fields.read(self._connection.ask_by_call, ids).items():
            rows[number]["custom_fields"] = custom_fields.by_key(held)
        talked = [each for each in candidates if COMMENTS in each.wanted.later]
        ids = sorted({number for each in talked for number in each.asked_for() if number in rows})
        comments = on_posts(self._connection, ids) if ids else {}
        for candidate in talked:
            for number in candidate.asked_for():
                if number in rows:
                    self._add_comments(candidate, rows[number], comments[number])

    def conflicts(self, candidate: Candidate, row: Row) -> Iterator[Finding]:
        """Name the comments that both sides changed; they are left as they are."""
        return comments_in_conflict(candidate.post, row.get(_CONFLICTS, ()))

    def _add_comments(self, candidate: Candidate, row: Row, comments: Sequence[Row]) -> None:
        past = known(self._history, candidate.recalled.key)
        found = todo(candidate.wanted.later[COMMENTS], comments, past)
        row[COMMENTS] = [each.wanted for each in found if each.is_done]
        row[_CONFLICTS] = [each.id for each in found if each.conflict]
