"""The two-way converters for authors: a name, a map of a person's data, or several of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.transforms import shown
from migrate.model.post import Author
from migrate.syntax.values import Value

_PARTS: Final = {
    "login": "login",
    "email": "email",
    "display_name": "display_name",
    "name": "display_name",
    "first_name": "first_name",
    "last_name": "last_name",
}
_BULLET: Final = re.compile(r"[-*+] ++(.*)")


class Partly(NamedTuple):
    """What a field holds of a value that says more than the field can hold."""

    field: Author


class Person(Struct, frozen=True):
    """One author: a display name, or a map as jekyll-import writes it.

    Of several the first is the author. With `several` a text may hold more than one name, as
    Pelican's `Authors` does.
    """

    several: bool = False
    loses: ClassVar[str] = "only the display name is stated"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> Author | Partly | None:
        """Give the author; Partly where the value says more; None for nobody."""
        match value:
            case str() if self.several:
                return _first([str(name) for name in names(value)])
            case str():
                return Author(display_name=str(value)) if value else None
            case list():
                return _first(value)
            case _:
                return _of_map(value)

    def encode(self, field: Author) -> str | None:
        """Give the display name."""
        return field.display_name or None

    def spells(self, field: Author | None, value: Value) -> bool:
        """Compare the display name; nobody's is written for anybody else."""
        return field is not None and field == Author(display_name=field.display_name) == Author(
            display_name=value if isinstance(value, str) else None
        )


def names(text: str) -> list[str]:
    """Give the names in a text: parted by semicolons, else by commas, or each behind a bullet."""
    lines = text.split("\n")
    bullets = [_BULLET.fullmatch(line.strip()) for line in lines]
    if all(bullets):
        found = [bullet[1] for bullet in bullets if bullet]
    else:
        found = text.split(";" if ";" in text else ",")
    return [name.strip() for name in found if name.strip()]


def _first(people: Sequence[Value]) -> Author | Partly | None:
    if not people:
        return None
    first = Person().decode(people[0])
    if isinstance(first, Author) and len(people) > 1:
        return Partly(first)
    return first


def _of_map(value: dict[str, Value]) -> Author | Partly:
    known = {
        _PARTS[key]: str(part)
        for key, part in value.items()
        if key in _PARTS and isinstance(part, str)
    }
    if not any(known.values()):
        raise RecordError("mapping-value", f"{shown(value)} names nobody", fix="Write a name")
    author = Author(
        known.get("login"),
        known.get("display_name"),
        known.get("email"),
        known.get("first_name"),
        known.get("last_name"),
    )
    return author if len(known) == len(value) else Partly(author)
