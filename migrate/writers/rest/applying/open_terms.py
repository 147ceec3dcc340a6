"""Open terms: those that a plan has yet to make, numbers below zero in a record's fields."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from migrate.model.finding import Note
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.terms import Terms

__all__ = ["OpenTerms"]


class OpenTerms:
    """A Resolver: makes the terms that records carry and the site lacks."""

    def __init__(self, terms: Terms, note: Note) -> None:
        self._terms = terms
        self._note = note

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Never: terms need no post."""
        del sending, ahead
        return False

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Put ids in place of numbers; terms that the site refused are left out."""
        for sending in batch:
            for name in sending.wanted.term_fields:
                if name in sending.fields:
                    self._make(sending, name)

    def _make(self, sending: Sending, name: str) -> None:
        numbers = sending.fields[name]
        sending.fields[name] = self._terms.ensure(numbers)
        if len(sending.fields[name]) < len(numbers):
            sending.complete = False
            reason = "a term that couldn't be made is missing"
            self._note(finding("loss-field-refused", reason, sending.post, name))
