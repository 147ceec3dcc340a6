"""The journal's tables, and the number of their form."""

from __future__ import annotations

import sqlite3
from typing import Final

from migrate.errors import UsageError

__all__ = ["VERSION", "prepare", "version"]

VERSION: Final = 5
"""Kept in the file as SQLite's user_version; a file of 0 has no tables yet."""

_EQUAL: Final = """CREATE TABLE equal (
        site TEXT NOT NULL, scope TEXT NOT NULL, object TEXT NOT NULL, type TEXT NOT NULL,
        id INTEGER NOT NULL, said BLOB NOT NULL, held BLOB NOT NULL,
        PRIMARY KEY (site, scope, object, type, id)
    ) WITHOUT ROWID"""
"""Objects that are no records and were as the source says before an import asked for anything."""

_TABLES: Final = (
    # Which import it was, or the undo of which. `at` is for people: nothing is decided by a time.
    """CREATE TABLE run (
        id INTEGER PRIMARY KEY, site TEXT NOT NULL, source TEXT NOT NULL, at TEXT NOT NULL,
        undoes INTEGER NOT NULL DEFAULT 0
    )""",
    # Which post of a site a record is, and how both sides were when they last agreed. `scope` tells
    # the sources of one journal apart.
    """CREATE TABLE entry (
        site TEXT NOT NULL, scope TEXT NOT NULL, key TEXT NOT NULL, type TEXT NOT NULL,
        id INTEGER NOT NULL, slug TEXT NOT NULL, date TEXT NOT NULL, title BLOB NOT NULL,
        source_id INTEGER NOT NULL, text BLOB NOT NULL, asked BLOB NOT NULL, held BLOB NOT NULL,
        row TEXT NOT NULL, mark BLOB NOT NULL DEFAULT x'', ground BLOB NOT NULL DEFAULT x'',
        PRIMARY KEY (site, scope, key)
    ) WITHOUT ROWID""",
    "CREATE INDEX entry_by_id ON entry (site, id)",
    "CREATE INDEX entry_by_text ON entry (site, text) WHERE text <> x''",
    "CREATE INDEX entry_by_source_id ON entry (site, source_id) WHERE source_id <> 0",
    # Each request that changes the site; without outcome as long as nobody knows what came of it.
    """CREATE TABLE step (
        id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run (id), site TEXT NOT NULL,
        key TEXT NOT NULL, verb TEXT NOT NULL, type TEXT NOT NULL, site_id INTEGER NOT NULL,
        slug TEXT NOT NULL, date TEXT NOT NULL, title BLOB NOT NULL, after INTEGER NOT NULL,
        earlier TEXT NOT NULL, at TEXT NOT NULL, outcome TEXT NOT NULL,
        object TEXT NOT NULL DEFAULT 'post', held BLOB NOT NULL DEFAULT x'',
        undone INTEGER NOT NULL DEFAULT 0, scope TEXT NOT NULL DEFAULT ''
    )""",
    "CREATE INDEX step_by_key ON step (site, key)",
    "CREATE INDEX step_by_object ON step (site, object, site_id)",
    # What a type's listing said as a whole when it was last asked for: what `--quick` starts from.
    """CREATE TABLE listing (
        site TEXT NOT NULL, type TEXT NOT NULL, total INTEGER NOT NULL, newest TEXT NOT NULL,
        highest INTEGER NOT NULL, PRIMARY KEY (site, type)
    )""",
    _EQUAL,
    f"PRAGMA user_version = {VERSION}",
)


_FROM_1: Final = (
    *(f"ALTER TABLE {table} RENAME TO {table}_1" for table in ("run", "entry", "step")),
    *(f"DROP INDEX {name}" for name in ("entry_by_id", "entry_by_text", "entry_by_source_id")),
    "DROP INDEX step_open",
    *_TABLES,
    "INSERT INTO run SELECT *, 0 FROM run_1",
    """INSERT INTO entry SELECT site, '', key, type, id, slug, date, title, source_id, text, asked,
        held, '', x'', x'' FROM entry_1""",
    "INSERT INTO step SELECT *, iif(key = '', 'term', 'post'), x'', 0, '' FROM step_1",
    *(f"DROP TABLE {table}_1" for table in ("entry", "step", "run")),
)
"""From the first form, which knew neither sources nor what a step was about."""

_FROM_4: Final = (
    "ALTER TABLE entry ADD COLUMN ground BLOB NOT NULL DEFAULT x''",
    f"PRAGMA user_version = {VERSION}",
)
_FROM_3: Final = (_EQUAL, *_FROM_4)
_FROM_2: Final = ("ALTER TABLE entry ADD COLUMN mark BLOB NOT NULL DEFAULT x''", *_FROM_3)
_OURS: Final = frozenset({"run", "entry", "step"})
_CHANGES: Final = {0: _TABLES, 1: _FROM_1, 2: _FROM_2, 3: _FROM_3, 4: _FROM_4}


def prepare(database: sqlite3.Connection, path: str) -> None:
    """Make the tables, or bring them to this form; UsageError where a later version made them."""
    found = version(database, path)
    if found == VERSION:
        return
    database.execute("BEGIN IMMEDIATE")
    for statement in _CHANGES[found]:
        database.execute(statement)
    database.execute("COMMIT")


def version(database: sqlite3.Connection, path: str) -> int:
    """Return the form that the tables have, 0 where there are none.

    Raises UsageError for a later form, and for a database of another program.
    """
    (found,) = database.execute("PRAGMA user_version").fetchone()
    if found > VERSION:
        raise UsageError(
            f"the journal has the form {found}, and this version knows those up to {VERSION}",
            path=path,
            fix="Use the version of wpmigrate that wrote it, or a later one",
        )
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if found not in (*_CHANGES, VERSION) or (tables if found == 0 else not tables >= _OURS):
        raise UsageError(
            "this is a database of another program",
            path=path,
            fix="Name another file with --journal",
        )
    return int(found)
