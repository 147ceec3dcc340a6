"""Sending: one record on its way to the site, and who may have a hand in it before and after.

A Resolver turns what planning left open into what the site knows; a FollowUp does what needs the
posts to be there. `target.py` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from msgspec import Struct, field

from migrate.errors import AnswerError
from migrate.live.api import Row
from migrate.live.batch import Change
from migrate.model.action import Action
from migrate.model.post import Post
from migrate.plan.decision import Decision
from migrate.writers.rest.connection import Kind
from migrate.writers.rest.payload import Wanted, body

__all__ = ["Apart", "FollowUp", "Hands", "Resolver", "Sending", "by_kind"]


class Sending(Struct):
    """One record between planning and the journal.

    `before` is the site's post that is updated, empty for one to be made; `row` the post as stored,
    empty until then. `fields` are what the site is to hold (of an update, what differs). Where
    something of the record is missing on the site, or comes only when all records are through,
    `complete` is false: the journal then has the next run compare values. `names` are the fields
    that an update was to change; `is_whole` tells that nothing of the record is lost.

    `sent` are the fields as they go, `refused` those that the site didn't take and why; `error` is
    why it took none. `number` is the journal's for the request, `after` the highest id that was
    known before it; `tries` counts those by itself, and `twice` tells whether it was sent again.
    """

    post: Post
    decision: Decision
    kind: Kind
    wanted: Wanted
    fields: dict[str, Any]
    is_whole: bool = False
    before: Row = field(default_factory=dict)
    row: Row = field(default_factory=dict)
    names: tuple[str, ...] = ()
    complete: bool = True
    sent: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    error: AnswerError | None = None
    number: int = 0
    after: int = 0
    tries: int = 0
    twice: bool = False

    @property
    def creates(self) -> bool:
        """Tell whether it makes a post, rather than change one."""
        return not self.before

    @property
    def trashes(self) -> bool:
        """Tell whether the post goes into the trash, which is a request of its own."""
        return self.fields.get("status") == "trash"

    @property
    def size(self) -> int:
        """Give about how many bytes it holds."""
        return len(self.post.content or b"") + len(self.post.excerpt or "")

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

    def change(self, answered: str) -> Change:
        """Give the request that sends it, and asks for these fields in answer."""
        route = self.kind.route
        route = route if self.creates else f"{route}/{self.before['id']}"
        return Change(route, body(self.sent), answered)


class Apart(Protocol):
    """Carries out the plan for records that go another way than posts do, as files do."""

    def takes(self, post: Post) -> bool:
        """Tell whether a record is one of these."""

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided. Raises SiteError where the site is gone."""


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

    def work(self, batch: Sequence[Sending]) -> Callable[[], None] | None:
        """Give what of it another thread may do, while other batches are under way; it comes first.

        That touches nothing but the records themselves: neither journal nor index nor reports. It
        raises SiteError where the site is gone.
        """

    def after(self, batch: Sequence[Sending]) -> None:
        """Take records that were stored and read back, before the journal has them as settled.

        Whoever changes a post puts it into `row` as it is afterwards. Raises SiteError where the
        site is gone.
        """

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record; gives an action for what is no record's own."""


class Hands(NamedTuple):
    """All that have a hand in carrying out a plan, each in the order in which it is asked."""

    apart: Apart
    resolvers: Sequence[Resolver]
    follow_ups: Sequence[FollowUp]


def by_kind(batch: Iterable[Sending]) -> list[tuple[Kind, list[Sending]]]:
    """Return records by the kind of post that they are, in their order."""
    kinds: dict[str, tuple[Kind, list[Sending]]] = {}
    for sending in batch:
        kinds.setdefault(sending.kind.route, (sending.kind, []))[1].append(sending)
    return list(kinds.values())
