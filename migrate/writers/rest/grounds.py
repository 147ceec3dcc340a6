"""Grounds: one mark for all that makes a plan leave a post as it is, but what the site says of it.

Where a record has the same ground again, and the site says the same of its post, then building what
the record asks for would end where it did the last time, and say as little. So only records have
one of which that is sure: nothing in them is other records' business, or that of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from migrate import program
from migrate.model.post import Post
from migrate.plan.decision import mark
from migrate.plan.journal import marks
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.losses import Losses
from migrate.writers.rest.media.media import Media
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.payload import Builder, Wanted

__all__ = ["Grounds"]

_RESOLVED: Final = ("author", "status")


class Grounds:
    """Gives the grounds of one run's records; it asks the site for its terms and people."""

    def __init__(
        self, connection: Connection, builder: Builder, media: Media, options: ImportOptions
    ) -> None:
        self._connection = connection
        self._builder = builder
        self._media = media
        self._options = options
        self._runs: dict[str, tuple[bytes, tuple[str, ...]]] = {}

    def of(self, post: Post, record: bytes, kind: Kind) -> bytes:
        """Give the ground of a record, whose own mark is `record`; empty where it has none."""
        if not self._stands_alone(post):
            return b""
        return self._mark(record, kind, self._builder.resolved(post, kind, Losses(post, _ignore)))

    def of_asked(self, post: Post, kind: Kind, wanted: Wanted, asked: Mapping[str, Any]) -> bytes:
        """Give the same where what it asks for has been built, all that was open in it resolved."""
        late = wanted.status is not None and wanted.status.late
        if late or wanted.media or not self._stands_alone(post):
            return b""
        return self._mark(mark(post), kind, asked)

    def _stands_alone(self, post: Post) -> bool:
        takes_metas = not post.meta or self._connection.may_take_calls
        return takes_metas and not (post.parent or post.comments)

    def _mark(self, record: bytes, kind: Kind, asked: Mapping[str, Any]) -> bytes:
        if kind.type.name not in self._runs:
            names = (*_RESOLVED, *self._connection.taxonomy_fields(kind))
            self._runs[kind.type.name] = sha256(self._run(kind).encode()).digest(), names
        run, names = self._runs[kind.type.name]
        said = repr([asked.get(name) for name in names])
        return sha256(run + record + said.encode()).digest()[:16]

    def _run(self, kind: Kind) -> str:
        """Return all that counts for every record of a kind."""
        facts, media = self._connection.facts, self._options.media
        taxonomies = [
            [each.name, each.field, each.hierarchical]
            for name in sorted(kind.type.taxonomies)
            if (each := self._connection.taxonomy(name, kind))
        ]
        return marks.as_json(
            {
                "program": program.digest(),
                "site": [facts.home, facts.zone_name],
                "type": [kind.type.name, kind.type.hierarchical, sorted(kind.type.supports)],
                "fields": sorted(kind.schema.fields),
                "statuses": sorted(kind.schema.statuses),
                "meta": kind.schema.meta,
                "taxonomies": taxonomies,
                "media": [media.wanted, media.fetch, media.source_site, self._media.named()],
                "timezone": str(self._options.timezone),
            }
        )


def _ignore(_finding: object) -> None:
    """What is lost of terms was said when the ground was laid; then there would be none."""
