"""One rule of a dialect: the key, the field that it stands for, and the transform between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.people import Partly
from migrate.mapping.slots import DatePair, Slot
from migrate.mapping.transforms import Transform
from migrate.model.post import Post
from migrate.syntax.values import Value, plain

_UNFIT: Final = object()
"""What a value states that the field can't hold."""


class Rule(Struct, frozen=True):
    """Reads and writes one key.

    `also` are further fields that get the same value, one-way, unless another key states them.
    A `one_way` rule is read and never written. A value that wouldn't be written as it stood is
    kept in the provenance: a date under `spelling["dates"]` by its field, any other under
    `spelling["values"]` by its key.

    With `meta`, a value that the field can't hold, or not all of it, is a post meta of the key's
    name. An `if_needed` key is written only where the record wouldn't come back without it. A
    `derived` one follows from its field and is only written.
    """

    key: str
    field: str
    transform: Transform
    slot: Slot
    also: tuple[Slot, ...] = ()
    one_way: bool = False
    meta: bool = False
    if_needed: bool = False
    derived: bool = False

    def read(self, post: Post, value: Value) -> bool:
        """Put what the value states into the record; tell whether that is all of it.

        Raises RecordError with the key.
        """
        stated = self.stated(value)
        if isinstance(stated, Partly):
            self._put(post, stated.field)
            return False
        if stated is _UNFIT:
            return False
        self._put(post, stated)
        if not (self.one_way or self.transform.spells(stated, value)):
            self._keep(post, value, stated)
        return True

    def takes(self, post: Post, value: Value) -> bool:
        """Tell whether a meta of the key's name can't stand here: it would be read as the field."""
        try:
            stated = self.stated(value)
        except RecordError:
            return True
        if isinstance(stated, Partly):
            return not self.says_more(post, value) and self.slot.get(post) is not None
        return stated is not _UNFIT

    def says_more(self, post: Post, value: Value) -> bool:
        """Tell whether a value states what the field holds, and more than it can hold."""
        try:
            stated = self.stated(value)
        except RecordError:
            return False
        return isinstance(stated, Partly) and bool(stated.field == self.slot.get(post))

    def says_something(self, value: Value) -> bool:
        """Tell whether the field gets more from a value than that it is empty."""
        try:
            stated = self.stated(value)
        except RecordError:
            return False
        held = stated.field if isinstance(stated, Partly) else stated
        return held is not _UNFIT and bool(held)

    def stated(self, value: Value) -> Any:
        """Give what the value states; raise RecordError with the key."""
        try:
            return self.transform.decode(value)
        except RecordError as error:
            if self.meta and error.code == "mapping-value":
                return _UNFIT
            error.field = self.key
            raise

    def _put(self, post: Post, stated: Any) -> None:
        if stated is None:
            return
        self.slot.put(post, stated)
        for slot in self.also:
            if slot.get(post) is None:
                slot.put(post, stated)

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
        # Provenance is text: whether a word stood without quotes shows in what it means.
        unquoted = [plain(kept)] if isinstance(kept, str) else []
        return next((value for value in [kept, *unquoted] if self._still_says(post, value)), None)

    def _still_says(self, post: Post, value: Value) -> bool:
        try:
            return self.slot.holds(post, self.transform.decode(value))
        except RecordError:
            return False

    def _place(self) -> tuple[str, str]:
        return ("dates", self.field) if isinstance(self.slot, DatePair) else ("values", self.key)
