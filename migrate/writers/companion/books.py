"""Books: tells the journal what is about to be asked of the companion, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final, NamedTuple

from migrate.live.api import Row
from migrate.model import canonical
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry, Step
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.plan.site_index import title_mark
from migrate.writers.companion.comments import agreed, in_conflict
from migrate.writers.rest.actions import kind_name

__all__ = ["MODIFIED", "Books", "Stored", "as_text"]

MODIFIED: Final = ("modified", "modified_gmt")
"""What WordPress changes with everything else."""


def as_text(value: Any) -> str:
    """Return the value of a field as the journal keeps it: lists and maps as canonical JSON."""
    return value if isinstance(value, str) else canonical.dumps(value)


class Stored(NamedTuple):
    """A post of the site: what it is recognised by, the mark of all of it, its comments before."""

    told: Row
    mark: bytes
    comments: Sequence[Row] = ()


class Books:
    """Writes the journal of one site for one run; records are in canonical form."""

    def __init__(self, history: SiteHistory) -> None:
        self._history = history

    def at_once(self) -> AbstractContextManager[None]:
        """Keep everything that is noted within a block at once, or nothing of it."""
        return self._history.at_once()

    def creating(self, key: str, record: Row, after: int) -> int:
        """Note a post that is about to be made; `after` is the highest number of the site."""
        return self._history.intend(
            Step(
                key,
                "create",
                record.get("type", "post"),
                slug=marks.storable(stored.slug_of_row(record.get("slug", ""))),
                date=record.get("date", ""),
                title=title_mark(stored.title(record.get("title", ""))),
                after=min(after, int(record.get("id", after + 1)) - 1),
            )
        )

    def updating(self, key: str, names: Iterable[str], held: Row) -> int:
        """Note what is about to be changed, with the values that it had."""
        earlier = {n: as_text(held[n]) for n in (*names, *MODIFIED) if n in held}
        return self._history.intend(
            Step(
                key,
                "update",
                held["type"],
                int(held["id"]),
                slug=marks.storable(stored.slug_of_row(held["slug"])),
                date=held["date"],
                title=title_mark(held["title"]),
                earlier=marks.as_json(earlier),
            )
        )

    def refused(self, number: int) -> None:
        """Note that a request surely wasn't carried out."""
        self._history.settle(number, FAILED)

    def agreed(
        self,
        key: str,
        post: Post,
        asked: Mapping[str, Any],
        there: Stored,
        number: int = 0,
    ) -> None:
        """Note that the site holds a record, of which `asked` is all that it asks for.

        The next import looks again at comments that are in conflict.
        """
        told = there.told
        said, known = asked.get("comments", ()), self.comments(int(told["id"]))
        stuck = [each for each, _ in in_conflict(said, there.comments, known)]
        if stuck:
            asked = {**asked, "comments": [each for each in said if each not in stuck]}
        entry = Entry(
            key,
            kind_name(post),
            int(told["id"]),
            marks.storable(stored.slug_of_row(told["slug"])),
            told["date"],
            title_mark(told["title"]),
            post.id or 0,
            marks.text(post),
            marks.asked(asked),
            there.mark,
            mark=agreed(said, stuck, known),
        )
        self._history.keep(entry, number)

    def comments(self, number: int) -> bytes:
        """Give the mark of the comments that the record of a post had when both sides agreed."""
        entry = self._history.owner(number)
        return entry.mark if entry and entry.asked and marks.is_whole(entry.held) else b""

    def put_right(self, key: str, held: bytes) -> None:
        """Note that a post was changed once more; the next import compares values."""
        entry = self._history.entry(key)
        if entry:
            self._history.keep(entry._replace(asked=b"", held=held))

    def moved(self, entry: Entry, key: str) -> None:
        """Note that a record has another key now; nothing else changed."""
        self._history.keep(entry._replace(key=key))
