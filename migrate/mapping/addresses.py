"""The two-way converters between a permalink and the address under which a site generator puts it.

A generator knows paths, no site: an address of another site, or one with a query, can't be said.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final
from urllib.parse import urlsplit

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.transforms import one_text, shown
from migrate.syntax.values import Value

# White space, or what a tool would take for a part of a template.
_NO_PATH: Final = re.compile(r"[\s\x00-\x1f]|:[A-Za-z_]|\{\{|\{%")
_STYLES: Final = frozenset(("date", "pretty", "ordinal", "weekdate", "none", "true", "false"))
_INDEX: Final = "index.html"


class Address(Struct, frozen=True):
    """The path of the permalink; a template such as `/:year/:title/` is none.

    With `closed` only what ends in a slash or a file's ending can be said.
    """

    closed: bool = False
    loses: ClassVar[str] = "only the path of an address without a query can be stated"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> str | None:
        """Give the address as it stands; the empty text states none."""
        text = one_text(value).strip()
        if text and self.encode(text) != text:
            raise RecordError(
                "mapping-value", f"{shown(value)} is no address", fix="Write a path such as /a/b/"
            )
        return text or None

    def encode(self, field: str) -> str | None:
        """Give the path, None where the tool couldn't put the post there."""
        try:
            parts = urlsplit(field)
        except ValueError:
            return None
        path = parts.path
        if parts.query or parts.fragment or not path or _NO_PATH.search(path) or path in _STYLES:
            return None
        is_closed = path.endswith("/") or "." in path.rpartition("/")[2]
        return None if self.closed and not is_closed else path

    def spells(self, field: str | None, value: Value) -> bool:
        """Compare with what would be written."""
        return field is not None and self.encode(field) == value


class SaveAs(Struct, frozen=True):
    """The file that serves the permalink, as Pelican's `save_as` names it."""

    loses: ClassVar[str] = Address.loses
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> None:
        """State nothing: the address beside it does."""

    def encode(self, field: str) -> str | None:
        """Give the file's path, without a slash in front."""
        path = Address().encode(field)
        if path is None:
            return None
        return path.lstrip("/") + (_INDEX if path.endswith("/") else "")

    def spells(self, field: str | None, value: Value) -> bool:
        """Compare with what would be written."""
        return field is not None and self.encode(field) == value
