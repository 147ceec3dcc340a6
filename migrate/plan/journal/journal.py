"""Journal: the file in which imports keep what they did."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Self

from migrate.plan.journal import opening
from migrate.plan.journal.deeds import Deeds
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import SiteHistory
from migrate.plan.journal.keys import Keys

__all__ = ["Journal", "PastRun"]


class PastRun(NamedTuple):
    """One import that changed something, or was about to; or the undo of run `undoes`."""

    number: int
    site: str
    source: str
    at: str
    undoes: int = 0


class Journal:
    """A context manager; what a run says is in the file at once, whatever becomes of the run."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._path = path

    @classmethod
    def open(cls, path: Path, *, dry_run: bool = False) -> Self:
        """Open the journal at a path; a dry run gets a copy, and nothing is touched.

        Raises UsageError where another run holds it or it is no journal, OutputError where it can't
        be written.
        """
        return cls(opening.copied(path) if dry_run else opening.opened(path), path)

    @classmethod
    def in_memory(cls) -> Self:
        """Make an empty journal that nobody keeps."""
        return cls(opening.in_memory(), Path())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and let others have it."""
        opening.closed(self._database, self._path)

    def of_site(
        self, home: str, source: str = "", keys: Keys | None = None, undoes: int = 0
    ) -> SiteHistory:
        """Give what is known of the records of a source on the site with this home address.

        `source` is for people; `undoes` is the run that this one undoes, if it does.
        """
        return SiteHistory(self._database, self._path, home.rstrip("/"), source, keys, undoes)

    def deeds(self, home: str) -> Deeds:
        """Give what imports did to the site with this home address."""
        return Deeds(self._database, home.rstrip("/"))

    def runs(self) -> Iterator[PastRun]:
        """Give the imports, the oldest first."""
        found = self._database.execute("SELECT id, site, source, at, undoes FROM run ORDER BY id")
        return (PastRun(*row) for row in found)

    def steps(self, run: int) -> Iterator[Step]:
        """Give what one import did, in the order in which it did it."""
        found = self._database.execute(
            f"SELECT {', '.join(Step._fields)} FROM step WHERE run = ? ORDER BY id",  # noqa: S608 - names of the code
            (run,),
        )
        return (Step(*row) for row in found)
