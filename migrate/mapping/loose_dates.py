"""The two-way converter for dates as people and their tools write them in front matter."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.transforms import Date, Moment, one_text, shown
from migrate.patterns import pattern
from migrate.syntax.values import Plain, Value

_LOOSE: Final = pattern(
    r"""
    \s* (?P<year>[0-9]{4}) [-/] (?P<month>[0-9]{1,2}) [-/] (?P<day>[0-9]{1,2})
    (?: (?:[Tt]|\s++)
        (?P<hour>[0-9]{1,2}) : (?P<minute>[0-9]{2}) (?: :(?P<second>[0-9]{2}) (?:[.,][0-9]+)? )?
        \s*+ (?P<zone> [Zz] | UTC | GMT | [+-][0-9]{1,2}(?::?[0-9]{2})? )?
    )? \s*+
    """,
    re.VERBOSE | re.ASCII,
)
_ZERO: Final = pattern(r"\s*0000-00-00")
_OFFSET: Final = pattern(r"([+-])([0-9]{1,2}):?([0-9]{2})?")


class LooseDate(Struct, frozen=True):
    """A date with or without time and zone, one digit or two, with parts of a second or without.

    Parts of a second are dropped; their spelling is kept. A text without any digit, such as
    Eleventy's `Last Modified`, is no date, nor is MySQL's zero date: no tool takes it.
    With `iso` a `T` stands before the time.
    """

    iso: bool = False
    loses: ClassVar[str] = Date.loses
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> Moment | None:
        """Give the wall clock or the instant; an empty text states nothing."""
        text = one_text(value)
        if not text:
            return None
        if not any(map(str.isdecimal, text)) or _ZERO.match(text):
            fix = "Write YYYY-MM-DD HH:MM:SS"
            raise RecordError("mapping-value", f"{shown(value)} is no date", fix=fix)
        return Date().decode(_usual(text))

    def encode(self, field: Moment) -> str | None:
        """Give the wall clock, or the instant with `+00:00`; None for what is no date."""
        text = Date().encode(field)
        return Plain(text.replace(" ", "T")) if text and self.iso else text or None

    def spells(self, field: Moment | None, value: Value) -> bool:
        """Compare with what would be written."""
        return field is not None and self.encode(field) == value


def _usual(text: str) -> str:
    """Give the form that WordPress's dates have; what can't be one is given as it is."""
    found = _LOOSE.fullmatch(text)
    if not found:
        return text.strip()
    year, month, day, hour, minute, second, zone = found.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    clock = f" {int(hour):02}:{minute}:{second or '00'}" if hour else ""
    return date + clock + (_zone(zone) if zone else "")


def _zone(zone: str) -> str:
    found = _OFFSET.fullmatch(zone)
    if not found:
        return "Z"
    sign, hours, minutes = found.groups()
    return f"{sign}{int(hours):02}:{minutes or '00'}"
