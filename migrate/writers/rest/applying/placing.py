"""Placing: is what was stored the post that it was to become, by slug and status, and only once?"""

from __future__ import annotations

from typing import Final

from migrate.errors import AnswerError
from migrate.live.answer import plain_text
from migrate.live.api import Row
from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.plan import stored
from migrate.writers.rest.actions import action, finding
from migrate.writers.rest.applying.lookup import Lookup
from migrate.writers.rest.applying.readback import became_another
from migrate.writers.rest.applying.recovery import Claimed
from migrate.writers.rest.applying.sender import Sender
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection, Kind

__all__ = ["Placer"]

_ANOTHER_SLUG: Final = "The site refuses the slug by its own rules: give the record another one"


class Placer:
    """Puts right what a single request more puts right. Every method raises SiteError."""

    def __init__(
        self,
        connection: Connection,
        books: Bookkeeper,
        lookup: Lookup,
        note: Note,
        *,
        accepts_numbers: bool,
    ) -> None:
        """With `accepts_numbers` a post may keep a slug to which WordPress added a number."""
        self._connection = connection
        self._books = books
        self._lookup = lookup
        self._sender = Sender(connection, lookup, note)
        self._note = note
        self._accepts_numbers = accepts_numbers
        self._twice: list[tuple[Kind, int, int]] = []

    def place(self, sending: Sending, claimed: Claimed) -> Action | None:
        """See to slug and trash; gives the action of a post that was taken back.

        `claimed` gives the posts of other records that aren't placed yet.
        """
        if sending.creates:
            self._keep_one(sending, claimed)
            self._connection.index.add([self._connection.listed(sending.row, sending.kind)])
        if became_another(sending.sent, sending.row) and not self._accepts(sending):
            if sending.creates:
                return self._take_back(sending)
            sending.row, sending.complete = self._old_slug(sending), False
        if sending.trashes:
            sending.row = self._sender.trash(sending.kind, int(sending.row["id"]))
        return None

    def _keep_one(self, sending: Sending, claimed: Claimed) -> None:
        """Delete all but one of the posts that a request made which came late and was sent again.

        The one that has the slug as it was asked for is kept.
        """
        if not sending.twice:
            return
        kind, after, others = sending.kind, sending.after, claimed()
        twins = self._lookup.twins(kind, sending.row, after)
        made = [sending.row, *(twin for twin in twins if int(twin["id"]) not in others)]
        kept = min(made, key=lambda row: (became_another(sending.sent, row), int(row["id"])))
        for row in made:
            if row is not kept:
                self._sender.delete(kind, int(row["id"]))
        sending.row = kept
        self._twice.append((kind, int(kept["id"]), after))

    def _take_back(self, sending: Sending) -> Action:
        """Delete a post that came out with another slug than it should have."""
        post, row = sending.post, sending.row
        became = f"the site gave it the slug {plain_text(str(row.get('slug', '')))} instead"
        try:
            self._sender.delete(sending.kind, int(row["id"]))
        except AnswerError as error:
            reason = f"{became}, and post {row['id']} couldn't be deleted: {error.message}"
            raise AnswerError(reason, status=0, code="", data={}, path=error.path) from error
        self._books.refused(sending.number)
        reason = f"{became}, so it was taken back"
        self._note(finding("target-conflict", reason, post, "slug", fix=_ANOTHER_SLUG))
        return action("conflict", post, reason)

    def _accepts(self, sending: Sending) -> bool:
        """Tell whether a post may have the slug that the site gave it: its own with a number."""
        slug = stored.slug(sending.sent.get("slug", ""))
        held = stored.slug_of_row(str(sending.row.get("slug", "")))
        return self._accepts_numbers and stored.numbered(slug, held)

    def _old_slug(self, sending: Sending) -> Row:
        """Give a post its former slug back, since the new one is taken."""
        del sending.fields["slug"], sending.sent["slug"]
        reason = "the site didn't take the new slug, so it keeps the former one"
        self._note(finding("target-conflict", reason, sending.post, "slug", fix=_ANOTHER_SLUG))
        slug = {"slug": sending.before["slug"]}
        return self._sender.update(sending.kind, int(sending.before["id"]), slug)

    def finish(self) -> None:
        """Look once more for posts that were made twice: a request may have arrived very late."""
        for kind, post_id, after in self._twice:
            row = self._lookup.rows(kind, [post_id]).get(post_id)
            for twin in self._lookup.twins(kind, row, after) if row else ():
                self._sender.delete(kind, int(twin["id"]))
        self._twice = []
