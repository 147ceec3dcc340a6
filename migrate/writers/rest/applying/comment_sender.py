"""Sending one comment: made or changed, looked up where no answer came, never made twice."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.live.multicall import Fault
from migrate.live.shapes import OddAnswerError
from migrate.plan.comments import NO_ADDRESS, todo
from migrate.writers.rest.comments import FIELDS, ROUTE, on_posts
from migrate.writers.rest.connection import Connection

__all__ = ["CommentSender", "Sent"]

_DUPLICATE: Final = "comment_duplicate"
_PAUSE: Final = 0.5  # seconds, doubled each time
_LOOKS: Final = 6
_NAMES: Final = ("author_name", "author_email", "author_url")
_NAMELESS: Final = "Anonymous"
"""A name for those who have none, until they are stored: else WordPress takes the sender's."""


class Sent(Struct):
    """What came of a comment: as it is stored, or why it isn't.

    `left_out` are the fields that were refused. `is_final` says that trying again is no use.
    """

    row: Row | None = None
    reason: str = ""
    code: str = ""
    left_out: tuple[str, ...] = ()
    is_final: bool = False


class CommentSender:
    """Sends comments; safe to be used by several threads.

    wp_set_comment_status() mails a post's author when it approves a comment; XML-RPC goes another
    way, so statuses go there where the site takes calls.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, rows: Sequence[Row], number: int, fields: Mapping[str, Any]) -> Sent:
        """Make a comment, or change the one of this number; `rows` are those that are there."""
        sent = self._send(rows, number, fields)
        if number or sent.row is None or not _is_nameless(fields):
            return sent
        nobody = {**dict.fromkeys(_NAMES, ""), "author_ip": sent.row.get("author_ip") or NO_ADDRESS}
        return self._sent(f"{ROUTE}/{sent.row['id']}", nobody)

    def _send(self, rows: Sequence[Row], number: int, fields: Mapping[str, Any]) -> Sent:
        body = _body(fields, new=not number)
        if self._connection.takes_calls:
            body.pop("status", None)
        if number:
            row = next(row for row in rows if int(row["id"]) == number)
            if not body:
                return Sent(row)
            body.setdefault("author_ip", row.get("author_ip") or NO_ADDRESS)  # else it is ours
        route = f"{ROUTE}/{number}" if number else ROUTE
        try:
            return self._sent(route, body)
        except AnswerError as error:
            if error.code == _DUPLICATE:
                return self._twin(rows, fields, error)
            if 0 < error.status < 500:  # noqa: PLR2004 - HTTP's own boundary
                return Sent(reason=error.message, code=error.code)
        except SiteError:
            pass
        return self._again(route, rows, number, fields, body)

    def set_statuses(self, statuses: Mapping[int, str]) -> set[int]:
        """Set the statuses of comments where the site takes calls; gives those that kept theirs."""
        if not statuses:
            return set()
        if not self._connection.takes_calls:
            return set(statuses)
        calls = [("wp.editComment", (n, {"status": status})) for n, status in statuses.items()]
        results = self._connection.change_by_call(calls)
        answers = zip(statuses, results, strict=True)
        return {number for number, result in answers if isinstance(result, Fault)}

    def _sent(self, route: str, body: Mapping[str, Any]) -> Sent:
        """Send, and once more without the fields that WordPress names as wrong."""
        try:
            return Sent(self._connection.post(route, dict(body), FIELDS, agent=""))
        except AnswerError as error:
            named = error.data.get("params")
            wrong = tuple(name for name in body if isinstance(named, dict) and name in named)
            if not wrong or {"content", "post"} & set(wrong):
                raise
        rest = {name: held for name, held in body.items() if name not in wrong}
        return Sent(self._connection.post(route, rest, FIELDS, agent=""), left_out=wrong)

    def _twin(self, rows: Sequence[Row], fields: Mapping[str, Any], error: AnswerError) -> Sent:
        """Return the comment that WordPress has already, if it isn't another one of the source."""
        row = self._stored(rows, fields)
        return Sent(row) if row else Sent(reason=error.message, code=error.code, is_final=True)

    def _again(
        self,
        route: str,
        rows: Sequence[Row],
        number: int,
        fields: Mapping[str, Any],
        body: Mapping[str, Any],
    ) -> Sent:
        """Look whether an unanswered request was carried out, and send it once more if not."""
        if not number:
            for look in range(_LOOKS):
                row = self._stored(rows, fields)
                if row:
                    return Sent(row)
                if look:
                    break
                time.sleep(_PAUSE * 2**look)
        try:
            return self._sent(route, body)
        except AnswerError as error:
            return Sent(reason=error.message, code=error.code)
        except OddAnswerError as error:
            return Sent(reason=error.message)

    def _stored(self, rows: Sequence[Row], fields: Mapping[str, Any]) -> Row | None:
        """Return the comment on the site that is the same and wasn't there before."""
        before = {int(row["id"]) for row in rows}
        found = on_posts(self._connection, [fields["post"]])[fields["post"]]
        new = [row for row in found if int(row["id"]) not in before]
        (same,) = todo([{**fields, "id": 0}], new, {})
        return next((row for row in new if int(row["id"]) == same.id), None)


def _body(fields: Mapping[str, Any], *, new: bool) -> dict[str, Any]:
    """Return the JSON of a request; what WordPress would fill in with our own is stated."""
    body = dict(fields)
    for name in ("date", "date_gmt"):
        if name in body:
            body[name] = body[name].replace(" ", "T")
    if new or "author_ip" in body:
        body["author_ip"] = body.get("author_ip") or NO_ADDRESS
    if new and not body.get("author"):
        body.pop("author", None)
        if _is_nameless(fields):
            body["author_name"] = _NAMELESS
    return body


def _is_nameless(fields: Mapping[str, Any]) -> bool:
    return not any(fields.get(name) for name in (*_NAMES, "author"))
