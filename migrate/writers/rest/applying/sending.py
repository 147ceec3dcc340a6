"""Sending: one record on its way to the site, and who may have a hand in it before and after.

A Resolver turns what planning left open into what the site knows; a FollowUp does what needs the
posts to be there. `target.py` lists them in the order in which they are asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from migrate.live.api import Row
from migrate.model.action import Action
from migrate.model.post import Post
from migrate.plan.decision import Decision
from migrate.writers.rest.connection import Kind
from migrate.writers.rest.payload import Wanted

__all__ = ["FollowUp", "Resolver", "Sending"]


@dataclass(slots=True)
class Sending:
    """One record between planning and the journal.

    `before` is the site's post that is updated, empty for one to be made; `row` the post as stored,
    empty until then. `fields` are those that are sent (of an update, what differs). Where something
    of the record is missing on the site, or comes only when all records are through, `complete` is
    false: the journal then has the next run compare values.
    """

    post: Post
    decision: Decision
    kind: Kind
    wanted: Wanted
    fields: dict[str, Any]
    before: Row = field(default_factory=dict)
    row: Row = field(default_factory=dict)
    complete: bool = True

    @property
    def later(self) -> dict[str, Any]:
        """Give what is sent once the post is there, of an update what differs."""
        if self.decision.verb == "create":
            return self.wanted.later
        names = [name for name in self.decision.fields if name in self.wanted.later]
        return {name: self.wanted.later[name] for name in names}

    @property
    def asked(self) -> dict[str, Any]:
        """Give all that the record asks for, what was open in it resolved."""
        return self.wanted.asked | self.fields


class Resolver(Protocol):
    """Turns what is open in the fields of records into ids, addresses and the like."""

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Tell whether a record needs one that is `ahead` (their keys) to be stored first."""

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Change the `fields` of records that are about to be sent.

        What can't be resolved is taken out and noted, and the record isn't `complete` then.
        Raises SiteError where the site is gone.
        """


class FollowUp(Protocol):
    """Does what needs posts to be there: metas by another way, late parents, comments."""

    def after(self, batch: Sequence[Sending]) -> None:
        """Take records that were stored and read back, before the journal has them as settled.

        Whoever changes a post puts it into `row` as it is afterwards. Raises SiteError where the
        site is gone.
        """

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record; gives an action for what is no record's own."""
