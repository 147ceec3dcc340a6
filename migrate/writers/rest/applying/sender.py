"""Sending one by one: what comes after a post is stored, and what no batch can hold."""

from __future__ import annotations

from migrate.live.api import Row
from migrate.live.shapes import unshaped
from migrate.model.finding import Note
from migrate.plan.compare import differing
from migrate.writers.rest.applying.lookup import Lookup
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.payload import body
from migrate.writers.rest.persistence import persist

__all__ = ["Sender"]


class Sender:
    """Changes single posts. Every method raises SiteError where the site doesn't do it.

    An AnswerError means that it surely wasn't done.
    """

    def __init__(self, connection: Connection, lookup: Lookup, note: Note) -> None:
        self._connection = connection
        self._note = note
        self._lookup = lookup

    def update(self, kind: Kind, post_id: int, fields: Row) -> Row:
        """Change fields of a post; gives it as stored."""
        route, answered = f"{kind.route}/{post_id}", self._lookup.fields(kind)

        def changed() -> Row | None:
            row = self._row(kind, post_id)
            return None if not row or differing(fields, row, None) else row

        return persist(
            lambda: self._connection.post(route, body(fields), answered), changed, self._note
        )

    def trash(self, kind: Kind, post_id: int) -> Row:
        """Put a post into the trash; gives it as stored."""

        def trashed() -> Row | None:
            row = self._row(kind, post_id)
            return row if row.get("status") == "trash" else None

        return persist(lambda: self._delete(kind, post_id, force=False), trashed, self._note)

    def delete(self, kind: Kind, post_id: int) -> None:
        """Delete a post for good."""

        def deleted() -> Row | None:
            return None if self._row(kind, post_id) else {}

        persist(lambda: self._delete(kind, post_id, force=True), deleted, self._note)

    def _delete(self, kind: Kind, post_id: int, *, force: bool) -> Row:
        row = self._connection.delete(f"{kind.route}/{post_id}", force=force)
        if not force:
            unshaped([row], {}, self._connection.api.url(kind.route))
        return row

    def _row(self, kind: Kind, post_id: int) -> Row:
        return self._lookup.rows(kind, [post_id]).get(post_id, {})
