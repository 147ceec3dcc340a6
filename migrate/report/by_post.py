"""What a run says, put together post by post, for formats that show a post as one thing.

A run says of a post in several places what was found, and what is done with it. The rows lie in a
private SQLite database that SQLite itself moves to a temporary file as it grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

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
    CREATE TABLE said (post INTEGER, number INTEGER PRIMARY KEY, kind TEXT, json TEXT);
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

_AT_ONCE: Final = 64
"""How many rows wait to be written together; with bodies in them they may be long."""

_RANKS: Final = {"error": ERROR, "warning": WARNING, "note": NOTE}
_VERBS: Final = {"conflict": ERROR, "failed": ERROR, "unchanged": UNCHANGED}


@dataclass(slots=True)
class PostSaid:
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


class ByPost:
    """Takes records, actions and findings as they come; gives posts at the end."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self._posts: list[tuple[Any, ...]] = []
        self._waiting: list[tuple[Any, ...]] = []

    def record(self, seen: Seen) -> None:
        """Take one record."""
        row = {"title": seen.title, "bodies": seen.bodies and seen.bodies._asdict()}
        self._add("seen", seen.path, seen.ref, row, UNCHANGED)

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        said = finding.as_json() | {"fix": finding.way_out, "told": told(finding)}
        self._add("finding", finding.path, finding.record, said, rank_of(said))

    def action(self, action: Action) -> None:
        """Take one action."""
        said = action.as_json()
        for change, shown in zip(action.changes, said["changes"], strict=True):
            shown["whole"] = change.whole
        ref = RecordRef(action.type, action.id, action.slug)
        path = action.path or action.target_url
        self._add("action", path, ref, said, _VERBS.get(action.verb, CHANGED))

    def posts(self, *, gravest_first: bool = False) -> Iterator[PostSaid]:
        """Give every post once, in the order in which they came; afterwards they are gone."""
        self._write()
        self._database.executescript(_JOIN)
        order = "p.rank, p.number" if gravest_first else "p.number"
        rows = self._database.execute(
            "SELECT p.number, p.rank, p.path, p.type, p.id, p.slug, s.kind, s.json"  # noqa: S608
            f" FROM post AS p JOIN said AS s ON s.post = p.number ORDER BY {order}, s.number"
        )
        post: PostSaid | None = None
        for *key, kind, text in rows:
            if post is None or post.number != key[0]:
                if post is not None:
                    yield post
                post = PostSaid(*key)
            _put(post, kind, json.loads(text))
        if post is not None:
            yield post
        self._database.close()

    def _add(
        self, kind: str, path: str, ref: RecordRef | None, said: dict[str, Any], rank: int
    ) -> None:
        where = (_text(path), *map(_text, ref or RecordRef()))
        if ref is not None and not ref.type:
            where = (where[0], "post", *where[2:])
        self._posts.append((*where, rank))
        self._waiting.append((kind, dumps(said), *where))
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        """Hand on what waits: many rows at once take half the time that each would take alone."""
        self._database.executemany(
            "INSERT INTO post (path, type, id, slug, rank) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET rank = min(rank, excluded.rank)",
            self._posts,
        )
        self._database.executemany(
            "INSERT INTO said (post, kind, json) SELECT number, ?, ? FROM post"
            " WHERE path = ? AND type = ? AND id = ? AND slug = ?",
            self._waiting,
        )
        self._posts.clear()
        self._waiting.clear()


def rank_of(finding: dict[str, Any]) -> int:
    """Give the rank that a post has for one of its findings, as they are spelled here."""
    if finding["family"] == "loss":
        return LOSS
    return CHANGED if "before" in finding else _RANKS[finding["severity"]]


def _put(post: PostSaid, kind: str, said: dict[str, Any]) -> None:
    match kind:
        case "seen":
            post.seen = said
        case "action":
            post.actions.append(said)
        case _:
            post.findings.append(said)


def _text(name: str) -> str:
    # SQLite takes no lone surrogates, which stand for bytes that aren't UTF-8.
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
