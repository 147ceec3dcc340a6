"""Open parents: one that has yet to be made stands as its ID in the source, below zero."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.plan.site_index import SiteIndex
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.parents import Parents

__all__ = ["OpenParents", "Places"]


class OpenParents:
    """A Resolver: parents are made before their children."""

    def __init__(self, index: SiteIndex, note: Note) -> None:
        self._index = index
        self._note = note

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Tell whether the parent of a record is still on its way."""
        parent = sending.fields.get("parent", 0)
        placed = self._index.placed(sending.kind.type.name, -parent) if parent < 0 else None
        return placed is not None and placed.key in ahead

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Put the parents' ids in; one that couldn't be made is left out."""
        for sending in batch:
            parent = sending.fields.get("parent", 0)
            if parent >= 0:
                continue
            placed = self._index.placed(sending.kind.type.name, -parent)
            if placed and placed.site_id > 0:
                sending.fields["parent"] = placed.site_id
                continue
            del sending.fields["parent"]
            sending.complete = False
            message = f"its parent {-parent} couldn't be made; it goes to the top until it is"
            self._note(finding("loss-parent-missing", message, sending.post, "parent"))


class Places:
    """A FollowUp: remembers where records are, for those that come below them."""

    def __init__(self, parents: Parents) -> None:
        self._parents = parents

    def work(self, batch: Sequence[Sending]) -> None:
        """Leave nothing to other threads."""

    def after(self, batch: Sequence[Sending]) -> None:
        """Keep which post each record has become."""
        for sending in batch:
            self._parents.place(sending.post, sending.decision.key, int(sending.row["id"]))

    def finish(self) -> Iterator[Action]:
        """Do nothing."""
        return iter(())
