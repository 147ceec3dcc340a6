"""Library: the attachments that a site holds, off the heap, found by what tells a file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from migrate.plan import stored
from migrate.plan.media.files import name_in

__all__ = ["Library", "file_name", "number_of", "size_of"]

_SCHEMA: Final = """
    CREATE TABLE media (
        id INTEGER PRIMARY KEY, size INTEGER, stem TEXT, slug TEXT, date TEXT, row TEXT
    );
    CREATE INDEX by_size ON media (size);
    CREATE INDEX by_stem ON media (stem);
    CREATE INDEX by_slug ON media (slug);
"""
_APPENDED: Final = re.compile(r"scaled|rotated|e\d{10,}|\d{1,3}")
_MADE: Final = re.compile(r"scaled|rotated|e\d{10,}")
_DIGITS: Final = 18  # of a number that SQLite takes, as MySQL's BIGINT about does
_LARGEST: Final = 1 << 62  # what SQLite takes; no file is as large
_NO_LETTER: Final = re.compile(r"[\W_]+")

Row = dict[str, Any]


class Library:
    """The attachments of one site, each as the row of its listing."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Add attachments; one that is known already is replaced."""
        self._database.execute("BEGIN")
        self._database.executemany(
            "INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    int(row["id"]),
                    size_of(row),
                    _stem(file_name(row)),
                    stored.slug_of_row(str(row.get("slug", ""))),
                    str(row.get("date") or "").replace("T", " "),
                    json.dumps(row),
                )
                for row in rows
            ),
        )
        self._database.execute("COMMIT")

    def by_id(self, attachment: int) -> Row | None:
        """Give the attachment with an id."""
        return next(iter(self._find("id = ?", attachment)), None)

    def by_slug(self, slug: str, date: str) -> list[Row]:
        """Give the attachments with a slug and a date."""
        return self._find("slug = ? AND date = ? AND slug <> ''", slug, date)

    def by_name(self, name: str, date: str) -> list[Row]:
        """Give the attachments of a date whose file may once have had a name."""
        found = self._find("stem = ? AND date = ?", _stem(name), date)
        return [row for row in found if _may_have_become(name, file_name(row))]

    def like(self, name: str, size: int) -> list[Row]:
        """Give the attachments that may hold a file: of its size, or of its name if none is told.

        WordPress tells none of what it has scaled down, nor up to 6.0 of anything.
        """
        return self._find("size = ? OR (size = 0 AND stem = ?)", size, _stem(name))

    def highest_id(self) -> int:
        """Give the highest id that is known, 0 where nothing is."""
        (highest,) = self._database.execute("SELECT coalesce(max(id), 0) FROM media").fetchone()
        return int(highest)

    def _find(self, condition: str, *values: object) -> list[Row]:
        found = self._database.execute(
            f"SELECT row FROM media WHERE {condition} ORDER BY id",  # noqa: S608 - literals of this file
            values,
        )
        return [json.loads(row) for (row,) in found]


def number_of(text: str) -> int:
    """Return the number of an attachment that a text is; 0 for what is none, however long."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0


def file_name(row: Row) -> str:
    """Return the name of the file that was uploaded."""
    details = row.get("media_details")
    original = details.get("original_image") if isinstance(details, dict) else None
    return str(original or name_in(str(row.get("source_url", ""))))


def size_of(row: Row) -> int:
    """Return the bytes of the file that was uploaded; 0 where the site doesn't tell."""
    details = row.get("media_details")
    if not isinstance(details, dict) or details.get("original_image"):
        return 0
    size = details.get("filesize")
    return size if isinstance(size, int) and 0 < size <= _LARGEST else 0


def _stem(name: str) -> str:
    """Return what of a name stays the same through sanitize_file_name() and its numbers."""
    first, *parts = _parts(name)
    while parts and _APPENDED.fullmatch(parts[-1]):
        parts.pop()
    return _letters([first, *parts])


def _may_have_become(name: str, held: str) -> bool:
    """Tell whether WordPress may call a file `held` that came to it as `name`.

    It appends to a name (wp_unique_filename(), scaling, editing) and takes nothing away: `a-2` is
    no `a-1`, though what is appended to both is the same.
    """
    whole, stored = _parts(name), _parts(held)
    while len(whole) > 1 and _MADE.fullmatch(whole[-1]):
        whole.pop()
    wanted = _letters(whole)
    while _letters(stored) != wanted:
        if len(stored) == 1 or not _APPENDED.fullmatch(stored.pop()):
            return False
    return True


def _parts(name: str) -> list[str]:
    return (name.rpartition(".")[0] or name).split("-")


def _letters(parts: list[str]) -> str:
    return _NO_LETTER.sub("", "".join(parts)).casefold()
