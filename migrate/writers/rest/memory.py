"""Memory: what the journal has to say while an import is planned."""

from __future__ import annotations

from collections.abc import Callable

from migrate.live.api import Row
from migrate.model.post import Post
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry
from migrate.plan.journal.history import SiteHistory
from migrate.plan.journal.keys import Keys
from migrate.plan.recall import Recall, Recalled
from migrate.plan.recognise import Found, Identity, not_in_trash, recognise
from migrate.writers.rest.beside import Beside
from migrate.writers.rest.bookkeeper import Bookkeeper, whole_mark
from migrate.writers.rest.candidate import Candidate
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.listings import Listings
from migrate.writers.rest.rows import held
from migrate.writers.rest.untouched import Untouched

__all__ = ["Memory"]


class Memory:
    """Recognises records by the journal first, and keeps those that the site holds already.

    `beside` completes what is known of the site's posts, `untouched` finds the records that nobody
    need look into again.
    """

    def __init__(
        self,
        connection: Connection,
        history: SiteHistory,
        keys: Keys,
        listings: Listings,
        books: Bookkeeper,
        untouched: Untouched,
    ) -> None:
        self.beside = Beside(connection, history)
        self.untouched = untouched
        self._connection = connection
        self._history = history
        self._keys = keys
        self._listings = listings
        self._recall = Recall(history, keys, connection.index)
        self._books = books

    def recall(self, post: Post, kind: Kind, identity: Identity) -> Recalled:
        """Give what the journal knows of a record; of one that it doesn't know the site has to."""
        if self._listings.is_partial(kind):
            key = self._keys.of(post)
            entry = self._history.entry(key)
            if entry is None or not entry.row or self._history.unanswered(key):
                self._listings.complete(kind)
        return self._recall.recall(post, identity, self._settle)

    def unchanged(
        self, post: Post, record: bytes, kind: Kind, status_of: Callable[[Post], str]
    ) -> Entry | None:
        """Give what is known of a record that a quick run needn't look at any further.

        `record` is its mark, `status_of` gives the status under which it would go in. Neither it
        nor its post changed then, as far as that shows in the listing.
        """
        key, index = self._keys.of(post), self._connection.index
        if not self._listings.is_partial(kind) or index.is_taken(key, 0):
            return None
        entry = self._history.entry(key)
        if entry is None or entry.key != key or entry.mark != whole_mark(record, status_of(post)):
            return None
        row = index.row(entry.id)
        if self._history.unanswered(key) or not row or index.is_taken("", entry.id):
            return None
        if entry.held != held(row, self._connection.taxonomy_fields(kind)):
            return None
        index.take_key(key)
        index.take_post(entry.id, post.provenance.path)
        return entry

    def found(self, identity: Identity, recalled: Recalled) -> Found:
        """Give which post a record is: by the journal, else by what exists."""
        if recalled.conflict:
            return Found(conflict=recalled.conflict)
        if recalled.post and recalled.taken_back:
            return Found(recalled.post)  # in the trash too: it was us who put it there
        if recalled.post:
            return not_in_trash(identity, Found(recalled.post))
        found = recognise(identity, self._connection.index)
        others = self._recall.belongs_to_another
        likely = [post for post in found.likely if not others(recalled.key, post)]
        return found._replace(likely=tuple(likely))

    def changed_there(self, candidate: Candidate, row: Row) -> bool:
        """Tell whether the site's side changed since the last import, if that is known.

        A visitor never knows: the journal keeps what an editor sees.
        """
        if self._connection.is_visitor:
            return False
        entry = candidate.recalled.entry
        fields = self._connection.taxonomy_fields(candidate.kind)
        return entry is not None and entry.held != held(row, fields)

    def state(self, candidate: Candidate, row: Row | None = None) -> bytes:
        """Give the mark of what a record asks, and of what the site's listing says of its post."""
        fields = self._connection.taxonomy_fields(candidate.kind)
        held_now = held(row, fields).hex() if row else ""
        return marks.asked({"asked": candidate.wanted.asked, "held": held_now})[:16]

    def keep(self, candidate: Candidate, row: Row, *, rests: bool) -> None:
        """Let the journal know a record that the site holds as it is.

        It `rests` where there was nothing to say of it: nobody need look into it again as long as
        both sides stay as they are.
        """
        key, entry = candidate.recalled.key, candidate.recalled.entry
        wanted = candidate.wanted
        if not candidate.asks_the_same or entry is None:
            self._books.agreed(key, candidate.post, candidate.kind, wanted.asked, row)
        elif candidate.recalled.moved:
            self._books.moved(entry, key)
        if rests:
            self._books.rests(key, candidate.post, candidate.kind, wanted, wanted.asked, row)

    def _settle(self) -> None:
        """Have the index hold what the site made of an earlier run's requests, whatever their type.

        They came in batches: while it is at posts of one type, nothing changes about the others.
        """
        found = (self._connection.kind(name) for name in self._history.unanswered_types())
        self._connection.settle([kind for kind in found if kind])
