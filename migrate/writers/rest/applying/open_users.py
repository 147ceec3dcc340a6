"""Open users: authors that a plan has yet to make stand as numbers below zero."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from migrate.model.finding import Note
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.authors import Authors

__all__ = ["OpenUsers"]


class OpenUsers:
    """A Resolver: makes the authors of records."""

    def __init__(self, authors: Authors, note: Note) -> None:
        self._authors = authors
        self._note = note

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Never: users need no post."""
        del sending, ahead
        return False

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Put ids in place of numbers; a user that the site refused leaves the record to us."""
        for sending in batch:
            if sending.fields.get("author", 0) >= 0:
                continue
            sending.fields = self._authors.settled(sending.fields)
            if "author" in sending.fields:
                continue
            sending.complete = False
            reason = "its author couldn't be made, so it is the importing user's"
            self._note(finding("loss-field-refused", reason, sending.post, "author"))
