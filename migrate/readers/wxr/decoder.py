"""An element's children become the values of a row, as one of the tables of WXR says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from migrate.readers.wxr.repair import Notes
from migrate.syntax import wxr, wxr_text
from migrate.syntax.wxr_elements import Column, Table
from migrate.syntax.wxr_markup import Element, Markup, attributes
from migrate.syntax.wxr_names import Names

ZERO_DATES: Final = (wxr.ZERO_DATE, "-0001-11-30 00:00:00", "")
"""How a date that isn't there is written: by MySQL, by PHP that formats it, and by leaving out."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,20}")
_FLAGS: Final = {"1": True, "0": False, "": False}
_QUOTED: Final = ("the item", "the channel")
"""Of what has unknown elements a message quotes them: a row may be a comment that waits."""

_HIDDEN: Final = re.compile(rb"<!--.*?-->|<\?.*?\?>|(<(?:!--|\?).*+)", re.DOTALL)
"""A comment or an instruction; as the group one without end, and all that stands behind it."""


class Child(Struct, frozen=True):
    """An element with its name as WordPress spells it, and the names in force inside it."""

    name: str
    element: Element
    names: Names


class Decoder:
    """Reads elements of one piece of a file and says what is odd about them.

    `removed` is what a provenance says was taken out of the texts: field → {offset: characters}.
    """

    def __init__(self, markup: Markup, notes: Notes, removed: dict[str, dict[str, str]]) -> None:
        """Make one for a piece."""
        self.markup = markup
        self.notes = notes
        self._removed = removed
        self._guessed: dict[str, int] = {}

    @cached_property
    def _look_for_controls(self) -> bool:
        return wxr.has_forbidden(self.markup.data)

    def between(
        self, tags: tuple[int, int], places: tuple[int, int], names: Names
    ) -> Iterator[Child]:
        """Give the elements among these tags, which stand between these two places.

        Text that stands between elements is noted, and left out.
        """
        done, end = places
        for element in self.markup.elements(*tags):
            self._note_stray(done, element.tag.start)
            done = element.end
            yield self._child(element, names)
        self._note_stray(done, end)

    def row(self, parent: Child, table: Table, prefix: str) -> tuple[dict[str, Any], list[Child]]:
        """Give a row's values by field, and the children that its table doesn't name."""
        values: dict[str, Any] = {}
        others: list[Child] = []
        element = parent.element
        places = (element.inner_start, element.inner_end)
        for child in self.between((element.first, element.last), places, parent.names):
            self.note_unclosed(child)
            column = table.get(child.name)
            if column is None:
                others.append(child)
            else:
                self.take(values, column, child, prefix + column.field)
        return values, others

    def take(self, values: dict[str, Any], column: Column, child: Child, field: str) -> bool:
        """Put a child's value into a row; where it states the field again, the first one stays."""
        if column.kind == "derived":
            return False
        value = self._value(column, child, field)
        if column.field not in values:
            values[column.field] = value
            return True
        if values[column.field] != value:
            self.notes.say(
                "source-element-twice",
                f"{child.name} stands here again with another value; the first one was taken",
                child.element.tag.start,
                field=field,
            )
        return False

    def text(self, child: Child, field: str) -> bytes:
        """Give a child's text, with what its provenance says was taken out."""
        element = child.element
        read = wxr_text.read(self.markup.inside(element), look_for_controls=self._look_for_controls)
        if read.oddities:
            self.notes.say_oddities(read.oddities, element.inner_start, field or child.name)
        removed = self._removed.get(field)
        return wxr.put_forbidden(read.data, removed) if removed else read.data

    def attribute(self, child: Child, name: bytes, field: str) -> str | None:
        """Give an attribute, None where the element has none of that name."""
        raw = attributes(child.element.tag).get(name)
        if raw is None:
            return None
        read = wxr_text.read_attribute(raw)
        self.notes.say_oddities(read.oddities, child.element.tag.start, field)
        return read.data.decode("utf-8")

    def note_unclosed(self, child: Child) -> None:
        """Say so where an element is never closed."""
        if not child.element.closed and not self.notes.is_full("source-element-unclosed"):
            self.notes.say(
                "source-element-unclosed",
                f"{child.name} is never closed; it was read up to the next tag",
                child.element.tag.start,
            )

    def note_unknown(self, child: Child, where: str) -> None:
        """Say that an element is left out, since nothing of ours holds it."""
        if self.notes.is_full("loss-element-unknown"):
            return
        held = self.markup.inside(child.element).strip()
        inner = self.notes.quoted(held) if held and where in _QUOTED else ""
        self.notes.say(
            "loss-element-unknown",
            f"{where} has {child.name}{f' ({inner})' if inner else ''}, which was left out",
            child.element.tag.start,
            field=child.name,
        )

    def note_guessed(self) -> None:
        """Say which prefixes were read as WordPress's though they aren't bound to it."""
        if self._guessed:
            self.notes.say(
                "source-namespace",
                f"prefixes aren't bound to their namespace ({', '.join(sorted(self._guessed))}); "
                "they were taken for WordPress's",
                min(self._guessed.values()),
            )

    def _child(self, element: Element, names: Names) -> Child:
        name = names.of(element.tag)
        if name.guessed:
            self._guessed.setdefault(name.said.partition(":")[0], element.tag.start)
        return Child(name.said, element, names.inside(element.tag))

    def _note_stray(self, start: int, end: int) -> None:
        gap = self.markup.data[start:end]
        if not gap.strip():
            return
        seen = _HIDDEN.sub(lambda hidden: hidden[1] or b" " * len(hidden[0]), gap)
        if stray := seen.strip():
            self.notes.say(
                "source-stray-text",
                f"text stands where none belongs and was left out: {self.notes.quoted(stray)}",
                end - len(seen.lstrip()),
            )

    def _value(self, column: Column, child: Child, field: str) -> Any:
        data = self.text(child, field)
        if column.kind == "body":
            return data
        text = data.decode("utf-8")
        if column.kind == "text":
            return text
        return self._typed(column, child, text.strip(), field)

    def _typed(
        self, column: Column, child: Child, text: str, field: str
    ) -> int | str | bool | None:
        if column.kind == "flag" and text in _FLAGS:
            return _FLAGS[text]
        if column.kind == "number" and (not text or _NUMBER.fullmatch(text)):
            return int(text) if text else None
        if column.kind == "date" and (date := _date(text)) is not None:
            return date
        quoted = self.notes.quoted(text.encode())
        self.notes.say(
            "source-value",
            f"{child.name} is {quoted!r}, which is no {column.kind}; it was left out",
            child.element.tag.start,
            field=field,
        )
        return None


def _date(text: str) -> str | None:
    """Give a date as the model holds it, None for what isn't one."""
    if text in ZERO_DATES:
        return ""
    if not _DATE.fullmatch(text):
        return None
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text
