"""The two-way converters for lists of terms as site generators take them."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.people import names
from migrate.mapping.term_lists import Path
from migrate.mapping.transforms import one_text, shown
from migrate.syntax.typed import is_nothing
from migrate.syntax.values import Value

Split = Literal["", "words"]


class Names(Struct, frozen=True):
    """A list of term names, or a text: one name, or with `words` several with blanks or commas.

    Jekyll takes `categories: a b` for two names and `category: a b` for one. Empty names are none.
    """

    split: Split = ""
    loses: ClassVar[str] = "slugs, empty names and the terms above aren't stated"

    @property
    def blank(self) -> list[Value]:
        """The empty list."""
        return []

    def decode(self, value: Value) -> list[Path]:
        """Give each name as a path of one."""
        if isinstance(value, str):
            return [(name,) for name in self._parts(str(value)) if name]
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return [(str(name),) for name in value if name and not is_nothing(name)]
        raise RecordError(
            "mapping-value", f"{shown(value)} is no list of names", fix="Write `[one, two]`"
        )

    def encode(self, field: list[Path]) -> list[Value]:
        """Give the names, without the terms above them."""
        return [path[-1] for path in field if path[-1]]

    def spells(self, field: list[Path], value: Value) -> bool:
        """Compare the lists."""
        return self.encode(field) == value

    def _parts(self, text: str) -> list[str]:
        if not self.split:
            return [text]
        return [name.strip() for name in text.split(",")] if "," in text else text.split()


class CommaNames(Struct, frozen=True):
    """A text of names parted by commas, or by semicolons where a name has a comma.

    As in Pelican, a name that stands there twice counts once.
    """

    loses: ClassVar[str] = "slugs, the terms above and names with commas and semicolons aren't"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> list[Path] | None:
        """Give each name as a path of one; None where there is none."""
        if isinstance(value, str):
            return [(name,) for name in dict.fromkeys(names(value))] or None
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return [(name,) for text in value for name in names(str(text))] or None
        raise RecordError(
            "mapping-value", f"{shown(value)} is no list of names", fix="Write `a, b`"
        )

    def encode(self, field: list[Path]) -> str | None:
        """Give the names in one text; None for none, or where they wouldn't come back."""
        found = [path[-1] for path in field if path[-1]]
        if not found:
            return None
        has_comma = any("," in name for name in found)
        text = "; ".join(found) if has_comma else ", ".join(found)
        text += ";" if has_comma and len(found) == 1 else ""
        once = [(name,) for name in dict.fromkeys(found)]
        return text if self.decode(text) == once else None

    def spells(self, field: list[Path] | None, value: Value) -> bool:
        """Compare the texts."""
        return field is not None and self.encode(field) == value


class OneName(Struct, frozen=True):
    """One term; of several only the first can be stated."""

    loses: ClassVar[str] = "slugs, the terms above and every term but the first aren't stated"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> list[Path] | None:
        """Give the name as a path of one; None for the empty text."""
        name = one_text(value)
        return [(name,)] if name else None

    def encode(self, field: list[Path]) -> str | None:
        """Give the first name."""
        return next((path[-1] for path in field if path[-1]), None)

    def spells(self, field: list[Path] | None, value: Value) -> bool:
        """Compare the names."""
        return field is not None and self.encode(field) == value
