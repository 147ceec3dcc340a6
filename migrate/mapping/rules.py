"""One rule of a dialect: the key, the field that it stands for, and the transform between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate.errors import RecordError
from migrate.mapping.slots import DatePair, Slot
from migrate.mapping.transforms import Transform
from migrate.model.post import Post
from migrate.syntax.values import Value


@dataclass(frozen=True, slots=True)
class Rule:
    """Reads and writes one key.

    `also` are further fields that get the same value, one-way, unless another key states them.
    A `one_way` rule is read and never written. A value that wouldn't be written as it stood is
    kept in the provenance: a date under `spelling["dates"]` by its field, any other under
    `spelling["values"]` by its key.
    """

    key: str
    field: str
    transform: Transform
    slot: Slot
    also: tuple[Slot, ...] = ()
    one_way: bool = False

    def read(self, post: Post, value: Value) -> None:
        """Put what the value states into the record; raise RecordError with the key."""
        transform = self.transform
        try:
            stated = transform.decode(value)
        except RecordError as error:
            error.field = self.key
            raise
        if stated is not None:
            self.slot.put(post, stated)
            for slot in self.also:
                if slot.get(post) is None:
                    slot.put(post, stated)
        if not (self.one_way or transform.spells(stated, value)):
            self._keep(post, value, stated)

    def write(self, post: Post, spelling: Mapping[str, Any], *, always: bool) -> Value | None:
        """Give the key's value for this record, as `spelling` has it if the record still says so.

        None leaves the key out; `always` writes it for an unset field too.
        """
        if spelling and (kept := self._kept(post, spelling)) is not None:
            return kept
        held = self.slot.get(post)
        value = None if held is None else self.transform.encode(held)
        return self.transform.blank if value is None and always else value

    def _keep(self, post: Post, value: Value, stated: Any) -> None:
        if stated is not None or value != self.transform.blank:
            place, name = self._place()
            post.provenance.spelling.setdefault(place, {})[name] = value

    def _kept(self, post: Post, spelling: Mapping[str, Any]) -> Value | None:
        """Give the value as it once stood, if the record still says the same."""
        place, name = self._place()
        kept: Value | None = spelling.get(place, {}).get(name)
        if kept is None:
            return None
        try:
            return kept if self.slot.holds(post, self.transform.decode(kept)) else None
        except RecordError:
            return None

    def _place(self) -> tuple[str, str]:
        return ("dates", self.field) if isinstance(self.slot, DatePair) else ("values", self.key)
