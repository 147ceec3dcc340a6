"""Held: what the site holds before an import; of its texts those that differ from a record's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from msgspec import Struct

from migrate.live.api import Row
from migrate.live.companion import digests
from migrate.live.companion.listing import TEXTS, Listing
from migrate.live.companion.snapshot import Snapshot
from migrate.live.companion.standing import Standing
from migrate.model.progress import unwatched
from migrate.model.site import Term
from migrate.output import spool
from migrate.output.lines import Lines
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.site_index import Listed, SiteIndex, title_mark
from migrate.writers.rest.connection import Connection

__all__ = ["Held", "Site", "listed"]

_LISTS = frozenset({"comments", "meta"})
"""What posts may have more of than records say: none that is said is held by any."""


class Held:
    """Records of the site by ID, its terms and users; fills the index of the connection."""

    def __init__(self, connection: Connection) -> None:
        """Raises SiteError."""
        self._stack = ExitStack()
        lines = Lines(self._stack.enter_context(spool()))
        self._snapshot = Snapshot(lines, unwatched, trash=True, spam=True)
        self._listing = Listing(connection.api, self._snapshot)
        self._logins = {each.login: each.id or 0 for each in self._snapshot.head.authors}
        self._index, self._home = connection.index, connection.facts.home
        self._has_revisions = False
        self._index.add(self._listed_from(0))

    def close(self) -> None:
        """Forget it all."""
        self._stack.close()

    @property
    def terms(self) -> list[Term]:
        """Give the site's terms, parents first."""
        return self._snapshot.head.terms

    def take_revisions(self) -> None:
        """Learn what posts said before, once: most sources say nothing of it. Raises SiteError."""
        if self._has_revisions:
            return
        self._has_revisions = True
        first = len(self._snapshot)
        self._listing.take_revisions()
        self._index.add(self._listed_from(first))

    def record(self, number: int) -> Row:
        """Give a post without its texts, in canonical form; nothing where there is none."""
        return self._listing.record(number)

    def before(self, number: int, fields: Iterable[str]) -> Row:
        """Give a post with the values of these fields, which an update replaces; nothing for none.

        Raises SiteError.
        """
        has_texts = not set(TEXTS).isdisjoint(fields)
        return self._listing.whole(number) if has_texts else self.record(number)

    def beside(self, pairs: Sequence[tuple[int, Row]]) -> list[Row]:
        """Give each post with the texts that the record beside it states. Raises SiteError."""
        said = (
            {name: value for name, value in record.items() if value or name not in _LISTS}
            for _, record in pairs
        )
        return self._listing.beside([(n, each) for (n, _), each in zip(pairs, said, strict=True)])

    def user(self, record: Row) -> int:
        """Give the number of who wrote a record of the site, 0 for nobody."""
        return self._logins.get(record.get("author", {}).get("login", ""), 0)

    def mark(self, number: int) -> bytes:
        """Give the mark of what the site holds of a post; empty where there is none."""
        digest = self._listing.digest(number)
        return marks.whole(digest) if digest else b""

    @staticmethod
    def mark_of(record: Row) -> bytes:
        """Give the mark of a whole record of the site."""
        return marks.whole(digests.whole(record))

    def _listed_from(self, first: int) -> Iterator[Listed]:
        places = range(first, len(self._snapshot))
        return (listed(self._snapshot.record(place), self._home) for place in places)


class Site(Struct, frozen=True):
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
        record.get("status", ""),
        stored.slug_of_row(record.get("slug", "")),
        record.get("date", ""),
        record.get("date_gmt", ""),
        stored.path(record.get("link", ""), home),
        record.get("link", ""),
        title_mark(record.get("title", "")),
        int(record.get("parent") or 0),
    )
