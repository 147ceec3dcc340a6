"""Snapshot: a whole site as its companion tells it, kept on disk; of each post a few numbers."""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

from migrate.live.api import Row
from migrate.model.post import Author
from migrate.model.progress import LISTING, Watch
from migrate.model.site import Head
from migrate.output.lines import Lines
from migrate.syntax import canonical_records

__all__ = ["REVISION", "Snapshot"]

REVISION: Final = "revision"
"""The type of what a post said before."""

_FORMAT: Final = "post_format"
"""WordPress makes these terms itself, of what posts say; its own export leaves them out as well."""

_NOT_UTF8: Final = "not_utf8"
"""What the companion says beside a line that it mended; MySQL lets nothing else in."""

_TRASHED: Final = frozenset({"trash", "post-trashed"})


class Snapshot:
    """Takes the companion's lines into `lines`; `head` and `options` are what isn't posts.

    `mended` names what of these is no UTF-8 on the site, each such byte U+FFFD here.

    `trash` says whether posts and comments in the trash are kept, `spam` whether comments are that
    were marked so.
    """

    def __init__(self, lines: Lines, watch: Watch, *, trash: bool, spam: bool) -> None:
        self.lines = lines
        self._trash = trash
        self._spam = spam
        self._watch = watch
        self._starts = array("Q")
        self._ids = array("Q")
        self._marks = array("Q")
        self._types: list[str] = []
        self._posts: int | None = None
        self._authors: dict[str, Author] = {}
        self.head = Head()
        self.options: dict[str, str] = {}
        self.mended: list[str] = []
        self._mended: set[int] = set()

    def __len__(self) -> int:
        """Count the posts."""
        return len(self._starts)

    def take(self, lines: Iterable[Row]) -> None:
        """Keep all lines but those of posts that aren't wanted. Raises RecordError in the head."""
        for line in lines:
            record = line.get("record", {})
            match line.get("kind"):
                case "site":
                    self.head.site = canonical_records.site(record)
                case "author":
                    author = canonical_records.author(record)
                    self.head.authors.append(author)
                    self._authors[author.login or ""] = author
                case "term" if record.get("taxonomy") != _FORMAT:
                    self.head.terms.append(canonical_records.term(record))
                case "post" if self._is_wanted(record):
                    self._keep(line)
                case "option":
                    self.options[record["name"]] = record["value"]
            if _NOT_UTF8 in line and line["kind"] != "post":
                name = record.get("name", record.get("login", ""))
                self.mended.append(f"{line['kind']} {name}".rstrip())
        self.lines.flush()

    def take_revisions(self, lines: Iterable[Row]) -> None:
        """Keep revisions of the posts that were kept, behind these; the head has been told."""
        self._posts = last = len(self)
        for line in lines:
            if line.get("kind") == "post":
                parent = int(line["record"].get("parent") or 0)
                place = bisect_left(self._ids, parent, 0, last)
                if place < last and self._ids[place] == parent:
                    self._keep(line)
        self.lines.flush()

    def id(self, place: int) -> int:
        """Give the ID of the post at a place; they grow up to where revisions begin."""
        return self._ids[place]

    def place(self, number: int) -> int | None:
        """Give the place of the post with an ID."""
        posts = len(self) if self._posts is None else self._posts
        for first, last in ((0, posts), (posts, len(self))):
            place = bisect_left(self._ids, number, first, last)
            if place < last and self._ids[place] == number:
                return place
        return None

    def type(self, place: int) -> str:
        """Give its type."""
        return self._types[place]

    def mark(self, place: int) -> str:
        """Give a hash of all that is told of it."""
        return f"{self._marks[place]:016x}"

    def is_mended(self, place: int) -> bool:
        """Tell whether the post at a place holds bytes that are no UTF-8, each U+FFFD here."""
        return place in self._mended

    def record(self, place: int) -> Row:
        """Give the post at a place in its canonical form."""
        record: Row = self.lines.at(self._starts[place])
        return record

    def author(self, login: str) -> Author:
        """Give who has a login; of one who is no user any more it is empty."""
        return self._authors.get(login) or Author(login=login)

    def _is_wanted(self, record: Row) -> bool:
        return self._trash or record.get("status") != "trash"

    def shown(self, record: Row) -> Row:
        """Give a record without the comments that aren't wanted."""
        comments = record.get("comments")
        if comments is None:
            return record
        return record | {"comments": [each for each in comments if self._is_shown(each)]}

    def _keep(self, told: Row) -> None:
        record = self.shown(told["record"])
        if _NOT_UTF8 in told:
            self._mended.add(len(self))
        line = json.dumps(record, separators=(",", ":"), sort_keys=True).encode()
        self._starts.append(self.lines.put(line))
        self._ids.append(int(record["id"]))
        self._marks.append(int.from_bytes(blake2b(line, digest_size=8).digest()))
        self._types.append(sys.intern(record["type"]))
        self._watch(LISTING, len(self), len(self))

    def _is_shown(self, comment: dict[str, Any]) -> bool:
        approved = comment["approved"]
        if approved in _TRASHED:
            return self._trash
        return self._spam or approved != "spam"
