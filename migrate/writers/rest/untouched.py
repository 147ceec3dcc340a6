"""Untouched: records that two marks tell to be as they were, before anything is built of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from migrate import quick_json
from migrate.live.api import Row
from migrate.model.post import Post
from migrate.plan.journal.entry import Resting
from migrate.plan.journal.history import SiteHistory
from migrate.writers.rest.actions import kind_name
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.grounds import Grounds
from migrate.writers.rest.listings import Listings
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.rows import held

__all__ = ["Same", "Untouched"]


class Same(NamedTuple):
    """A record that is as it was: its key in the journal, and its post, which is as it was too.

    `row` is what the listing says of that.
    """

    key: str
    id: int
    row: Row


class Untouched:
    """Finds them, a chunk at a time, in a few questions to the journal and the index."""

    def __init__(
        self,
        connection: Connection,
        history: SiteHistory,
        options: ImportOptions,
        listings: Listings,
        grounds: Grounds,
    ) -> None:
        self._connection = connection
        self._history = history
        self._options = options
        self._listings = listings
        self._grounds = grounds

    def among(self, posts: Sequence[Post], records: Sequence[bytes]) -> list[Same | None]:
        """Give, for each record, what is known of it where nothing changed; takes its post then.

        `records` are their marks. What the site shows a visitor, or tells a quick run, isn't enough
        for that.
        """
        if self._connection.is_visitor:
            return [None] * len(posts)
        keys = [self._options.keys.of(post) for post in posts]
        resting = self._history.resting(keys)
        alike = Counter(keys)
        found: dict[str, tuple[Kind, str]] = {}
        for post, record, key in zip(posts, records, keys, strict=True):
            if key in resting and alike[key] == 1:
                kind = self._connection.kind(kind_name(post))
                if kind and self._is_same(post, record, kind, resting[key]):
                    found[key] = kind, post.provenance.path
        rows = self._connection.index.rows([resting[key].id for key in found])
        same = {
            key: (resting[key].id, path)
            for key, (kind, path) in found.items()
            if (row := rows.get(resting[key].id)) and self._says_the_same(row, kind, resting[key])
        }
        free = self._connection.index.take_free(same)
        return [
            Same(key, number, quick_json.loads(rows[number]))
            if key in free and (number := same[key][0])
            else None
            for key in keys
        ]

    def _is_same(self, post: Post, record: bytes, kind: Kind, known: Resting) -> bool:
        status = post.status
        is_taken = status is None or status in kind.schema.statuses
        if not is_taken or self._listings.is_partial(kind):
            return False
        return self._grounds.of(post, record, kind) == known.ground

    def _says_the_same(self, row: str, kind: Kind, known: Resting) -> bool:
        """Tell whether the site says of a post what it said; mostly in the very same words."""
        if row == known.row:
            return True
        return held(quick_json.loads(row), self._connection.taxonomy_fields(kind)) == known.held
