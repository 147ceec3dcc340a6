"""What a run says, put together post by post, for formats that show a post as one thing.

A run says of a post in several places what was found, and what is done with it, mostly soon after
one another: that is one row. Rows lie in a private SQLite database that SQLite itself moves to a
temporary file as it grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct, field

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Seen
from migrate.report.spooled import dumps
from migrate.report.wording import told

_SCHEMA: Final = """
    CREATE TABLE post (
        number INTEGER PRIMARY KEY, rank INTEGER DEFAULT 9,
        path TEXT, type TEXT, id TEXT, slug TEXT, UNIQUE (path, type, id, slug)
    );
    CREATE TABLE said (post INTEGER, number INTEGER PRIMARY KEY, json TEXT);
"""
_JOIN: Final = """
    CREATE INDEX said_post ON said (post);
    CREATE TEMP TABLE moved AS
        SELECT nameless.number AS number, min(named.number) AS home
        FROM post AS nameless JOIN post AS named ON named.path = nameless.path AND named.type <> ''
        WHERE nameless.type = '' GROUP BY nameless.number HAVING count(*) = 1;
    UPDATE said SET post = (SELECT home FROM moved WHERE number = said.post)
        WHERE post IN (SELECT number FROM moved);
    UPDATE post SET rank = min(rank, (SELECT m.rank FROM post AS m JOIN moved ON moved.number =
        m.number WHERE moved.home = post.number)) WHERE number IN (SELECT home FROM moved);
    DELETE FROM post WHERE number IN (SELECT number FROM moved);
"""
"""What names a file alone is about its one record, where it holds just one."""

LOSS, ERROR, WARNING, CHANGED, NOTE, UNCHANGED = range(6)
"""Ranks of posts, the one that is to be looked at first first."""

_AT_ONCE: Final = 2 * 64
"""How many posts wait to be written together: two of a run's chunks, of which each says first what
it found of its posts, and then what it does. With bodies in them they may be long."""

_RANKS: Final = {"error": ERROR, "warning": WARNING, "note": NOTE}
_VERBS: Final = {"conflict": ERROR, "failed": ERROR, "unchanged": UNCHANGED}


class PostSaid(Struct):
    """One post (or file, or what is about neither) with all that was said of it.

    `seen`, `actions` and `findings` are as the JSON report spells them; a finding has `told` too,
    its message with what was changed, and a change has `whole`.
    """

    number: int
    rank: int
    path: str
    type: str
    id: str
    slug: str
    seen: dict[str, Any] | None = None
    actions: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)


class _Waiting(Struct):
    """What was said of a post and isn't written yet."""

    rank: int = UNCHANGED
    seen: dict[str, Any] | None = None
    actions: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)


_Key = tuple[str, str, str, str]
"""Path, type, ID and slug."""


class ByPost:
    """Takes records, actions and findings as they come; gives posts at the end."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._waiting: dict[_Key, _Waiting] = {}

    def record(self, seen: Seen) -> None:
        """Take one record."""
        row = {"title": seen.title, "bodies": seen.bodies and seen.bodies._asdict()}
        self._about(seen.path, seen.ref, UNCHANGED).seen = row

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        said = finding.as_json() | {"fix": finding.way_out, "told": told(finding)}
        self._about(finding.path, finding.record, rank_of(said)).findings.append(said)

    def action(self, action: Action) -> None:
        """Take one action."""
        said = action.as_json()
        for change, shown in zip(action.changes, said["changes"], strict=True):
            shown["whole"] = change.whole
        ref = RecordRef(action.type, action.id, action.slug)
        path = action.path or action.target_url
        self._about(path, ref, _VERBS.get(action.verb, CHANGED)).actions.append(said)

    def posts(self, *, gravest_first: bool = False) -> Iterator[PostSaid]:
        """Give every post once, in the order in which they came; afterwards they are gone."""
        self._write()
        self._database.executescript(_JOIN)
        order = "p.rank, p.number" if gravest_first else "p.number"
        rows = self._database.execute(
            "SELECT p.number, p.rank, p.path, p.type, p.id, p.slug, s.json"  # noqa: S608
            f" FROM post AS p JOIN said AS s ON s.post = p.number ORDER BY {order}, s.number"
        )
        post: PostSaid | None = None
        for *key, text in rows:
            if post is None or post.number != key[0]:
                if post is not None:
                    yield post
                post = PostSaid(*key)
            seen, actions, findings = json.loads(text)
            post.seen = seen or post.seen
            post.actions += actions
            post.findings += findings
        if post is not None:
            yield post
        self._database.close()

    def _about(self, path: str, ref: RecordRef | None, rank: int) -> _Waiting:
        """Give what waits to be written of a post, which has at least this rank."""
        post_type, number, slug = ref or RecordRef()
        if ref is not None and not post_type:
            post_type = "post"
        key = path, post_type, number, slug
        found = self._waiting.get(key)
        if found is None:
            if len(self._waiting) == _AT_ONCE:
                self._write()
            found = self._waiting[key] = _Waiting()
        found.rank = min(found.rank, rank)
        return found

    def _write(self) -> None:
        """Hand on what waits: many rows at once take half the time that each would take alone."""
        waiting = [(tuple(map(_text, key)), said) for key, said in self._waiting.items()]
        self._database.executemany(
            "INSERT INTO post (path, type, id, slug, rank) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET rank = min(rank, excluded.rank)",
            [(*key, said.rank) for key, said in waiting],
        )
        self._database.executemany(
            "INSERT INTO said (post, json) SELECT number, ? FROM post"
            " WHERE path = ? AND type = ? AND id = ? AND slug = ?",
            [(dumps((said.seen, said.actions, said.findings)), *key) for key, said in waiting],
        )
        self._waiting.clear()


def rank_of(finding: dict[str, Any]) -> int:
    """Give the rank that a post has for one of its findings, as they are spelled here."""
    if finding["family"] == "loss":
        return LOSS
    return CHANGED if "before" in finding else _RANKS[finding["severity"]]


def _text(name: str) -> str:
    # SQLite takes no lone surrogates, which stand for bytes that aren't UTF-8.
    if name.isascii():
        return name
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
