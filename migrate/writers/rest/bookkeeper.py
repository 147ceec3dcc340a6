"""Bookkeeping: tells the journal what is about to be asked of the site, and how both sides agree.

The words of the journal are the site's: what it is told comes from the rows that the site answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Final

from migrate.live.api import Row
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.compare import site_value
from migrate.plan.decision import mark
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry, Step
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.plan.site_index import title_mark
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.grounds import Grounds
from migrate.writers.rest.payload import Wanted
from migrate.writers.rest.rows import held

__all__ = ["Bookkeeper", "whole_mark"]

_FOLLOWING: Final = ("status", "slug", "date")
"""The fields that WordPress may change together with others."""


def whole_mark(record: bytes, status: str) -> bytes:
    """Return the mark of a record, given by its own, and of the status under which it goes in."""
    return marks.asked({"record": record.hex(), "status": status})


class Bookkeeper:
    """Writes the journal of one site for one run."""

    def __init__(self, connection: Connection, history: SiteHistory, grounds: Grounds) -> None:
        self._connection = connection
        self._grounds = grounds
        self._history = history

    def at_once(self) -> AbstractContextManager[None]:
        """Keep everything that is noted within a block at once, or nothing of it."""
        return self._history.at_once()

    def creating(self, key: str, kind: Kind, fields: Mapping[str, Any], after: int) -> int:
        """Note a post that is about to be made, with an id above `after`.

        Gives the number of the request.
        """
        return self._history.intend(
            Step(
                key,
                "create",
                kind.type.name,
                slug=marks.storable(stored.slug(fields.get("slug", ""))),
                date=fields.get("date", ""),
                title=title_mark(stored.title(fields.get("title", ""))),
                after=after,
            )
        )

    def updating(self, key: str, kind: Kind, fields: Mapping[str, Any], before: Row) -> int:
        """Note what is about to be changed, with the values that it had.

        A draft that is published gets a slug, and may get a date, though neither is sent.
        """
        named = dict.fromkeys((*fields, *_FOLLOWING))
        earlier = {name: site_value(before, name) for name in named}
        was = self._connection.listed(before, kind)
        return self._history.intend(
            Step(
                key,
                "update",
                kind.type.name,
                was.id,
                was.slug,
                was.date,
                was.title,
                earlier=marks.as_json(earlier),
            )
        )

    def refused(self, number: int) -> None:
        """Note that a request surely wasn't carried out, or that its effect was taken back."""
        self._history.settle(number, FAILED)

    def agreed(
        self,
        key: str,
        post: Post,
        kind: Kind,
        asked: Mapping[str, Any],
        row: Row,
        number: int = 0,
    ) -> None:
        """Note that the site holds a record as far as it can; `number` is that of the request.

        `asked` are all the fields that the record asks for; empty where some of that is still to be
        done, so that the next run compares values.
        """
        is_now = self._connection.listed(row, kind)
        entry = Entry(
            key,
            kind.type.name,
            is_now.id,
            marks.storable(is_now.slug),
            is_now.date,
            is_now.title,
            post.id or 0,
            marks.text(post),
            marks.asked(asked) if asked else b"",
            held(row, self._connection.taxonomy_fields(kind)),
            is_now.row,
            whole_mark(mark(post), asked.get("status", "")) if asked else b"",
        )
        self._history.keep(entry, number)

    def moved(self, entry: Entry, key: str) -> None:
        """Note that a record has another key now; nothing else changed."""
        self._history.keep(entry._replace(key=key, ground=b""))

    def rests(
        self,
        key: str,
        post: Post,
        kind: Kind,
        wanted: Wanted,
        asked: Mapping[str, Any],
        row: Row,
    ) -> None:
        """Note the ground of a record that the site holds and of which nothing is to be said."""
        ground = self._grounds.of_asked(post, kind, wanted, asked)
        if ground:
            self._history.rest(key, ground, self._connection.kept(row, kind))
