"""Listing: the ids of all that a route holds, whatever changes while we read.

Pages are ordered by id and overlap by one row: where the second of two doesn't begin with the last
of the first, something before it was deleted or came back, and the listing is read once more. What
was made meanwhile has the highest ids, so the end is asked for until nothing is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import nullcontext
from functools import partial
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.live.answer import NoJsonError
from migrate.live.api import PAGE, Api, Row
from migrate.live.http.client import Parameters
from migrate.live.http.failures import TooLargeError
from migrate.live.http.patience import hasty
from migrate.live.lanes import Lanes
from migrate.live.onward import Onward
from migrate.live.shapes import OddAnswerError

__all__ = ["Broken", "First", "ahead", "faulty", "in_halves", "listed"]

_STEP: Final = PAGE - 1
_ROUNDS: Final = 5
_FIX: Final = "Look into the site's error log, or for a plugin that changes the REST API"
_SERVER: Final = 500  # HTTP's own boundary

Broken = Callable[[str], None]
"""Is told of each row that the site can't give: what stands for it, and why."""

Page = tuple[list[Row], dict[int, str]]
"""Rows, and why each of the others can't be given."""

First = tuple[Page, int | None]
"""A listing's first page, and how many rows it has: -1 if untold, None where the page is broken."""


def ahead(lanes: Lanes, route: str, parameters: Parameters) -> Future[First]:
    """Ask for the first page of a listing that is going to be read."""
    return lanes.ask(partial(_first, route=route, parameters=parameters))


def listed(
    lanes: Lanes,
    route: str,
    parameters: Parameters,
    take: Callable[[Row], None],
    broken: Broken,
    first: Future[First] | None = None,
) -> None:
    """Give each row of a listing to `take`, once, in the order of their ids as a rule.

    `first` is its first page, where that was asked for ahead. Raises SiteError.
    """
    seen: set[int] = set()
    refused: set[int] = set()
    for _ in range(_ROUNDS):
        before = len(seen)
        whole = True
        last = 0
        asked, first = first or ahead(lanes, route, parameters), None
        for rows, faults in _pages(lanes, route, parameters, asked, known=before):
            for offset, why in faults.items():
                if offset not in refused:
                    refused.add(offset)
                    broken(f"number {offset + 1} of {route} in the order of ids: {why}")
            whole = whole and (not rows or not last or bool(faults) or int(rows[0]["id"]) == last)
            for row in rows:
                last = int(row["id"])
                if last not in seen:
                    seen.add(last)
                    take(row)
        if whole and (not before or before == len(seen)):
            return


def _pages(
    lanes: Lanes, route: str, parameters: Parameters, first: Future[First], known: int
) -> Iterator[Page]:
    """Give the pages of a listing with what of them is broken; `known` rows there are at least."""

    def page(api: Api, offset: int) -> Page:
        return _page(api, route, parameters, offset)

    onward = Onward(lanes.api.url(route))

    def seen(answer: Page) -> Page:
        rows, faults = answer
        if not faults:  # of two broken pages, all that comes may be the row that both have
            onward.see(rows)
        elif not rows and len(faults) == PAGE:
            why = next(iter(faults.values()))
            said = f"of {PAGE} rows none can be given; the first: {why}"
            raise SiteError(said, path=lanes.api.url(route), fix=_FIX)
        return answer

    answer, counted = first.result()
    total = known if counted is None else counted
    yield seen(answer)
    got = len(answer[0]) + len(answer[1])
    offset = _STEP
    if total >= 0:
        offsets = range(_STEP, max(total - 1, 0), _STEP)
        for answer in lanes.in_order(partial(page, offset=each) for each in offsets):
            got = len(answer[0]) + len(answer[1])
            yield seen(answer)
        offset = (offsets[-1] if offsets else 0) + _STEP
    while got == PAGE:  # a full last page: more may have come, or nobody said how many there are
        answer = lanes.ask(partial(page, offset=offset)).result()
        got = len(answer[0]) + len(answer[1])
        offset += _STEP
        yield seen(answer)


def _first(api: Api, route: str, parameters: Parameters) -> First:
    try:
        rows, total = api.counted(route, _asked(parameters, 0, PAGE))
    except (AnswerError, NoJsonError, TooLargeError, OddAnswerError) as error:
        if not faulty(error):
            raise
        return _page(api, route, parameters, 0, is_broken=True), None
    return (rows, {}), total


def _page(
    api: Api, route: str, parameters: Parameters, offset: int, *, is_broken: bool = False
) -> Page:
    """Return a page; where it has been asked for, and can't be given, its halves."""
    faults: dict[int, str] = {}

    def ask(start: int, count: int) -> list[Row]:
        return api.rows(route, _asked(parameters, offset + start, count))

    def fault(at: int, why: str) -> None:
        faults[offset + at] = why

    asked = _halves if is_broken else in_halves
    return asked(ask, 0, PAGE, fault), faults


def _asked(parameters: Parameters, offset: int, count: int) -> Parameters:
    return {
        "orderby": "id",
        "order": "asc",
        **parameters,
        "offset": offset,
        "per_page": count,
    }


_Ask = Callable[[int, int], list[Row]]
_Tell = Callable[[int, str], None]


def in_halves(ask: _Ask, start: int, count: int, fault: _Tell) -> list[Row]:
    """Ask for `count` rows from `start`; where they can't be given, for their halves.

    One row that makes a whole page fail so is found, and `fault` told of it. Raises SiteError for
    what is no fault of a row.
    """
    try:
        return ask(start, count)
    except (AnswerError, NoJsonError, TooLargeError, OddAnswerError) as error:
        if not faulty(error):
            raise
        if count == 1:
            fault(start, error.message)
            return []
    return _halves(ask, start, count, fault)


def _halves(ask: _Ask, start: int, count: int, fault: _Tell) -> list[Row]:
    """Ask for the halves of what can't be given: one of them will fail too, and isn't waited for.

    A single row is: a site that is down for some seconds isn't one of broken rows.
    """

    def hastily(start: int, count: int) -> list[Row]:
        with hasty() if count > 1 else nullcontext():
            return ask(start, count)

    half = count // 2
    return in_halves(hastily, start, half, fault) + in_halves(
        hastily, start + half, count - half, fault
    )


def faulty(error: Exception) -> bool:
    """Tell whether an answer may come of one broken row: PHP died, or said what can't be read."""
    return not isinstance(error, AnswerError) or error.status >= _SERVER
