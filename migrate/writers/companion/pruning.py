"""Pruning where the site is seen through its companion: the same, by what that tells of posts."""

from __future__ import annotations

from migrate.live.api import Row
from migrate.model.finding import Note
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry
from migrate.plan.journal.history import SiteHistory
from migrate.writers.companion.held import Held
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.pruning import Pruner

__all__ = ["CompanionPruner"]


class CompanionPruner(Pruner):
    """Knows what is gone by the journal alone; posts go into the trash over REST."""

    def __init__(
        self,
        connection: Connection,
        options: ImportOptions,
        history: SiteHistory,
        note: Note,
        held: Held,
    ) -> None:
        super().__init__(connection, options, history, note)
        self._site = held

    def _row(self, number: int) -> Row:
        record = self._site.record(number)
        return {**record, "title": {"raw": record.get("title", "")}}

    def _is_edited(self, entry: Entry, row: Row, kind: Kind) -> bool:
        del row, kind
        known = marks.is_whole(entry.held)
        return known and entry.held != self._site.mark(entry.id)
