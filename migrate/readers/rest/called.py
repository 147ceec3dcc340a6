"""Called: what XML-RPC's answers hold, in the shape in which REST has it."""

from __future__ import annotations

import xmlrpc.client as protocol
from collections.abc import Iterable
from typing import Any

from migrate.live.api import Row
from migrate.live.post_types import Taxonomy
from migrate.readers.rest.record import day

__all__ = ["column", "rows", "term_ids"]


def rows(answer: Any) -> list[Row]:
    """Give the rows of an answer; none where it is something else, such as a Fault."""
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def column(value: Any) -> Any:
    """Give a column's value; dates come as an ISO 8601 of their own, 20180301T08:00:00."""
    if not isinstance(value, protocol.DateTime):
        return value
    text = str(value)
    return day(f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[9:17]}")


def term_ids(told: Row, taxonomies: Iterable[Taxonomy]) -> dict[str, list[int]]:
    """Give the ids of a post's terms, by the field of their taxonomy."""
    terms = rows(told.get("terms"))
    return {
        each.field: [int(term["term_id"]) for term in terms if term["taxonomy"] == each.name]
        for each in taxonomies
    }
