"""Applying: carries out what was decided, several batches at a time, in the order of the source.

Batches go out ahead of the answers, but each is settled when its turn comes: what is said of the
run is in the source's order, however the site answers. So no more than a few batches are held.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import Any, Final, NamedTuple

from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan.decision import Decision
from migrate.writers.rest.applying.courier import Answered, Courier
from migrate.writers.rest.applying.lookup import Lookup
from migrate.writers.rest.applying.placing import Placer
from migrate.writers.rest.applying.preparing import Preparer
from migrate.writers.rest.applying.recovery import Recovery
from migrate.writers.rest.applying.sending import Hands, Sending
from migrate.writers.rest.applying.settling import Settler
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.payload import Builder

__all__ = ["Applier"]

_LARGEST: Final = 1024 * 1024
"""Bytes of text in a batch; a single record may have more."""


_NOTHING_SENT: Final = Answered((), None, 0)


class _Batch(NamedTuple):
    """Records in source order, those that go to the site and those with which nothing is done."""

    items: Sequence[Sending | Action]
    going: Sequence[Sending]
    answer: Future[Answered] | None


class _Placed(NamedTuple):
    """A batch whose records are on the site, or not to be had there; `work` is done with them."""

    batch: _Batch
    ended: Sequence[Action | None]
    work: Future[None] | None


class Applier:
    """Does what was decided and nothing else; what fails for one record leaves the others alone."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        books: Bookkeeper,
        note: Note,
        hands: Hands,
    ) -> None:
        lookup = Lookup(connection)
        self._connection = connection
        self._lookup = lookup
        self._courier = Courier(connection)
        self._preparer = Preparer(connection, builder, books, lookup, note, hands.resolvers)
        recovery = Recovery(self._courier, lookup, note)
        self._placer = Placer(
            connection, books, lookup, note, accepts_numbers=builder.accepts_numbers
        )
        follow_ups = hands.follow_ups
        self._settler = Settler(connection, books, recovery, self._placer, note, follow_ups)
        self._hands = hands
        self._under_way: deque[_Batch] = deque()
        self._placed: deque[_Placed] = deque()
        self._ahead: set[str] = set()  # the keys of records that aren't settled yet

    def close(self) -> None:
        """Send nothing more, and wait for what is on its way."""
        self._courier.close()

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided, giving each action when it is done, in order.

        Raises SiteLost where the site went away after something was changed, SiteError before.
        """
        with self._connection.losing():
            for portion in self._portions(steps):
                yield from self._make_room(everything=not portion)
                if portion:
                    self._dispatch(portion)
            yield from self._make_room(everything=True)
            self._placer.finish()

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record. Raises as `apply`."""
        with self._connection.losing():
            for follow_up in self._hands.follow_ups:
                yield from follow_up.finish()

    def _portions(
        self, steps: Iterable[tuple[Post, Decision]]
    ) -> Iterator[Sequence[Sending | Action]]:
        """Cut the records into batches; an empty one asks that all before it be settled first."""
        portion: list[Sending | Action] = []
        for post, decision in steps:
            item = self._begin(post, decision)
            if isinstance(item, Sending) and self._preparer.must_wait(item, self._ahead):
                yield portion
                yield []
                portion = []
            elif portion and self._is_full(portion, item):
                yield portion
                portion = []
            portion.append(item)
            if isinstance(item, Sending):
                self._ahead.add(decision.key)
        if portion:
            yield portion

    def _begin(self, post: Post, decision: Decision) -> Sending | Action:
        if self._hands.apart.takes(post):
            (done,) = self._hands.apart.apply([(post, decision)])
            return done
        return self._preparer.begin(post, decision)

    def _is_full(self, portion: Sequence[Sending | Action], item: Sending | Action) -> bool:
        if len(portion) >= self._courier.pace.size:
            return True
        sendings = [each for each in (*portion, item) if isinstance(each, Sending)]
        singly = any(each.kind.route in self._settler.singly for each in sendings)
        return singly or sum(each.size for each in sendings) > _LARGEST

    def _dispatch(self, portion: Sequence[Sending | Action]) -> None:
        sendings = [item for item in portion if isinstance(item, Sending)]
        settled = self._preparer.prepare(sendings)
        ended = {id(sendings[place]): found for place, found in settled.items()}
        items = [ended.get(id(item), item) for item in portion]
        going = [item for item in items if isinstance(item, Sending)]
        sent = [sending for sending in going if not sending.row]
        answer = self._courier.send(self._lookup.changes(sent)) if sent else None
        self._under_way.append(_Batch(items, going, answer))

    def _make_room(self, *, everything: bool = False) -> Iterator[Action]:
        """Settle what is answered, until the site takes another batch, or to the end."""
        while self._under_way or self._placed:
            if self._placed and _is_done(self._placed[0].work):
                yield from self._settle_first()
            elif self._under_way and _is_done(self._under_way[0].answer):
                self._place_first()
            elif not everything and self._courier.takes_more(self._futures(), self._held()):
                return
            else:
                self._courier.wait(self._futures())

    def _place_first(self) -> None:
        batch = self._under_way[0]
        answered = batch.answer.result() if batch.answer else _NOTHING_SENT
        ended = self._settler.place(batch.going, answered, self._claimed)
        stored = [each for each, end in zip(batch.going, ended, strict=True) if end is None]
        work = self._settler.work(stored)
        self._under_way.popleft()
        self._placed.append(_Placed(batch, ended, self._courier.do(work) if work else None))

    def _settle_first(self) -> Iterator[Action]:
        batch, placed, work = self._placed[0]
        if work:
            work.result()
        settled = iter(self._settler.settle(batch.going, placed))
        self._placed.popleft()
        self._ahead -= {sending.decision.key for sending in batch.going}
        for item in batch.items:
            yield next(settled) if isinstance(item, Sending) else item

    def _claimed(self) -> set[int]:
        """Return the posts that other batches made, once all that is under way is answered."""
        said = [answer.result().said for answer in self._answers()]
        return {int(each["id"]) for batch in said for each in batch if isinstance(each, dict)}

    def _answers(self) -> list[Future[Answered]]:
        return [batch.answer for batch in self._under_way if batch.answer is not None]

    def _held(self) -> int:
        return len(self._under_way) + len(self._placed)

    def _futures(self) -> list[Future[Any]]:
        """Return all that is waited for."""
        return [*self._answers(), *(each.work for each in self._placed if each.work is not None)]


def _is_done(future: Future[Any] | None) -> bool:
    return future is None or future.done()
