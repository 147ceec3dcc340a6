"""Batches: many requests in one, over the route `batch/v1` that WordPress has since 5.6.

A batch is no transaction: each request has its own answer, and those before one at which PHP
broke off were carried out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import urlencode

from migrate.errors import AnswerError, SiteError
from migrate.live.answer import as_error
from migrate.live.api import Api, Row

__all__ = ["Change", "Said", "send"]

_ROUTE: Final = "batch/v1"
_FIRST_ERROR: Final = 400


class Change(NamedTuple):
    """A request that creates or changes an object; `fields` are those of it that are answered."""

    route: str
    body: Row
    fields: str


Said = Row | AnswerError
"""The object as the site holds it now, or why it doesn't."""


def send(api: Api, changes: Sequence[Change]) -> list[Said]:
    """Send several changes in one request; gives what the site says to each, in their order.

    Raises SiteError where the batch as a whole got no good answer.
    """
    body = {"requests": [_request(change) for change in changes]}
    responses = api.post(_ROUTE, body).get("responses")
    if (
        not isinstance(responses, list)
        or len(responses) != len(changes)
        or not all(map(_is_response, responses))
    ):
        raise SiteError("a batch was answered in part", path=api.url(_ROUTE))
    return [
        _said(response, api.url(change.route))
        for change, response in zip(changes, responses, strict=True)
    ]


def _request(change: Change) -> Row:
    path = f"/{change.route}?{_query(change.fields)}"
    return {"method": "POST", "path": path, "body": change.body}


@lru_cache
def _query(fields: str) -> str:
    """Return the query that asks for some fields, which are the same for most posts."""
    return urlencode({"context": "edit", "_fields": fields}, safe=",")


def _is_response(told: object) -> bool:
    return isinstance(told, dict) and isinstance(told.get("status"), int)


def _said(response: Row, url: str) -> Said:
    body, status = response.get("body"), response["status"]
    if status >= _FIRST_ERROR or not isinstance(body, dict):
        return as_error(body, status, url)
    return body
