"""The two-way converters that a mapping may name under `as:`, but for those of terms.

Each turns a front matter value into a field's value (`decode`) and back (`encode`), and says in
`loses` what of a field doesn't come back. `decode` raises RecordError without the key, which the
rule adds; `encode` gives None for what it can't write.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final, NamedTuple, Protocol

from msgspec import Struct

from migrate.errors import RecordError
from migrate.model import dates
from migrate.patterns import pattern
from migrate.syntax.values import Plain, Value, plain


class Transform(Protocol):
    """What every converter offers."""

    loses: ClassVar[str]

    @property
    def blank(self) -> Value:
        """What is written for an unset field, where the dialect always writes the key."""

    def decode(self, value: Value) -> Any:
        """Give what the field holds; None is unset."""

    def encode(self, field: Any) -> Value | None:
        """Give what the front matter holds; None where it can't hold that."""

    def spells(self, field: Any, value: Value) -> bool:
        """Tell whether `encode(field)` is this value, at less cost."""


class Text(Struct, frozen=True):
    """Text as it stands; the empty text is stated to be empty."""

    loses: ClassVar[str] = ""
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> str:
        """Give the text without any change."""
        return one_text(value)

    def encode(self, field: str) -> str:
        """Give the text without any change."""
        return field

    def spells(self, field: str | None, value: Value) -> bool:
        """Compare the texts."""
        return field == value


class Word(Struct, frozen=True):
    """The name of a type, a status or the like: the empty text states nothing."""

    loses: ClassVar[str] = "an empty text is the same as no key"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> str | None:
        """Give the word, None for the empty text."""
        return one_text(value) or None

    def encode(self, field: str) -> str:
        """Give the word."""
        return field

    def spells(self, field: str | None, value: Value) -> bool:
        """Compare the texts."""
        return field == value


class Permalink(Struct, frozen=True):
    """An address, without the white space that YAML's blocks leave round it."""

    loses: ClassVar[str] = "white space round the address is dropped"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> str:
        """Give the address."""
        return one_text(value).strip()

    def encode(self, field: str) -> str:
        """Give the address."""
        return field

    def spells(self, field: str | None, value: Value) -> bool:
        """Compare the texts."""
        return field == value


class Integer(Struct, frozen=True):
    """A whole number, such as an ID; the empty text is unset."""

    minimum: int | None = None
    loses: ClassVar[str] = "a number below the smallest can't be stated"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> int | None:
        """Give the number; MySQL's BIGINT has no more than 20 digits."""
        text = one_text(value)
        if not text:
            return None
        if not _INTEGER.fullmatch(text) or self._too_small(int(text)):
            raise RecordError("mapping-value", f"{shown(text)} isn't {self}", fix=f"Write {self}")
        if int(text) > LARGEST:
            said = f"{shown(text)} is larger than any number in WordPress"
            raise RecordError("mapping-value", said, fix=f"Write {LARGEST} at most")
        return int(text)

    def encode(self, field: int) -> str | None:
        """Give the number in digits."""
        return None if self._too_small(field) or field > LARGEST else plain(str(field))

    def spells(self, field: int | None, value: Value) -> bool:
        """Compare the digits."""
        return str(field) == value

    def _too_small(self, number: int) -> bool:
        return self.minimum is not None and number < self.minimum

    def __str__(self) -> str:
        return "a whole number" + (f" from {self.minimum} on" if self.minimum is not None else "")


class Moment(NamedTuple):
    """A wall clock time in MySQL's form, or an instant (UTC) where the source states a zone.

    An empty `wall` is WordPress's zero date: stated to have none.
    """

    wall: str | None = None
    gmt: str | None = None

    def __str__(self) -> str:
        stated = (repr(self.wall), f"{self.gmt} GMT")
        return " = ".join(part for part, text in zip(stated, self, strict=True) if text is not None)


class Date(Struct, frozen=True):
    """A date with or without a zone. With one it is an instant, and the wall clock is unset."""

    loses: ClassVar[str] = "a wall clock and an instant at once, or no real date, can't be stated"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> Moment:
        """Give the wall clock or the instant; a zero date and the empty text give none."""
        text = one_text(value)
        if not text:
            return Moment(wall="")
        try:
            return _moment(text)
        except (ValueError, OverflowError) as error:
            fix = "Write the date that is meant"
            raise RecordError("mapping-date", str(error), fix=fix) from error

    def encode(self, field: Moment) -> str | None:
        """Give the wall clock, or the instant with `+00:00`; None for what is no date."""
        text = field.wall if field.wall is not None else f"{field.gmt}+00:00"
        if not text:
            return ""
        try:
            return Plain(text) if _moment(text) else None
        except (ValueError, OverflowError):
            return None

    def spells(self, field: Moment, value: Value) -> bool:
        """Compare the wall clock; an instant only where UTC is written as `encode` does."""
        return value == (f"{field.gmt}+00:00" if field.wall is None else field.wall)


def _moment(text: str) -> Moment:
    wall, offset, zero = dates.parse_local(text)
    if zero or wall is None:
        return Moment(wall="")
    if offset is None:
        return Moment(wall=dates.mysql(wall))
    return Moment(gmt=dates.mysql(wall - offset))


class Choice:
    """One of several words, each standing for one value of the field.

    `choices` holds, for each value, the texts that mean it; the first is the one that is written.
    `otherwise` is the value that any other text means, and that stands for any other value.
    With `unquoted`, a text in quotes is any other text: `'true'` isn't `true`.
    """

    __slots__ = ("_by_text", "_by_value", "otherwise", "unquoted")
    loses: ClassVar[str] = "values without a text of their own are taken for another"

    def __init__(
        self, choices: dict[str, list[str]], otherwise: str | None = None, *, unquoted: bool = False
    ) -> None:
        self._by_text = {text: value for value, texts in choices.items() for text in texts}
        self._by_value = {value: plain(texts[0]) for value, texts in choices.items() if texts}
        self.otherwise = otherwise
        self.unquoted = unquoted

    @property
    def blank(self) -> str:
        """What is written for an unset field: the text of `otherwise`."""
        return self._by_value.get(self.otherwise or "", "")

    def decode(self, value: Value) -> str:
        """Give the value that the text stands for."""
        if isinstance(value, str) and (isinstance(value, Plain) or not self.unquoted):
            found = self._by_text.get(value, self.otherwise)
        else:
            found = self.otherwise
        if found is None:
            known = ", ".join(self._by_text)
            raise RecordError(
                "mapping-value", f"{shown(value)} is none of {known}", fix="Write one of them"
            )
        return found

    def is_guess(self, value: Value) -> bool:
        """Tell whether a value, which isn't empty, only means `otherwise` for want of a better."""
        text = value if isinstance(value, str) else None
        if self.otherwise is None or text == "":
            return False
        stated = self._by_text.get(text or "")
        return stated != self.otherwise and self.decode(value) == self.otherwise

    def encode(self, field: str) -> str | None:
        """Give the text that stands for the value."""
        return self._by_value.get(field) or self._by_value.get(self.otherwise or "")

    def spells(self, field: str, value: Value) -> bool:
        """Compare the text."""
        return self._by_value.get(field) == value


LARGEST: Final = 2**63 - 1
"""The largest whole number of PHP, which reads the IDs that MySQL keeps."""

_INTEGER: Final = pattern(r"[+-]?[0-9]{1,20}")


def one_text(value: Value) -> str:
    """Give the text of a value that is one text, or a list of just one."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return str(value[0])
    kind = "a list" if isinstance(value, list) else "a map"
    raise RecordError("mapping-value", f"{kind} stands where one value belongs", fix="Write one")


def shown(value: Value) -> str:
    """Give a value as a message shows it, cut to what fits a line."""
    text = value if isinstance(value, str) else repr(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"  # noqa: PLR2004 - fits one line
