"""Undoing through the companion: posts of any type, and options, as an import left them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.api import Row
from migrate.live.companion import ROUTES
from migrate.live.companion.streams import Option, options, posts
from migrate.plan.journal.deeds import Deed
from migrate.plan.journal.entry import Step
from migrate.writers.companion.books import MODIFIED, as_text
from migrate.writers.companion.held import Held
from migrate.writers.companion.sender import Sender
from migrate.writers.companion.site_options import held_mark, line, name_of
from migrate.writers.rest.connection import Connection

__all__ = ["CompanionOptions", "CompanionPosts"]

_NOTHING: Final[Mapping[str, str | int]] = {}
_COMMENTS: Final = "comments"
_LISTS: Final = frozenset({"author", "comments", "meta", "terms"})


class CompanionPosts:
    """A Place of the undo: posts of one type; media know no trash.

    A row is a record in canonical form with its lists and maps as text, and as it is in `record`.
    """

    route = f"{ROUTES}/records"
    fields = ""
    told = _NOTHING

    def __init__(self, connection: Connection, post_type: str) -> None:
        self._connection = connection
        self._sender = Sender(connection, _say_nothing, fast=False)
        self.has_trash = post_type != "attachment"

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Give those that the site holds, the trash included, by id."""
        return {int(record["id"]): _row(record) for record in posts(self._connection.api, ids)}

    def held(self, row: Row) -> bytes:
        """Give the mark by which a later change is seen."""
        return Held.mark_of(row["record"])

    def look_for(self, deeds: Iterable[Deed]) -> None:
        """Know everything already."""

    def made_by(self, step: Step) -> int:
        """Tell none: `Undo` compares the posts of several requests at once."""
        del step
        return 0

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        """Give a post earlier values; gives it as it is then. Raises SiteError."""
        now = self.rows([site_id])[site_id]["record"]
        record = {n: json.loads(text) if n in _LISTS else text for n, text in fields.items()}
        for name, key in (("meta", "key"), ("terms", "taxonomy")):
            if name in record:
                kept = {row[key] for row in record[name]}
                gone = {row[key] for row in now[name]} - kept
                record[name] += [{key: each} for each in sorted(gone)]
        if _COMMENTS in record:
            record[_COMMENTS] = self._earlier_comments(now, record[_COMMENTS])
        if record:
            record = {name: now[name] for name in MODIFIED} | record
            line = {"key": self._sender.key(str(site_id)), "id": str(site_id), "record": record}
            self._sender.send([line])
            if _COMMENTS in record:  # the one thing that is made
                self._sender.end()
        return self.rows([site_id]).get(site_id, {})

    def title(self, row: Row) -> tuple[str, bool]:
        """Give what people call one, and whether visitors see that."""
        return str(row["title"]), row["status"] == "publish" and not row["password"]

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        """Say nothing: whoever names a post by its number isn't asked."""
        del site_id, leaving
        return ""

    def _earlier_comments(self, now: Row, earlier: list[Row]) -> list[Row]:
        """Delete the comments that weren't there before; gives what the others were."""
        known = {each["id"] for each in earlier}
        for comment in reversed(now[_COMMENTS]):
            if comment["id"] not in known:
                self._connection.delete(f"wp/v2/comments/{comment['id']}", force=True)
        there = {comment["id"] for comment in now[_COMMENTS]}
        return [each | {"there": each["id"]} for each in earlier if each["id"] in there]


class CompanionOptions:
    """A Place of the undo: the site's options, which know no trash and whose values nobody sees.

    A row is an option's `id`, `name` and `value`.
    """

    route = f"{ROUTES}/options"
    fields = ""
    has_trash = False
    told = _NOTHING

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sender = Sender(connection, _say_nothing, fast=False)
        self._names: dict[int, str] = {}

    def look_for(self, deeds: Iterable[Deed]) -> None:
        """Learn what they are called, by which alone the site is asked for them."""
        self._names |= {deed.site_id: name_of(deed.key) for deed in deeds}

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Give those that the site holds, by id; one that was made anew is another one."""
        names = [self._names[number] for number in ids]
        found = options(self._connection.api, names)
        return {
            held.id: {"id": str(held.id), "name": name, "value": held.value}
            for name, held in found.items()
            if held.id in ids
        }

    def held(self, row: Row) -> bytes:
        """Give the mark by which a later change is seen."""
        return held_mark(Option(int(row["id"]), row["value"]))

    def made_by(self, step: Step) -> int:
        """Give the option of that name; 0 where there is none."""
        held = options(self._connection.api, [step.slug]).get(step.slug)
        return held.id if held else 0

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        """Give an option its earlier value; gives it as it is then. Raises SiteError."""
        name = self._names[site_id]
        (told,) = self._sender.send([line(self._sender, name, fields["value"])])
        if told.get("status") == "failed":
            raise SiteError(str(told.get("error", "")), path=self._connection.facts.home)
        return {"id": str(told["id"]), "name": name, "value": str(told["value"])}

    def title(self, row: Row) -> tuple[str, bool]:
        """Give its name; no visitor sees what it holds."""
        return str(row["name"]), False

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        """Say nothing: WordPress has a default for an option that is gone."""
        del site_id, leaving
        return ""


def _row(record: Row) -> Row:
    return {name: as_text(value) for name, value in record.items()} | {"record": record}


def _say_nothing(_finding: object) -> None:
    """An undo says itself what became of a request."""
