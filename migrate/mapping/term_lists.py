"""The two-way converters for lists of terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.transforms import shown
from migrate.syntax.values import Value

Path = tuple[str, ...]
"""A term's name behind the names of the terms above it."""


class Terms(Struct, frozen=True):
    """A list of term names; a single text is one name."""

    loses: ClassVar[str] = "slugs, empty names and the terms above aren't stated"

    @property
    def blank(self) -> list[Value]:
        """The empty list."""
        return []

    def decode(self, value: Value) -> list[Path]:
        """Give each name as a path of one."""
        return [(name,) for name in _names(value)]

    def encode(self, field: list[Path]) -> list[Value]:
        """Give the names, without the terms above them."""
        return [path[-1] for path in field if path[-1]]

    def spells(self, field: list[Path], value: Value) -> bool:
        """Compare the lists."""
        return self.encode(field) == value


class TermPaths(Struct, frozen=True):
    r"""A list of terms as `Parent/Child`; a slash that belongs to a name is written `\/`."""

    loses: ClassVar[str] = "slugs and empty names aren't stated"

    @property
    def blank(self) -> list[Value]:
        """The empty list."""
        return []

    def decode(self, value: Value) -> list[Path]:
        """Give each term as the names from the top down."""
        return [_split(name) for name in _names(value)]

    def encode(self, field: list[Path]) -> list[Value]:
        """Give each term as one text; a term without a name is left out."""
        return ["/".join(map(_escape, path)) for path in field if all(path)]

    def spells(self, field: list[Path], value: Value) -> bool:
        """Compare the lists."""
        return self.encode(field) == value


_PIECE: Final = re.compile(r"\\[\\/]|[\\/]|[^\\/]+")
_ESCAPED: Final = frozenset((r"\\", r"\/"))
_ESCAPE: Final = re.compile(r"\\(?=[\\/]|\Z)|/")


def _names(value: Value) -> Iterable[str]:
    if isinstance(value, str):
        return [str(value)] if value else []
    if isinstance(value, list) and all(isinstance(name, str) and name for name in value):
        return map(str, value)
    raise RecordError(
        "mapping-value",
        "a list of names belongs here, and none of them empty",
        fix="Write `[one, two]`, or each name on its own line behind `- `",
    )


def _split(text: str) -> Path:
    """Split at each slash that isn't escaped."""
    path = [""]
    for piece in _PIECE.findall(text):
        if piece == "/":
            path.append("")
        else:
            path[-1] += piece[1:] if piece in _ESCAPED else piece
    if all(path):
        return tuple(path)
    raise RecordError(
        "mapping-value",
        f"{shown(text)} has an empty name beside a slash",
        fix=r"Write `Parent/Child`, or `\/` for a slash that belongs to a name",
    )


def _escape(name: str) -> str:
    return _ESCAPE.sub(r"\\\g<0>", name)
