"""SiteIndex: which posts a site holds and which of them this run has taken, off the heap.

The rows lie in a private SQLite database that SQLite itself moves to a temporary file as it grows,
so that a site of 100,000 posts costs no memory; closing removes it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate import quick_json
from migrate.model import canonical

__all__ = ["NOWHERE", "TO_BE_MADE", "Listed", "Placed", "SiteIndex", "title_mark"]

TO_BE_MADE: Final = 0
"""The post of a record that the import has yet to make."""

NOWHERE: Final = -1
"""That of a record which isn't there and won't be: in conflict, refused or failed."""

_SCHEMA = """
    CREATE TABLE post (
        id INTEGER PRIMARY KEY, type TEXT, status TEXT, slug TEXT, date TEXT, date_gmt TEXT,
        path TEXT, link TEXT, title BLOB, parent INTEGER,
        row TEXT
    );
    CREATE TABLE taken_post (id INTEGER PRIMARY KEY, source TEXT);
    CREATE TABLE taken_key (key TEXT PRIMARY KEY, source TEXT) WITHOUT ROWID;
    CREATE TABLE taken_slug (
        type TEXT, parent INTEGER, slug TEXT, source TEXT, PRIMARY KEY (type, parent, slug)
    );
    CREATE TABLE of_source (
        type TEXT, source_id INTEGER, site_id INTEGER, key TEXT, PRIMARY KEY (type, source_id)
    );
"""

_INDICES = """
    CREATE INDEX by_path ON post (path) WHERE path <> '';
    CREATE INDEX by_slug ON post (slug, type) WHERE slug <> '';
    CREATE INDEX by_title ON post (title);
"""
"""Made when they are first asked for, since they cost as much as all the rest of keeping a post:
where nothing changed nobody asks. The same goes for all columns but the first two and the last."""

_AT_ONCE: Final = 1_000
"""Rows that are read into columns before they are written."""


class Listed(NamedTuple):
    """One post of the site as its listing tells it.

    `slug` and `path` are decoded and in lower case, `title` is its `title_mark`, `row` the JSON of
    what the listing said.
    """

    id: int
    type: str
    status: str
    slug: str
    date: str
    date_gmt: str
    path: str
    link: str
    title: bytes
    parent: int = 0
    row: str = "{}"

    @property
    def said(self) -> dict[str, Any]:
        """Give what the listing said."""
        said: dict[str, Any] = quick_json.loads(self.row)
        return said


class Placed(NamedTuple):
    """Which post a record is, TO_BE_MADE or NOWHERE, and its key in the journal."""

    site_id: int
    key: str


class SiteIndex:
    """The posts of a site, found by id, path, slug or title."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")  # nothing is ever rolled back
        self._database.executescript(_SCHEMA)
        self._has_indices = False
        self._read: dict[str, Callable[[str], Listed]] = {}
        """By type, what reads the rows of which only the text is kept so far."""

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, rows: Iterable[Listed]) -> None:
        """Add posts; one that is known already is replaced."""
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT OR REPLACE INTO post VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        self._database.execute("COMMIT")

    def add_unread(
        self, post_type: str, rows: Iterable[tuple[int, str]], read: Callable[[str], Listed]
    ) -> None:
        """Add posts of a type as ids and JSON, which `read` is given as soon as it matters."""
        self._spread(post_type)
        self._read[post_type] = read
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT OR REPLACE INTO post (type, id, row) VALUES (?, ?, ?)",
            ((post_type, *row) for row in rows),
        )
        self._database.execute("COMMIT")

    def by_id(self, post_id: int) -> Listed | None:
        """Give the post with an id."""
        return next(iter(self._find("id = ?", post_id)), None)

    def rows(self, ids: Sequence[int]) -> dict[int, str]:
        """Give the JSON of what the listing said of these posts, as far as they are there."""
        query = "SELECT id, row FROM post WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._database.execute(query, (quick_json.dumps(ids),)).fetchall())

    def row(self, post_id: int) -> dict[str, Any]:
        """Give what the listing said of a post; nothing where there is none."""
        post = self.by_id(post_id)
        return post.said if post else {}

    def newer(self, post_type: str, after: int) -> list[Listed]:
        """Give the posts of a type with an id above this one."""
        return self._find("id > ? AND type = ?", after, post_type)

    def highest_id(self, post_type: str = "") -> int:
        """Give the highest id that is known, of a type or of all; 0 where nothing is."""
        of_type = "WHERE type = ?" if post_type else ""
        query = f"SELECT coalesce(max(id), 0) FROM post {of_type}"  # noqa: S608 - literals of this file
        values = (post_type,) if post_type else ()
        (highest,) = self._database.execute(query, values).fetchone()
        return int(highest)

    def by_path(self, path: str) -> list[Listed]:
        """Give the posts that the site serves under a path."""
        return self._searched("path = ? AND path <> ''", path)

    def by_slug(self, post_type: str, slug: str) -> list[Listed]:
        """Give the posts of a type that hold a slug, those in the trash included."""
        return self._searched("slug = ? AND type = ? AND slug <> ''", slug, post_type)

    def by_title(self, post_type: str, status: str, title: str) -> list[Listed]:
        """Give the posts of a type and status with a title."""
        mark = title_mark(title)
        return self._searched("title = ? AND type = ? AND status = ?", mark, post_type, status)

    def has_longer_paths(self, post_type: str) -> bool:
        """Tell whether a published post's address is known to be more, or less, than its slug."""
        return bool(
            self._searched("type = ? AND status = 'publish' AND path <> slug LIMIT 1", post_type)
        )

    def take_post(self, post_id: int, source: str) -> str:
        """Give the record that has taken this post before, else nothing: then it is taken now."""
        return self._take("taken_post", ("id",), (post_id,), source)

    def take_slug(self, post_type: str, parent: int, slug: str, source: str) -> str:
        """Give the record that has taken this slug before, else nothing: then it is taken now.

        `parent` is 0 where posts of the type share their slugs.
        """
        columns = ("type", "parent", "slug")
        return self._take("taken_slug", columns, (post_type, parent, slug), source)

    def place(self, post_type: str, source_id: int, site_id: int, key: str) -> None:
        """Keep which post the record with this ID in the source is: TO_BE_MADE, NOWHERE or an id.

        `key` is what the journal calls it.
        """
        self._database.execute(
            "INSERT OR REPLACE INTO of_source VALUES (?, ?, ?, ?)",
            (post_type, source_id, site_id, key),
        )

    def placed(self, post_type: str, source_id: int) -> Placed | None:
        """Give which post the record with this ID in the source is; None if nobody knows yet."""
        found = self._database.execute(
            "SELECT site_id, key FROM of_source WHERE type = ? AND source_id = ?",
            (post_type, source_id),
        ).fetchone()
        return Placed(*found) if found else None

    def is_taken(self, key: str, post_id: int) -> bool:
        """Tell whether a record of this run has a key of the journal, or a post."""
        found = self._database.execute(
            "SELECT 1 FROM taken_key WHERE key = ? UNION SELECT 1 FROM taken_post WHERE id = ?",
            (key, post_id),
        )
        return found.fetchone() is not None

    def take_free(self, wanted: Mapping[str, tuple[int, str]]) -> set[str]:
        """Take the keys, and the posts with them, of which neither is taken; gives those keys.

        `wanted` has for each key its post and the record, as `take_post` has it.
        """
        keys = quick_json.dumps(list(wanted))
        query = "SELECT key FROM taken_key WHERE key IN (SELECT value FROM json_each(?))"
        taken_keys = {key for (key,) in self._database.execute(query, (keys,))}
        ids = quick_json.dumps([post_id for post_id, _ in wanted.values()])
        query = "SELECT id FROM taken_post WHERE id IN (SELECT value FROM json_each(?))"
        taken_ids = {post_id for (post_id,) in self._database.execute(query, (ids,))}
        free: dict[str, tuple[int, str]] = {}
        for key, (post_id, source) in wanted.items():
            if key not in taken_keys and post_id not in taken_ids:
                taken_ids.add(post_id)
                free[key] = post_id, source
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT INTO taken_key VALUES (?, 'taken')", ((key,) for key in free)
        )
        self._database.executemany("INSERT INTO taken_post VALUES (?, ?)", free.values())
        self._database.execute("COMMIT")
        return set(free)

    def take_key(self, key: str) -> str:
        """Give a record's key in the journal, with a number where an earlier record has it."""
        number, name = 1, key
        while self._take("taken_key", ("key",), (name,), "taken"):
            number += 1
            name = f"{key} #{number}"
        return name

    def _searched(self, condition: str, *values: object) -> list[Listed]:
        for post_type in list(self._read):
            self._spread(post_type)
        if not self._has_indices:
            self._database.executescript(_INDICES)
            self._has_indices = True
        return self._find(condition, *values)

    def _spread(self, post_type: str) -> None:
        """Fill the columns of a type's rows of which only the text is kept."""
        last, read = 0, self._read.pop(post_type, None)
        while read:
            found = self._database.execute(
                "SELECT id, row FROM post WHERE type = ? AND status IS NULL AND id > ?"
                " ORDER BY id LIMIT ?",
                (post_type, last, _AT_ONCE),
            ).fetchall()
            if not found:
                return
            last = found[-1][0]
            self.add(read(row) for _, row in found)

    def _find(self, condition: str, *values: object) -> list[Listed]:
        found = self._database.execute(
            f"SELECT * FROM (SELECT * FROM post WHERE {condition}) ORDER BY id",  # noqa: S608 - literals of this file
            values,
        )
        return [self._read[row[1]](row[-1]) if row[2] is None else Listed(*row) for row in found]

    def _take(
        self, table: str, columns: tuple[str, ...], key: tuple[object, ...], source: str
    ) -> str:
        condition = " AND ".join(f"{column} = ?" for column in columns)
        query = f"SELECT source FROM {table} WHERE {condition}"  # noqa: S608 - literals of this file
        holder = self._database.execute(query, key).fetchone()
        if holder:
            return str(holder[0])
        places = ", ".join("?" * (len(key) + 1))
        self._database.execute(f"INSERT INTO {table} VALUES ({places})", (*key, source))  # noqa: S608
        return ""


def title_mark(title: str) -> bytes:
    """Return a short stand-in for a title, the same for the same title."""
    text = canonical.dumps(title).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=12).digest()
