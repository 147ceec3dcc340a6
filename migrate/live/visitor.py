"""A site as its visitors see it: the same questions, asked without an account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from migrate.live.account import Account
from migrate.live.api import AHEAD, PAGE, Api, Row
from migrate.live.http.client import Parameters

__all__ = ["VISITOR", "Visitor", "VisitorApi"]

_ASIDE: Final = frozenset({"password"})
"""Fields that are for those who may edit."""

_TEXTS: Final = ("title", "content", "excerpt", "caption", "description")
_TRASH: Final = "trash"


class Visitor(Account, frozen=True):
    """Nobody: asks for no rights, since nothing is going to be changed."""

    def may(self, capability: str) -> bool:
        """Say that nothing stands in the way of a plan."""
        del capability
        return True

    def require(self, capabilities: Iterable[str], purpose: str) -> None:
        """Require nothing."""


VISITOR: Final = Visitor(0, "the importing user", (), frozenset())


class VisitorApi(Api):
    """Asks in the context `view` what others ask in `edit`, and gives what is public of it.

    A text stands under `raw` as it is shown, decoded in a title; the `password` of a protected post
    is some text.
    """

    def get(self, route: str, parameters: Parameters | None = None) -> Row:
        """Give the one object that a route holds. Raises SiteError, as every method here."""
        return _as_editable(super().get(route, _viewed(parameters or {})))

    def rows(self, route: str, parameters: Parameters) -> list[Row]:
        """Give the public rows of one page of a listing."""
        if parameters.get("status") == _TRASH:
            return []
        return [_as_editable(row) for row in super().rows(route, _viewed(parameters))]

    def every(
        self, route: str, parameters: Parameters, size: int = PAGE, ahead: int = AHEAD
    ) -> Iterator[Row]:
        """Give all public rows of a listing."""
        if parameters.get("status") != _TRASH:
            yield from map(_as_editable, super().every(route, _viewed(parameters), size, ahead))


def _viewed(parameters: Parameters) -> Parameters:
    asked = {name: value for name, value in parameters.items() if name not in ("status", "who")}
    if asked.get("context") == "edit":
        asked["context"] = "view"
    fields = asked.get("_fields")
    if isinstance(fields, str):
        # Whole objects: after `title,title.rendered` WordPress leaves out all further fields
        # (the `break 2` of rest_filter_response_fields()).
        names = dict.fromkeys(name.partition(".")[0] for name in fields.split(","))
        asked["_fields"] = ",".join(name for name in names if name not in _ASIDE)
    return asked


def _as_editable(row: Row) -> Row:
    """Give a row in the shape that it has for an editor."""
    for name in _TEXTS:
        text = row.get(name)
        if isinstance(text, dict) and "raw" not in text:
            shown = str(text.get("rendered", ""))
            row[name] = text | {"raw": unescape(shown) if name == "title" else shown}
    content = row.get("content")
    if isinstance(content, dict) and content.get("protected"):
        row["password"] = "(protected)"  # noqa: S105 - says that there is one
    return row
