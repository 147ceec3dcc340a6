"""Listings: which posts of a type the site holds, asked for in full or only as far as it changed.

The quick way goes by what the journal knows of the posts that imports brought in. It asks for the
posts that were changed last, once: their times tell what is new since then, and the total whether
any went away. Whatever doesn't add up is listed in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Final

from migrate import quick_json
from migrate.errors import SiteError
from migrate.live.api import PAGE, Row
from migrate.model import dates
from migrate.model.finding import Finding, Note
from migrate.plan.journal.entry import Listing
from migrate.plan.journal.history import SiteHistory
from migrate.plan.site_index import Listed
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.rows import kept, listed, listed_fields

__all__ = ["Listings"]

_LONG_AGO: Final = "1971-01-01T00:00:00"  # rest_parse_date() takes the start of 1970 for no date
_MISSES: Final = (
    "--quick: only what the site says was changed was looked at, so terms, custom fields and "
    "stickiness that were set there aren't seen, nor fields that it takes by now, nor files with "
    "other bytes"
)


class Listings:
    """Fills the connection's index, and lets the journal know from where the next run can go on."""

    def __init__(
        self, connection: Connection, history: SiteHistory, note: Note, *, quick: bool
    ) -> None:
        self._connection = connection
        self._history = history
        self._note = note
        self._quick = quick
        self._said = False
        self._partial: set[str] = set()
        self._kinds: dict[str, Kind] = {}

    def put(self, kind: Kind) -> None:
        """Put the posts of a type into the index. Raises SiteError."""
        self._kinds[kind.type.name] = kind
        if not (self._quick and self._list_quickly(kind)):
            self._list_fully(kind)

    def complete(self, kind: Kind) -> bool:
        """List a type in full after all; tells whether that was still to be done."""
        if kind.type.name not in self._partial:
            return False
        self._list_fully(kind)
        return True

    def is_partial(self, kind: Kind) -> bool:
        """Tell whether the index has only what the journal knows of a type, and what changed."""
        return kind.type.name in self._partial

    def finish(self) -> None:
        """Keep what a quick run may start from, where nobody but this run changed anything."""
        for name, kind in self._kinds.items():
            before, verbs = self._history.listing(name), self._history.changed(name)
            if before is None or not verbs:
                continue
            entries = [entry for entry in self._history.rows(name) if entry.id in verbs]
            rows = {entry.id: quick_json.loads(entry.row) for entry in entries}
            made = [number for number in rows if "create" in verbs[number]]
            if len(rows) < len(verbs) or any(row.get("status") == "trash" for row in rows.values()):
                continue
            later = sum(_changed(row) > before.newest for row in rows.values())
            with suppress(SiteError):  # then the next quick run has more to ask
                latest, total = self._latest(kind, 1)
                as_made = total == before.total + len(made)
                if as_made and self._changed_since(kind, before.newest) == later:
                    self._keep(kind, latest, total, before)

    def _list_fully(self, kind: Kind) -> None:
        self._partial.discard(kind.type.name)
        total, newest, highest = 0, "", 0
        taxonomy_fields = self._connection.taxonomy_fields(kind)
        fields, home = listed_fields(taxonomy_fields), self._connection.facts.home

        def read(text: str) -> Listed:
            return listed(quick_json.loads(text), kind.type.name, home, text)

        def rows() -> Iterator[tuple[int, str]]:
            nonlocal total, newest, highest
            for status in ("any", "trash"):  # `any` leaves the trash out
                asked = {"context": "edit", "status": status, "_fields": fields}
                for row in self._connection.api.every(kind.route, asked):
                    number = int(row["id"])
                    highest = max(highest, number)
                    if status == "any":
                        total, newest = total + 1, max(newest, _changed(row))
                    yield number, kept(row, taxonomy_fields)

        self._connection.index.add_unread(kind.type.name, rows(), read)
        self._history.keep_listing(kind.type.name, Listing(total, newest, highest))

    def _list_quickly(self, kind: Kind) -> bool:
        """List what the journal knows of a type, and what changed; false if that isn't enough."""
        before = self._history.listing(kind.type.name)
        if before is None:
            return False
        changed: dict[int, Row] = {}
        page, total, are_all = 0, -1, False
        while not are_all:
            page += 1
            rows, total = self._latest(kind, page)
            new = [row for row in rows if _changed(row) >= before.newest]
            changed |= {int(row["id"]): row for row in new}
            are_all = len(new) < PAGE
        if total != before.total + sum(number > before.highest for number in changed):
            return False
        connection = self._connection
        known = (quick_json.loads(entry.row) for entry in self._history.rows(kind.type.name))
        connection.index.add(connection.listed(row, kind) for row in known)
        connection.index.add(connection.listed(row, kind) for row in changed.values())
        self._partial.add(kind.type.name)
        self._keep(kind, changed.values(), total, before)
        if not self._said:
            self._said = True
            self._note(Finding("target-quick", _MISSES, path=connection.facts.home))
        return True

    def _keep(self, kind: Kind, rows: Iterable[Row], total: int, before: Listing) -> None:
        newest = max([before.newest, *(_changed(row) for row in rows)])
        highest = max(before.highest, self._connection.index.highest_id())
        self._history.keep_listing(kind.type.name, Listing(total, newest, highest))

    def _latest(self, kind: Kind, page: int) -> tuple[list[Row], int]:
        """Return the posts that were changed last, and how many there are in all."""
        fields = listed_fields(self._connection.taxonomy_fields(kind))
        asked: dict[str, str | int] = {
            "context": "edit",
            "status": "any",
            "orderby": "modified",
            "order": "desc",
            "per_page": PAGE,
            "page": page,
            "_fields": fields,
        }
        return self._connection.api.counted(kind.route, asked)

    def _changed_since(self, kind: Kind, moment: str) -> int:
        """Return how many posts were changed after a moment in GMT; -1 if that can't be told."""
        wall = moment
        if moment:
            gmt = datetime.fromisoformat(moment)
            wall = dates.from_gmt(gmt, self._connection.facts.zone).isoformat()
        asked: dict[str, str | int] = {
            "context": "edit",
            "status": "any",
            "modified_after": wall or "1970-01-01T00:00:00",
            "per_page": 1,
            "_fields": "id",
        }
        return self._connection.api.counted(kind.route, asked)[1]


def _changed(row: Row) -> str:
    return str(row.get("modified_gmt") or "")
