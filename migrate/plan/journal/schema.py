"""The journal's tables, and the number of their form."""

from __future__ import annotations

import sqlite3
from typing import Final

from migrate.errors import UsageError

__all__ = ["VERSION", "prepare", "version"]

VERSION: Final = 1
"""Kept in the file as SQLite's user_version; a file of 0 has no tables yet."""

_TABLES: Final = (
    # Which import it was. `at` is for people: nothing is decided by a time.
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL
    )""",
    # Which post of a site a record is, and how both sides were when they last agreed.
    """CREATE TABLE entry (
        site TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL, id INTEGER NOT NULL,
        slug TEXT NOT NULL, date TEXT NOT NULL, title BLOB NOT NULL, source_id INTEGER NOT NULL,
        text BLOB NOT NULL, asked BLOB NOT NULL, held BLOB NOT NULL,
        PRIMARY KEY (site, key)
    ) WITHOUT ROWID""",
    "CREATE INDEX entry_by_id ON entry (site, id)",
    "CREATE INDEX entry_by_text ON entry (site, text) WHERE text <> x''",
    "CREATE INDEX entry_by_source_id ON entry (site, source_id) WHERE source_id <> 0",
    # Each request that changes the site; without outcome as long as nobody knows what came of it.
    """CREATE TABLE step (
        id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id), site TEXT NOT NULL,
        key TEXT NOT NULL, verb TEXT NOT NULL, type TEXT NOT NULL, site_id INTEGER NOT NULL,
        slug TEXT NOT NULL, date TEXT NOT NULL, title BLOB NOT NULL, after INTEGER NOT NULL,
        earlier TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL
    )""",
    "CREATE INDEX step_open ON step (site, key) WHERE outcome = ''",
    f"PRAGMA user_version = {VERSION}",
)


def prepare(database: sqlite3.Connection, path: str) -> None:
    """Make the tables where there are none; UsageError where a later version made them."""
    if version(database, path):
        return
    database.execute("BEGIN IMMEDIATE")
    for statement in _TABLES:
        database.execute(statement)
    database.execute("COMMIT")


def version(database: sqlite3.Connection, path: str) -> int:
    """Return the form that the tables have, 0 where there are none; UsageError for a later one."""
    (found,) = database.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise UsageError(
            f"the journal has the form {found}, and this version knows those up to {VERSION}",
            path=path,
            fix="Use the version of wpmigrate that wrote it, or a later one",
        )
    return int(found)
