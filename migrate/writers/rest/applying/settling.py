"""Settling: what the site answered about a batch is looked at, put right, and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from migrate.errors import AnswerError
from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.plan.compare import changes
from migrate.writers.rest.actions import action, finding
from migrate.writers.rest.applying.courier import Answered
from migrate.writers.rest.applying.placing import Placer
from migrate.writers.rest.applying.readback import differences, done
from migrate.writers.rest.applying.recovery import Claimed, Recovery
from migrate.writers.rest.applying.refused import refused_fields
from migrate.writers.rest.applying.sending import FollowUp, Sending
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.outcome import terms_that_stay
from migrate.writers.rest.persistence import surely_undone

__all__ = ["Settler"]

_NO_BATCH: Final = "rest_batch_not_allowed"
_SERVER_ERROR: Final = 500


class Settler:
    """Brings each record of an answered batch to an end. Every method raises SiteError."""

    def __init__(
        self,
        connection: Connection,
        books: Bookkeeper,
        recovery: Recovery,
        placer: Placer,
        note: Note,
        follow_ups: Sequence[FollowUp],
    ) -> None:
        self.singly: set[str] = set()
        """Routes that take no batches."""
        self._connection = connection
        self._books = books
        self._recovery = recovery
        self._placer = placer
        self._note = note
        self._follow_ups = follow_ups

    def place(
        self, batch: Sequence[Sending], answered: Answered, claimed: Claimed
    ) -> list[Action | None]:
        """Have records stored; gives the actions of those that didn't go in, None for others.

        `claimed` gives the posts of other batches.
        """
        self._recovery.mend([each for each in batch if not each.row], answered, claimed)

        def spoken_for() -> set[int]:
            return {*claimed(), *(int(each.row["id"]) for each in batch if each.row)}

        return [self._put_right(sending, claimed, spoken_for) for sending in batch]

    def work(self, stored: Sequence[Sending]) -> list[Callable[[], None]]:
        """Give what is to be done with posts that are stored before they are settled."""
        found = [follow_up.work(stored) for follow_up in self._follow_ups]
        return [work for work in found if work]

    def settle(self, batch: Sequence[Sending], ended: Sequence[Action | None]) -> list[Action]:
        """Give what became of each record that was placed."""
        stored = [sending for sending, end in zip(batch, ended, strict=True) if end is None]
        for follow_up in self._follow_ups:
            follow_up.after(stored)
        with self._books.at_once():
            for sending in stored:
                self._keep(sending)
        return [end or self._done(each) for each, end in zip(batch, ended, strict=True)]

    def _put_right(self, sending: Sending, claimed: Claimed, spoken_for: Claimed) -> Action | None:
        """Do what an answer asks for; gives the action of a record that didn't go in."""
        try:
            self._try_again(sending, claimed)
            if sending.error:
                raise sending.error
            return self._placer.place(sending, spoken_for)
        except AnswerError as error:
            if 0 < error.status < _SERVER_ERROR:
                self._books.refused(sending.number)
            return self._failed(sending, error.message)

    def _try_again(self, sending: Sending, claimed: Claimed) -> None:
        """Send a record by itself where that may help: without what was refused of it."""
        while sending.error:
            error, refused = sending.error, refused_fields(sending.error, sending.sent)
            if error.code == _NO_BATCH:
                self.singly.add(sending.kind.route)
            elif refused:
                sending.refused |= refused
                kept = {name: held for name, held in sending.sent.items() if name not in refused}
                sending.sent = kept
            elif not sending.tries and not surely_undone(error):
                sending.error = None
                self._recovery.mend([sending], Answered((), error, 0), claimed)
                continue
            else:
                return
            sending.error = None
            self._recovery.mend([sending], self._recovery.exchange([sending]), claimed)

    def _keep(self, sending: Sending) -> None:
        asked = sending.asked if sending.complete else {}
        key, post, kind = sending.decision.key, sending.post, sending.kind
        self._books.agreed(key, post, kind, asked, sending.row, sending.number)
        stays = terms_that_stay(self._connection, post, kind, sending.wanted, sending.row)
        if asked and sending.is_whole and not any(stays):
            self._books.rests(key, post, kind, sending.wanted, asked, sending.row)

    def _done(self, sending: Sending) -> Action:
        """Name what the site made of a record, and give its action."""
        for found in differences(sending, self._connection.facts):
            self._note(found)
        if sending.creates:
            return done("create", sending)
        names = sending.names
        if not names:  # a file that it names couldn't be had, and the rest was there
            return done("unchanged", sending, "the site holds what can be had of it")
        ended = done("update", sending, f"differing: {', '.join(names)}")
        ended.changes = changes(names, sending.asked, sending.before)
        return ended

    def _failed(self, sending: Sending, reason: str) -> Action:
        self._note(finding("target-record-failed", reason, sending.post, "title"))
        return action("failed", sending.post, reason)
