"""Held: all that the site holds before an import, as its companion tells it, kept on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from migrate.live.api import Row
from migrate.live.companion.snapshot import Snapshot
from migrate.live.companion.standing import Standing
from migrate.live.companion.streams import snapshot
from migrate.model import canonical
from migrate.model.progress import unwatched
from migrate.model.site import Term
from migrate.output import spool
from migrate.output.lines import Lines
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.site_index import Listed, SiteIndex, title_mark
from migrate.writers.rest.connection import Connection

__all__ = ["Held", "Site", "listed"]

_OTHERS: frozenset[str] = frozenset({"comments", "link"})
"""What changes without anyone editing the post; the companion's `Digest::whole()` leaves it out."""


class Held:
    """Records of the site by ID, its terms and users; fills the index of the connection."""

    def __init__(self, connection: Connection) -> None:
        """Raises SiteError."""
        self._stack = ExitStack()
        lines = Lines(self._stack.enter_context(spool()))
        self._snapshot = Snapshot(lines, unwatched, trash=True, spam=True)
        self._snapshot.take(snapshot(connection.api))
        self._logins = {each.login: each.id or 0 for each in self._snapshot.head.authors}
        home = connection.facts.home
        connection.index.add(listed(record, home) for record in self._records())

    def close(self) -> None:
        """Forget it all."""
        self._stack.close()

    @property
    def terms(self) -> list[Term]:
        """Give the site's terms, parents first."""
        return self._snapshot.head.terms

    def record(self, number: int) -> Row:
        """Give what the site holds of a post, in canonical form; nothing where there is none."""
        place = self._snapshot.place(number)
        return {} if place is None else self._snapshot.record(place)

    def user(self, record: Row) -> int:
        """Give the number of who wrote a record of the site, 0 for nobody."""
        return self._logins.get(record.get("author", {}).get("login", ""), 0)

    @staticmethod
    def mark(record: Row) -> bytes:
        """Give the mark of what the site holds of a post."""
        said = {name: value for name, value in record.items() if name not in _OTHERS}
        digest = hashlib.sha256(canonical.dumps(said).encode("utf-8", "surrogatepass"))
        return marks.whole(digest.hexdigest())

    def _records(self) -> Iterator[Row]:
        return (self._snapshot.record(place) for place in range(len(self._snapshot)))


@dataclass(frozen=True, slots=True)
class Site:
    """The site as it is known: what it holds, its index, its home address, its companion."""

    held: Held
    index: SiteIndex
    home: str
    companion: Standing


def listed(record: Row, home: str) -> Listed:
    """Give what the index keeps of a record of the site."""
    return Listed(
        int(record["id"]),
        record["type"],
        record["status"],
        stored.slug_of_row(record["slug"]),
        record["date"],
        record["date_gmt"],
        stored.path(record["link"], home),
        record["link"],
        title_mark(record["title"]),
        int(record.get("parent") or 0),
    )
