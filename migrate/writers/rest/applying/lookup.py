"""Looking up: what the site holds of records for which no good answer came.

WordPress may have stored them all the same, and may still be at it: what is believed is what two
looks, a growing pause apart, agree on.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.live.batch import Change
from migrate.plan import stored
from migrate.plan.compare import differing, site_value
from migrate.writers.rest.applying.sending import Sending, by_kind
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.rows import answered_fields, fetch, stored_fields

__all__ = ["Lookup"]

_PAUSE: Final = 0.5  # seconds at least, doubled each time
_SLOWER: Final = 5
"""How much longer than a look at some posts storing one may take."""
_LONGEST_PAUSE: Final = 10.0


class Lookup:
    """Asks a site for what it made of requests."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(
        self, batch: Sequence[Sending], seconds: float, claimed: Collection[int], looks: int
    ) -> list[Sending]:
        """Give those records their `row` that the site holds; gives the others.

        `seconds` is how long the answer was waited for: a slow site is looked at for longer, but
        not more than so many `looks`. Posts that are `claimed` (ids) are other records'.
        """
        pause = min(max(_PAUSE, 2 * seconds / len(batch)), _LONGEST_PAUSE)
        before: list[int] | None = None
        for look in range(looks):
            start = time.monotonic()
            self._look(batch, claimed)
            pause = max(pause, _SLOWER * (time.monotonic() - start))
            found = [int(sending.row.get("id", 0)) for sending in batch]
            if all(found) or found == before or look == looks - 1:
                break
            before = found
            time.sleep(min(pause * 2**look, _LONGEST_PAUSE))
        return [sending for sending in batch if not sending.row]

    def twins(self, kind: Kind, row: Row, after: int) -> list[Row]:
        """Give other posts like this one that nobody knows yet, made by the same request."""
        texts = {name: site_value(row, name) for name in ("title", "content", "date")}
        others = (other for other in self._newer(kind, after) if other["id"] != row["id"])
        return [other for other in others if not differing(texts, other, None)]

    def rows(self, kind: Kind, ids: Sequence[int]) -> dict[int, Row]:
        """Give posts with all raw values, by id."""
        with _or_lost():
            return fetch(self._connection.api, kind.route, ids, self.fields(kind))

    def changes(self, batch: Iterable[Sending]) -> list[Change]:
        """Give the requests that send records, each answered with what is read back."""
        return [sending.change(self._answered(sending)) for sending in batch]

    def fields(self, kind: Kind) -> str:
        """Give the `_fields` of what is read back of posts of a kind."""
        return stored_fields(self._connection.taxonomy_fields(kind))

    def _answered(self, sending: Sending) -> str:
        """Return the `_fields` of an answer; of a new post that gets no excerpt, none is asked."""
        held = sending.sent.items()
        sent = {n for n, value in held if value or n != "excerpt" or not sending.creates}
        taxonomy_fields = self._connection.taxonomy_fields(sending.kind)
        return answered_fields(taxonomy_fields, sent, has_metas=bool(sending.kind.schema.meta))

    def _look(self, batch: Sequence[Sending], claimed: Collection[int]) -> None:
        for kind, sendings in by_kind(batch):
            changed = [sending for sending in sendings if not sending.creates]
            rows = self.rows(kind, [int(sending.before["id"]) for sending in changed])
            for sending in changed:
                row = rows.get(int(sending.before["id"]), {})
                sending.row = row if row and not differing(sending.sent, row, None) else {}
            self._made([sending for sending in sendings if sending.creates], claimed)

    def _made(self, created: Sequence[Sending], claimed: Collection[int]) -> None:
        """Find new posts among those that nobody knows yet; the same texts tell best."""
        if not created:
            return
        after = min(sending.after for sending in created)
        new = {
            int(row["id"]): row
            for row in reversed(list(self._newer(created[0].kind, after)))
            if int(row["id"]) not in claimed
        }
        for sending in created:
            sending.row = {}
        for fits in (_same_texts, _same_place):
            for sending in created:
                if not sending.row:
                    found = next((key for key, row in new.items() if fits(sending, row)), 0)
                    sending.row = new.pop(found, {})

    def _newer(self, kind: Kind, after: int) -> Iterator[Row]:
        """Give the posts above an id that aren't known yet."""
        with _or_lost():
            for row in self._connection.newer(kind, after, self.fields(kind)):
                if self._connection.index.by_id(int(row["id"])) is None:
                    yield row


@contextmanager
def _or_lost() -> Iterator[None]:
    """Let an error of a question be no record's own: nothing is known then of any of them."""
    try:
        yield
    except AnswerError as error:
        raise SiteError(error.message, path=error.path) from error


def _same_texts(sending: Sending, row: Row) -> bool:
    """Return whether a post holds what was sent of title and content, and the date that was."""
    names = ("title", "content", "date", "date_gmt")
    sent = {name: sending.sent[name] for name in names if name in sending.sent}
    return not differing({"title": "", "content": "", **sent}, row, None)


def _same_place(sending: Sending, row: Row) -> bool:
    """Return whether a post has the slug that was sent, or the title and date: kses cuts texts."""
    slug = stored.slug(sending.sent.get("slug", ""))
    if slug:
        return slug == stored.slug_of_row(str(row.get("slug", "")))
    date = sending.sent.get("date", "")
    same_title = not differing({"title": sending.sent.get("title", "")}, row, None)
    return bool(date) and same_title and date == site_value(row, "date")
