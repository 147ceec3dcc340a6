"""Late metas: custom fields, sent over XML-RPC once their posts are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import DONE, SiteHistory
from migrate.writers.rest import custom_fields
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.custom_fields import Field, Rows

__all__ = ["LateMetas"]


class LateMetas:
    """A FollowUp."""

    def __init__(self, connection: Connection, history: SiteHistory, note: Note) -> None:
        self._connection = connection
        self._history = history
        self._note = note

    def work(self, batch: Sequence[Sending]) -> Callable[[], None] | None:
        """Send the custom fields of new posts, of which nothing has to be kept for an undo."""
        late = _late(sending for sending in batch if sending.creates)
        return (lambda: self._store(late, {})) if late else None

    def after(self, batch: Sequence[Sending]) -> None:
        """Send the custom fields of updated posts, and compare what the site then holds of all."""
        changed = _late(sending for sending in batch if not sending.creates)
        if changed:
            before = custom_fields.read(self._connection.ask_by_call, list(changed))
            steps = self._intend(changed, before)
            self._store(changed, before)
            for number, post_id in steps.items():
                self._history.settle(number, DONE, post_id)
        for sending in _late(batch).values():
            self._compare(sending, custom_fields.of_fields(sending.later))

    def finish(self) -> Iterator[Action]:
        """Do nothing: no custom field waits for other records."""
        return iter(())

    def _store(self, late: Mapping[int, Sending], before: Mapping[int, Sequence[Field]]) -> None:
        """Have posts hold their fields, and keep with them what they hold then."""
        ask, change = self._connection.ask_by_call, self._connection.change_by_call
        wanted = {post_id: custom_fields.of_fields(each.later) for post_id, each in late.items()}
        held = custom_fields.store(ask, change, wanted, before)
        for post_id, sending in late.items():
            sending.row = sending.row | {"custom_fields": custom_fields.by_key(held[post_id])}

    def _intend(
        self, late: Mapping[int, Sending], before: Mapping[int, Sequence[Field]]
    ) -> dict[int, int]:
        """Keep what posts had that were there before; what was made goes away with its post."""
        steps: dict[int, int] = {}
        for post_id, sending in late.items():
            held = custom_fields.by_key(before[post_id])
            sending.before = sending.before | {"custom_fields": held}
            keys = custom_fields.of_fields(sending.later)
            step = Step(
                sending.decision.key,
                "update",
                sending.kind.type.name,
                post_id,
                earlier=marks.as_json({key: held.get(key, []) for key in keys}),
                object="meta",
            )
            steps[self._history.intend(step)] = post_id
        return steps

    def _compare(self, sending: Sending, wanted: Rows) -> None:
        held = sending.row["custom_fields"]
        for key, rows in wanted.items():
            if held.get(key, []) != rows:
                message = f"the site stored another meta {key}"
                self._note(finding("loss-field-changed", message, sending.post, key))


def _late(batch: Iterable[Sending]) -> dict[int, Sending]:
    """Return the records that have custom fields to be sent, by their posts."""
    return {int(each.row["id"]): each for each in batch if custom_fields.of_fields(each.later)}
