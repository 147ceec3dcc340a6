"""Sending: one post at a time, each answer looked at before anything is believed."""

from __future__ import annotations

from typing import Any, Final

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.plan.compare import META, differing
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.payload import body
from migrate.writers.rest.rows import fetch, full_fields

__all__ = ["Sender"]

_ESSENTIAL: Final = frozenset(
    {"title", "content", "excerpt", "slug", "status", "date", "date_gmt", "password"}
)
_NOT_STORED: Final = frozenset(
    {
        *("rest_invalid_param", "rest_missing_callback_param", "rest_invalid_json"),
        *("empty_content", "rest_cannot_create", "rest_cannot_edit", "rest_cannot_publish"),
    }
)
"""Errors that come before WordPress stores anything."""


class Sender:
    """Creates and changes posts. Every method raises SiteError where the site doesn't do it.

    An AnswerError means that it surely wasn't done. A request without a usable answer is looked up
    and never simply repeated: WordPress may have stored the post all the same, and does so where a
    plugin fails afterwards.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def create(self, kind: Kind, fields: dict[str, Any]) -> tuple[Row, dict[str, str]]:
        """Make a post; gives it as stored, and the fields that were refused, with the reason."""
        try:
            row, refused = self._send(kind.route, kind, fields)
        except SiteError as error:
            row, refused = self._newly_stored(kind, fields, error), {}
        self._connection.index.add([self._connection.listed(row, kind)])
        return row, refused

    def update(
        self, kind: Kind, post_id: int, fields: dict[str, Any]
    ) -> tuple[Row, dict[str, str]]:
        """Change fields of a post; gives it as stored, and the fields that were refused."""
        try:
            return self._send(f"{kind.route}/{post_id}", kind, fields)
        except SiteError as error:
            row = self.rows(kind, [post_id]).get(post_id)
            if row is None or differing(fields, row, None):
                raise _undone(error) from None
            return row, {}

    def trash(self, kind: Kind, post_id: int) -> Row:
        """Put a post into the trash; gives it as stored."""
        try:
            return self._connection.delete(f"{kind.route}/{post_id}", force=False)
        except SiteError as error:
            row = self.rows(kind, [post_id]).get(post_id)
            if row is None or row.get("status") != "trash":
                raise _undone(error) from None
            return row

    def delete(self, kind: Kind, post_id: int) -> None:
        """Delete a post for good."""
        try:
            self._connection.delete(f"{kind.route}/{post_id}", force=True)
        except SiteError as error:
            if self.rows(kind, [post_id]):
                raise _undone(error) from None

    def rows(self, kind: Kind, ids: list[int]) -> dict[int, Row]:
        """Give posts with all raw values, by id."""
        return fetch(self._connection.api, kind.route, ids, self._fields(kind))

    def _send(self, route: str, kind: Kind, fields: dict[str, Any]) -> tuple[Row, dict[str, str]]:
        """Send fields, and once more without those that the site names as refused."""
        asked = self._fields(kind)
        try:
            return self._connection.post(route, body(fields), asked), {}
        except AnswerError as error:
            refused = _refused(error, fields)
            if not refused:
                raise
        rest = {name: held for name, held in fields.items() if name not in refused}
        return self._connection.post(route, body(rest), asked), refused

    def _newly_stored(self, kind: Kind, fields: dict[str, Any], error: SiteError) -> Row:
        """Return the post that was stored although no good answer came, else raise the error."""
        if isinstance(error, AnswerError) and error.code in _NOT_STORED:
            raise error
        texts = {name: fields.get(name, "") for name in ("title", "content")}
        for row in self._connection.newest(kind, self._fields(kind)):
            unknown = self._connection.index.by_id(int(row["id"])) is None
            if unknown and not differing(texts, row, None):
                return row
        raise _undone(error)

    def _fields(self, kind: Kind) -> str:
        return full_fields(self._connection.taxonomy_fields(kind))


def _refused(error: AnswerError, fields: dict[str, Any]) -> dict[str, str]:
    """Return the fields that rest_invalid_param names, if the post can do without all of them."""
    named = error.data.get("params")
    if error.code != "rest_invalid_param" or not isinstance(named, dict):
        return {}
    refused: dict[str, str] = {}
    for parameter, reason in named.items():
        held = [n for n in fields if n == parameter or (parameter == "meta" and n[:5] == META)]
        if not held or parameter in _ESSENTIAL:
            return {}
        refused |= dict.fromkeys(held, str(reason))
    return refused


def _undone(error: SiteError) -> AnswerError:
    """Return the error of a request that wasn't carried out, as far as looking it up can tell."""
    if isinstance(error, AnswerError):
        return error
    return AnswerError(
        f"{error.message}; the site shows that it wasn't done",
        status=0,
        code="",
        data={},
        path=error.path,
    )
