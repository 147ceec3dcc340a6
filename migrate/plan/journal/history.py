"""SiteHistory: what a journal knows of one site, and how a run adds to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Final

from migrate import quick_json
from migrate.plan.journal.entry import Entry, Listing, Marks, Resting, Step
from migrate.plan.journal.keys import Keys
from migrate.plan.journal.opening import explaining

__all__ = ["DONE", "FAILED", "TAKEN_BACK", "SiteHistory"]

DONE: Final = "done"
FAILED: Final = "failed"

TAKEN_BACK: Final = b"taken back"
"""Stands for what a record asked; no mark is equal to it."""

_BY_ID: Final = "INDEXED BY entry_by_id"
"""SQLite would rather go through all entries of the site, whose key begins the table's own."""

_ENTRY: Final = ", ".join(Entry._fields)
_STEP: Final = ", ".join(Step._fields)


class SiteHistory:
    """The entries and steps of one site, by the records' keys.

    Everything is kept at once: what was said to it is there after a kill. Raises OutputError where
    the file can't be written any more.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        path: Path,
        site: str,
        source: str = "",
        keys: Keys | None = None,
        undoes: int = 0,
    ) -> None:
        """`source` is what the run is called to people; `undoes` the run that this one undoes.

        What other sources of the journal know isn't known of the records of this one's `keys`.
        """
        self._database = database
        self._path = path
        self._site = site
        self._source = source
        self._keys = keys or Keys()
        self._undoes = undoes
        self._run = 0

    def entry(self, key: str) -> Entry | None:
        """Give what is known of a record."""
        for scope in dict.fromkeys((self._keys.scope, *self._scopes)):
            if not self._keys.is_foreign(scope):
                for entry in self._entries("scope = ? AND key = ?", scope, key):
                    return entry
        return None

    def entries(self) -> Iterator[Entry]:
        """Give all entries of this source, in the order of their keys."""
        return self._own_entries("true ORDER BY key")

    def resting(self, keys: Sequence[str]) -> dict[str, Resting]:
        """Give, by key, those of this source's records of which a plan had nothing to say.

        Not where nobody knows what came of a request.
        """
        found = self._database.execute(
            "SELECT key, id, held, row, ground FROM entry WHERE site = ? AND scope = ? AND key IN"
            " (SELECT value FROM json_each(?)) AND ground <> x'' AND NOT EXISTS (SELECT 1 FROM step"
            " WHERE step.site = entry.site AND step.key = entry.key AND outcome = '')",
            (self._site, self._keys.scope, quick_json.dumps(keys)),
        )
        return {row[0]: Resting(*row[1:]) for row in found}

    def owner(self, post_id: int) -> Entry | None:
        """Give what is known of the record that a post of the site is, whichever source's."""
        return next(self._entries("id = ?", post_id, by=_BY_ID), None)

    def is_foreign(self, entry: Entry) -> bool:
        """Tell whether an entry is of another source of this journal."""
        return self._keys.is_foreign(entry.scope)

    def alike(self, source_id: int, text: bytes) -> list[Entry]:
        """Give the entries whose record stated this ID, or had this text."""
        conditions = (
            ("source_id = ? AND source_id <> 0", source_id, "INDEXED BY entry_by_source_id"),
            ("text = ? AND text <> x''", text, "INDEXED BY entry_by_text"),
        )
        found = [self._own_entries(what, value, by=by) for what, value, by in conditions]
        return list({entry.key: entry for entry in chain(*found)}.values())

    def rows(self, post_type: str) -> Iterator[Entry]:
        """Give the entries of a type, of all sources, that know what the site's listing said."""
        return self._entries("type = ? AND row <> ''", post_type)

    def listing(self, post_type: str) -> Listing | None:
        """Give what the listing of a type said as a whole when it was last known to the end."""
        columns = ", ".join(Listing._fields)
        found = self._database.execute(
            f"SELECT {columns} FROM listing WHERE site = ? AND type = ?",  # noqa: S608 - its names
            (self._site, post_type),
        ).fetchone()
        return Listing(*found) if found else None

    def keep_listing(self, post_type: str, listing: Listing) -> None:
        """Keep what the listing of a type says as a whole."""
        with self.at_once():
            self._database.execute(
                "INSERT OR REPLACE INTO listing (site, type, total, newest, highest)"
                " VALUES (?, ?, ?, ?, ?)",
                (self._site, post_type, *listing),
            )

    def changed(self, post_type: str) -> dict[int, set[str]]:
        """Give the posts of a type that this run has changed, each with the verbs of its steps."""
        found = self._database.execute(
            "SELECT site_id, verb FROM step WHERE run = ? AND type = ? AND outcome = ?"
            " AND object = 'post'",
            (self._run, post_type, DONE),
        )
        verbs: dict[int, set[str]] = {}
        for post_id, verb in found:
            verbs.setdefault(post_id, set()).add(verb)
        return verbs

    def unanswered(self, key: str) -> Step | None:
        """Give the latest request for a record of which nobody knows what came."""
        found = self._database.execute(
            f"SELECT {_STEP} FROM step WHERE site = ? AND key = ? AND outcome = ''"  # noqa: S608 - the names of this file
            " ORDER BY id DESC",
            (self._site, key),
        )
        steps = (Step(*row) for row in found)
        return next((step for step in steps if not self._keys.is_foreign(step.scope)), None)

    def unanswered_types(self) -> list[str]:
        """Give the types of posts that may have been made without anyone knowing."""
        found = self._database.execute(
            "SELECT DISTINCT type FROM step WHERE site = ? AND outcome = ''"
            " AND verb = 'create' AND object = 'post' ORDER BY type",
            (self._site,),
        )
        return [name for (name,) in found]

    def unanswered_alike(self, step: Step) -> int:
        """Count the requests without answer, this one included, that asked for a post like it."""
        (count,) = self._database.execute(
            "SELECT count(DISTINCT key) FROM step WHERE site = ? AND outcome = ''"
            " AND (verb, type, slug, date, title) = (?, ?, ?, ?, ?)",
            (self._site, step.verb, step.type, step.slug, step.date, step.title),
        ).fetchone()
        return int(count)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Keep everything of a block, or nothing; blocks may lie within one another."""
        with explaining(self._path):
            self._database.execute("SAVEPOINT together")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK TO together")
                raise
            finally:
                self._database.execute("RELEASE together")

    def done_below(self, prefix: str) -> list[Step]:
        """Give what was done to things whose keys begin so, the latest last; undone ones aside."""
        found = self._database.execute(
            f"SELECT {_STEP} FROM step WHERE site = ? AND key >= ? AND key < ?"  # noqa: S608 - the names of this file
            f" AND outcome = '{DONE}' AND undone = 0 ORDER BY id",
            (self._site, prefix, f"{prefix}\U0010ffff"),
        )
        steps = (Step(*row) for row in found)
        return [step for step in steps if not self._keys.is_foreign(step.scope)]

    def done_to(self, kind: str) -> list[Step]:
        """Give what was done to objects of a kind, the latest last; undone requests aside."""
        found = self._database.execute(
            f"SELECT {_STEP} FROM step WHERE site = ? AND object = ?"  # noqa: S608 - the names of this file
            f" AND outcome = '{DONE}' AND undone = 0 ORDER BY id",
            (self._site, kind),
        )
        steps = (Step(*row) for row in found)
        return [step for step in steps if not self._keys.is_foreign(step.scope)]

    def equal(self, kind: str) -> list[Marks]:
        """Give the objects of a kind that were as their source says, whatever is so by now."""
        found = self._database.execute(
            "SELECT scope, type, id, said, held FROM equal WHERE site = ? AND object = ?",
            (self._site, kind),
        )
        return [Marks(*marks) for scope, *marks in found if not self._keys.is_foreign(scope)]

    def keep_equal(self, kind: str, found: Iterable[Marks]) -> None:
        """Keep that objects of a kind are as this source says."""
        with self.at_once():
            self._database.executemany(
                "INSERT OR REPLACE INTO equal (site, scope, object, type, id, said, held)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(self._site, self._keys.scope, kind, *marks) for marks in found],
            )

    def intend(self, step: Step) -> int:
        """Keep what is about to be asked of the site; gives the number to settle it by."""
        with self.at_once():
            self._start_run()
            known = {"at": _now(), "run": self._run, "site": self._site}
            values = step._asdict() | known | {"scope": step.scope or self._keys.scope}
            added = self._database.execute(
                f"INSERT INTO step ({', '.join(values)})"  # noqa: S608 - the names of this file
                f" VALUES ({', '.join(f':{name}' for name in values)})",
                values,
            )
        return int(added.lastrowid or 0)

    def settle(self, number: int, outcome: str, site_id: int = 0, held: bytes = b"") -> None:
        """Keep what came of a request; `held` is the mark of what the site says of its object."""
        with self.at_once():
            self._database.execute(
                "UPDATE step SET outcome = ?, site_id = max(site_id, ?), held = ? WHERE id = ?",
                (outcome, site_id, held, number),
            )

    def keep(self, entry: Entry, number: int = 0) -> None:
        """Keep which post a record is, in place of what was known of either; settles its requests.

        `number` is that of the request that made it so, if one did.
        """
        with self.at_once():
            if number:
                self.settle(number, DONE, entry.id, entry.held)
            self._database.execute(
                "UPDATE step SET outcome = ?, site_id = ?, held = ?"
                " WHERE site = ? AND scope = ? AND key = ? AND outcome = ''",
                (DONE, entry.id, entry.held, self._site, self._keys.scope, entry.key),
            )
            self._database.execute(
                f"DELETE FROM entry {_BY_ID} WHERE site = ? AND id = ?",  # noqa: S608 - as above
                (self._site, entry.id),
            )
            self._insert(entry)

    def rest(self, key: str, ground: bytes, row: str) -> None:
        """Keep the ground of a record that is known; what is kept of it anew has none.

        `row` is what the listing says in today's words: earlier versions put the same otherwise.
        """
        with self.at_once():
            self._database.execute(
                "UPDATE entry SET ground = ?, row = ? WHERE site = ? AND scope = ? AND key = ?",
                (ground, row, self._site, self._keys.scope, key),
            )

    def take_back(self, number: int, steps: Iterable[int], of: Step, held: bytes) -> None:
        """Keep that requests were taken back by another one; 0 where nothing was left to do.

        `of` names their object, and `held` is the mark of it as it is then, empty where it is gone.
        Of a post that is there the journal goes on to know the record, but not what it asked: the
        next import compares values.
        """
        with self.at_once():
            if number:
                self.settle(number, DONE, of.site_id, held)
            self._database.executemany(
                "UPDATE step SET undone = 1, outcome = ?, site_id = max(site_id, ?) WHERE id = ?",
                [(DONE, of.site_id, step) for step in steps],
            )
            self._database.execute(  # those of an undo that was cut off
                "UPDATE step SET outcome = ? WHERE site = ? AND object = ? AND site_id = ?"
                " AND outcome = ''",
                (DONE, self._site, of.object, of.site_id),
            )
            place = (self._site, of.site_id)
            if of.object == "post" and held:
                self._database.execute(
                    f"UPDATE entry {_BY_ID} SET asked = ?, held = x'', row = ''"  # noqa: S608 - as above
                    " WHERE site = ? AND id = ?",
                    (TAKEN_BACK, *place),
                )
            elif of.object == "post":
                self._database.execute(
                    f"DELETE FROM entry {_BY_ID} WHERE site = ? AND id = ?",  # noqa: S608 - as above
                    place,
                )

    def learn(self, entries: Iterable[Entry]) -> None:
        """Take over what a lock knows, as far as the journal doesn't know better."""
        known = {entry.key: entry for entry in entries}
        with self.at_once():
            for entry in known.values():
                owner = self.owner(entry.id)
                if self.entry(entry.key):
                    continue
                if owner is None:
                    self._insert(entry)
                elif owner.key not in known and not self.is_foreign(owner):  # renamed by another
                    self._database.execute(
                        f"UPDATE entry {_BY_ID} SET scope = ?, key = ?"  # noqa: S608 - as above
                        " WHERE site = ? AND id = ?",
                        (self._keys.scope, entry.key, self._site, entry.id),
                    )

    @cached_property
    def _scopes(self) -> list[str]:
        """Return the sources that the journal has entries of, without going through all of these.

        The primary key begins with them. No other run writes into the journal while this one does.
        """
        found = self._database.execute(
            "WITH RECURSIVE known (scope) AS (SELECT min(scope) FROM entry WHERE site = :site"
            " UNION ALL SELECT (SELECT min(scope) FROM entry WHERE site = :site"
            " AND scope > known.scope) FROM known WHERE scope IS NOT NULL)"
            " SELECT scope FROM known WHERE scope IS NOT NULL",
            {"site": self._site},
        )
        return [scope for (scope,) in found]

    def _insert(self, entry: Entry) -> None:
        places = ", ".join("?" * (len(entry) + 1))
        self._database.execute(
            f"INSERT OR REPLACE INTO entry (site, {_ENTRY}) VALUES ({places})",  # noqa: S608 - the names of this file
            (self._site, *entry._replace(scope=self._keys.scope)),
        )

    def _own_entries(self, condition: str, *values: object, by: str = "") -> Iterator[Entry]:
        found = self._entries(condition, *values, by=by)
        return (entry for entry in found if not self._keys.is_foreign(entry.scope))

    def _entries(self, condition: str, *values: object, by: str = "") -> Iterator[Entry]:
        found = self._database.execute(
            f"SELECT {_ENTRY} FROM entry {by} WHERE site = ? AND {condition}",  # noqa: S608 - literals of this file
            (self._site, *values),
        )
        return (Entry(*row) for row in found)

    def _start_run(self) -> None:
        if not self._run:
            added = self._database.execute(
                "INSERT INTO run (site, source, at, undoes) VALUES (?, ?, ?, ?)",
                (self._site, self._source, _now(), self._undoes),
            )
            self._run = int(added.lastrowid or 0)


def _now() -> str:
    return datetime.now(UTC).isoformat(" ", "seconds")
