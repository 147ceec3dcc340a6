"""All terms: those of the source that no post carries are made when the posts are through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrate.model.action import Action
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.terms import Terms

__all__ = ["AllTerms"]


class AllTerms:
    """A FollowUp."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def work(self, batch: Sequence[Sending]) -> None:
        """Leave nothing to other threads."""

    def after(self, batch: Sequence[Sending]) -> None:
        """Do nothing: what posts carry is made before they are sent."""
        del batch

    def finish(self) -> Iterator[Action]:
        """Make what is still missing; the plan has the actions."""
        self._terms.ensure_all()
        return iter(())
