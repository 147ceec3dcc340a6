"""Recovery: what is done where a batch got no good answer.

What may have been stored is looked up first. The rest is sent again, in halves, so that one record
over which the site stumbles doesn't hold up the others. A site that asks to wait gets the time that
it asks for, within reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.model.finding import Note
from migrate.writers.rest.applying.courier import Answered, Courier
from migrate.writers.rest.applying.lookup import Lookup
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.persistence import (
    answer_lost,
    asks_to_wait,
    is_refusal,
    is_wordpress,
    pause,
    surely_undone,
    undone,
)

__all__ = ["Claimed", "Recovery"]

_TOO_LARGE: Final = 413
_TRIES: Final = 3  # of one record by itself
_LOOKS: Final = 6
_LOST: Final = 6  # records in a row that got no answer by themselves

Claimed = Callable[[], Collection[int]]
"""Gives the ids of posts that are other records', once all that is under way is answered."""


class Recovery:
    """Has every record of a batch stored or refused in the end, or raises SiteError."""

    def __init__(self, courier: Courier, lookup: Lookup, note: Note) -> None:
        self._courier = courier
        self._lookup = lookup
        self._note = note
        self._in_vain = 0
        self._lost = 0

    def mend(self, batch: Sequence[Sending], answered: Answered, claimed: Claimed) -> None:
        """Give each record its `row`, or the `error` for which the site has none of it."""
        to_do: list[Sequence[Sending]] = []
        group, first = batch, answered.error
        while True:
            if answered.error is None:
                self._in_vain = self._lost = 0
                _take(group, answered)
            else:
                to_do += reversed(self._rest(group, answered.error, answered.seconds, claimed))
            if not to_do:
                break
            group = to_do.pop()
            for sending in group:
                sending.twice = True
            answered = self.exchange(group)
        if (
            first is not None
            and is_refusal(first)
            and len(batch) > 1
            and all(each.row for each in batch)
        ):
            self._courier.pace.without_batches()

    def exchange(self, group: Sequence[Sending]) -> Answered:
        """Send records now, and wait for the answer."""
        return self._courier.exchange(self._lookup.changes(group))

    def _rest(
        self, group: Sequence[Sending], error: SiteError, seconds: float, claimed: Claimed
    ) -> list[Sequence[Sending]]:
        """Look up what was stored, wait, and give what has to be sent again, in its portions."""
        left = list(group)
        if not surely_undone(error):
            looks = 1 if is_wordpress(error) else _LOOKS
            left = self._lookup.find(left, seconds, claimed(), looks)
        if not (is_refusal(error) or is_wordpress(error)) or _is_too_large(error):
            self._courier.stumbled()
            self._note(answer_lost(error, len(group), len(group) - len(left)))
        if not left or (len(left) == 1 and self._is_final(left[0], error)):
            return []
        self._in_vain += 1
        pause(error, self._in_vain)
        if asks_to_wait(error) or len(left) == 1:
            return [left]
        half = (len(left) + 1) // 2
        return [left[:half], left[half:]]

    def _is_final(self, sending: Sending, error: SiteError) -> bool:
        """Take an error for the record's own, where waiting and trying again won't help."""
        if asks_to_wait(error):
            return False
        sending.tries += 1
        for_good = is_refusal(error) or is_wordpress(error)
        if not for_good and sending.tries < _TRIES:
            return False
        sending.error = undone(error)
        self._lost = 0 if for_good else self._lost + 1
        if self._lost >= _LOST:
            raise SiteError(f"{_LOST} records in a row got no answer: {error.message}")
        return True


def _take(group: Sequence[Sending], answered: Answered) -> None:
    for sending, said in zip(group, answered.said, strict=True):
        if isinstance(said, AnswerError):
            sending.error = said
        else:
            sending.row = said


def _is_too_large(error: SiteError) -> bool:
    return isinstance(error, AnswerError) and error.status == _TOO_LARGE
