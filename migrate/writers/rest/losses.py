"""Losses: what of one record can't be sent, said in findings."""

from __future__ import annotations

from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.writers.rest.actions import finding

__all__ = ["Losses", "OncePerKey"]

_PER_KEY = frozenset({"loss-meta-not-registered", "loss-comment"})


class Losses:
    """Says what of one record is lost."""

    def __init__(self, post: Post, note: Note) -> None:
        self._post = post
        self._note = note

    def refused(self, field: str, reason: str) -> None:
        """Name a field that isn't sent."""
        self.note("loss-field-refused", reason, field)

    def comments(self, kind: str, what: str) -> None:
        """Name a kind of thing that is lost of comments."""
        self.note("loss-comment", f"{what} can't be sent over REST", f"comments.{kind}")

    def note(self, code: str, message: str, field: str, fix: str = "") -> None:
        """Name something else about a field."""
        self._note(finding(code, message, self._post, field, fix=fix))


class OncePerKey:
    """Lets findings through, those about a key or a kind of thing for the first record alone."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._said: set[tuple[str, str]] = set()

    def __call__(self, found: Finding) -> None:
        """Note a finding, unless it was said of another record."""
        is_meta = found.code == "loss-meta-not-registered"  # it is registered for a type
        key = (found.record.type if found.record and is_meta else "", found.field)
        if found.code in _PER_KEY:
            if key in self._said:
                return
            self._said.add(key)
        self._note(found)
