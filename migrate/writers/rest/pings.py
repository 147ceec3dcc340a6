"""Pings: what WordPress sends to others for a published post, which an import can't prevent."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from migrate.live.api import Row
from migrate.model.finding import Finding
from migrate.writers.rest.candidate import Candidate

__all__ = ["Pings"]

_WAY_OUT: Final = (
    "Before the import clear “Attempt to notify any blogs linked to from the post” under Settings "
    "→ Discussion and the update services under Settings → Writing, and set both again later"
)


class Pings:
    """Counts the posts for which WordPress is going to ping.

    Each time that a post of the type `post` is stored as a published one, _publish_post_hook()
    notes it down in its metas `_pingme` and `_encloseme` and schedules `do_pings`, whatever its
    ping status. Neither REST nor XML-RPC knows the option that it asks.
    """

    def __init__(self) -> None:
        self._posts = 0

    def see(self, candidate: Candidate, fields: Collection[str], row: Row) -> None:
        """Take a record into the count whose `fields` are sent; `row` is its post, if it has one.

        Custom fields and comments go another way, which stores no post.
        """
        wanted = candidate.wanted
        status = wanted.status.value if wanted.status else row.get("status")
        is_stored = any(name not in wanted.later for name in fields)
        pings = candidate.kind.type.name == "post" and status == "publish"
        self._posts += is_stored and pings

    def findings(self, home: str) -> Iterator[Finding]:
        """Give the one finding of a run about the site at `home`, if there is anything to say."""
        if self._posts:
            how_many = "a post is" if self._posts == 1 else f"{self._posts} posts are"
            message = f"{how_many} stored as published, which makes the site send pings"
            yield Finding("target-pings", message, path=home, fix=_WAY_OUT)
