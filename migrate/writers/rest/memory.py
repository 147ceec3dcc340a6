"""Memory: what the journal has to say while an import is planned."""

from __future__ import annotations

from migrate.live.api import Row
from migrate.model.post import Post
from migrate.plan.journal.history import SiteHistory
from migrate.plan.journal.keys import Keys
from migrate.plan.recall import Recall, Recalled
from migrate.plan.recognise import Found, Identity, not_in_trash, recognise
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.candidate import Candidate
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.rows import held

__all__ = ["Memory"]


class Memory:
    """Recognises records by the journal first, and keeps those that the site holds already."""

    def __init__(self, connection: Connection, history: SiteHistory, keys: Keys) -> None:
        self._connection = connection
        self._recall = Recall(history, keys, connection.index)
        self._books = Bookkeeper(connection, history)

    def recall(self, post: Post, kind: Kind, identity: Identity) -> Recalled:
        """Give what the journal knows of a record."""
        return self._recall.recall(post, identity, lambda: self._connection.settle(kind))

    def found(self, identity: Identity, recalled: Recalled) -> Found:
        """Give which post a record is: by the journal, else by what exists."""
        if recalled.conflict:
            return Found(conflict=recalled.conflict)
        if recalled.post:
            return not_in_trash(identity, Found(recalled.post))
        found = recognise(identity, self._connection.index)
        others = self._recall.belongs_to_another
        likely = [post for post in found.likely if not others(recalled.key, post)]
        return found._replace(likely=tuple(likely))

    def changed_there(self, candidate: Candidate, row: Row) -> bool:
        """Tell whether the site's side changed since the last import, if that is known."""
        entry = candidate.recalled.entry
        fields = self._connection.taxonomy_fields(candidate.kind)
        return entry is not None and entry.held != held(row, fields)

    def keep(self, candidate: Candidate, row: Row) -> None:
        """Let the journal know a record that the site holds as it is."""
        key, entry = candidate.recalled.key, candidate.recalled.entry
        if not candidate.asks_the_same or entry is None:
            asked = candidate.wanted.asked
            self._books.agreed(key, candidate.post, candidate.kind, asked, row)
        elif candidate.recalled.moved:
            self._books.moved(entry, key)
