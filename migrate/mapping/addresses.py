"""The two-way converters between a permalink and the address under which a site generator puts it.

A generator knows paths, no site: an address of another site, or one with a query, can't be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final
from urllib.parse import urlsplit

from migrate.errors import RecordError
from migrate.mapping.transforms import shown
from migrate.syntax.values import Value

_TEMPLATE: Final = re.compile(r":[A-Za-z_]|\{\{|\{%|\$")
_STYLES: Final = frozenset(("date", "pretty", "ordinal", "weekdate", "none", "true", "false"))
_INDEX: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Address:
    """The path of the permalink; a template such as `/:year/:title/` is none.

    With `closed` only what ends in a slash or a file's ending can be said.
    """

    closed: bool = False
    loses: ClassVar[str] = "only the path of an address without a query can be stated"
    blank: ClassVar[str] = ""

    def decode(self, value: Value) -> str | None:
        """Give the address as it stands; the empty text states none."""
        text = value.strip() if isinstance(value, str) else None
        if text is None or text in _STYLES or _is_template(text):
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
        if parts.query or parts.fragment or not path or _is_template(path) or path in _STYLES:
            return None
        is_closed = path.endswith("/") or "." in path.rpartition("/")[2]
        return None if path != path.strip() or (self.closed and not is_closed) else path

    def spells(self, field: str | None, value: Value) -> bool:
        """Compare with what would be written."""
        return field is not None and self.encode(field) == value


@dataclass(frozen=True, slots=True)
class SaveAs:
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


def _is_template(text: str) -> bool:
    return _TEMPLATE.search(urlsplit(text).path if "://" in text else text) is not None
