"""Called: what XML-RPC's answers hold, in the shape in which REST has it.

Whoever reads a post or a term of them has it from here, where what is odd is told apart.
"""

from __future__ import annotations

import xmlrpc.client as protocol
from collections.abc import Callable, Iterable
from typing import Any

from migrate.live.answer import quoted
from migrate.live.api import Row
from migrate.live.multicall import Fault
from migrate.live.post_types import Taxonomy
from migrate.live.shapes import OddAnswerError, odd_post, odd_term
from migrate.readers.rest.record import day

__all__ = ["Odd", "posts", "rows", "term_ids", "terms"]

Odd = Callable[[int, str], None]
"""Is told of each that can't be read: its place in the answer, and why."""


def rows(answer: Any) -> list[Row]:
    """Give the rows of an answer; none where it is something else, such as a Fault."""
    return [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []


def posts(answer: Any, odd: Odd) -> list[Row]:
    """Give the posts in an answer with their dates as texts; Faults aren't odd, but none.

    Raises OddAnswerError where it is no list, or of several posts none can be read.
    """
    if not isinstance(answer, list):
        raise OddAnswerError(f"posts were asked for, and {quoted(answer)} came")
    told = [
        {name: _column(value) for name, value in each.items()} if isinstance(each, dict) else each
        for each in answer
    ]
    return _told(told, odd_post, odd)


def terms(answer: Any, odd: Odd) -> list[Row]:
    """Give the terms in an answer. Raises as `posts`."""
    if not isinstance(answer, list):
        raise OddAnswerError(f"terms were asked for, and {quoted(answer)} came")
    return _told(answer, odd_term, odd)


def _told(told: list[Any], looked_at: Callable[[Row], str], odd: Odd) -> list[Row]:
    found: list[Row] = []
    faults: dict[int, str] = {}
    for place, each in enumerate(told):
        if isinstance(each, Fault):
            continue
        why = looked_at(each) if isinstance(each, dict) else f"{quoted(each)} came"
        if why:
            faults[place] = why
        else:
            found.append(each)
    if len(faults) > 1 and not found:
        first = next(iter(faults.values()))
        raise OddAnswerError(f"of {len(faults)} rows none can be read; the first: {first}")
    for place, why in faults.items():
        odd(place, why)
    return found


def _column(value: Any) -> Any:
    """Return a column's value; dates come as an ISO 8601 of their own, 20180301T08:00:00."""
    if not isinstance(value, protocol.DateTime):
        return value
    text = str(value)
    return day(f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[9:17]}")


def term_ids(told: Row, taxonomies: Iterable[Taxonomy]) -> dict[str, list[int]]:
    """Give the ids of a post's terms, by the field of their taxonomy."""
    carried = rows(told.get("terms"))
    return {
        each.field: [int(term["term_id"]) for term in carried if term["taxonomy"] == each.name]
        for each in taxonomies
    }
