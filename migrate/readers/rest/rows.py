"""Rows: the posts of a site, fetched ahead of whoever reads them, a hundred at a time.

What was fetched is kept on disk, so that a source that is read twice asks the site once. In memory
are the groups on their way, and of each post its id and where its row lies.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from concurrent.futures import Future
from functools import partial
from typing import Final

from migrate.live.api import PAGE, Api, Row
from migrate.live.lanes import Lanes
from migrate.output.lines import Lines
from migrate.readers.rest.kinds import Kind
from migrate.readers.rest.listing import in_halves

__all__ = ["Fault", "Rows"]

_UNREAD: Final = 0  # a line that belongs to no row lies there


class Fault(str):
    """Why the site can't give a row."""

    __slots__ = ()


_Group = tuple[list[Row], dict[int, str]]


class Rows:
    """The rows of all that was listed, by their places in the order of the source."""

    def __init__(self, lanes: Lanes, lines: Lines) -> None:
        self._lanes = lanes
        self._lines = lines
        self._lines.add(None)
        self._ids = array("Q")
        self._offsets = array("Q")
        self._kinds: list[Kind] = []
        self._starts: list[int] = []  # of groups, of one kind each
        self._group_kinds: list[int] = []
        self._asked: dict[int, Future[_Group]] = {}
        self._left: set[int] = set()

    def __len__(self) -> int:
        """Count them."""
        return len(self._ids)

    def add(self, kind: Kind, ids: array[int]) -> None:
        """Take the ids of one more kind, in their order."""
        self._kinds.append(kind)
        for start in range(0, len(ids), PAGE):
            self._starts.append(len(self._ids) + start)
            self._group_kinds.append(len(self._kinds) - 1)
        self._ids.extend(ids)
        self._offsets.extend(array("Q", [_UNREAD]) * len(ids))

    def add_kept(self, kind: Kind, ids: array[int], offsets: array[int]) -> None:
        """Take the ids of one more kind whose rows were kept already, and where."""
        order = sorted(range(len(ids)), key=ids.__getitem__)
        self.add(kind, array("Q", (ids[at] for at in order)))
        self._offsets[len(self._offsets) - len(ids) :] = array("Q", (offsets[at] for at in order))

    def keep(self, told: Row | str | None) -> int:
        """Keep a row, or why there is none; give where it lies."""
        return self._lines.add(told)

    def leave(self, place: int) -> None:
        """Don't fetch the row at a place: nobody is going to read it."""
        self._left.add(place)

    def is_left(self, place: int) -> bool:
        """Tell whether a place is one that nobody is going to read."""
        return place in self._left

    def id(self, place: int) -> int:
        """Give the id of the post at a place."""
        return self._ids[place]

    def kind(self, place: int) -> Kind:
        """Give the kind of the post at a place."""
        return self._kinds[self._group_kinds[self._group(place)]]

    def row(self, place: int) -> Row | Fault | None:
        """Give the row at a place; None for a post that has gone since it was listed."""
        if self._offsets[place] == _UNREAD:
            self._fetch(self._group(place))
        told = self._lines.at(self._offsets[place])
        return Fault(told) if isinstance(told, str) else told

    def _group(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _places(self, group: int) -> range:
        more = group + 1 < len(self._starts)
        return range(self._starts[group], self._starts[group + 1] if more else len(self._ids))

    def _fetch(self, group: int) -> None:
        """Keep the rows of a group, and have those behind it fetched meanwhile."""
        for each in range(group, min(group + len(self._lanes) + 1, len(self._starts))):
            unread = self._offsets[self._starts[each]] == _UNREAD
            if unread and each not in self._asked:
                self._asked[each] = self._lanes.ask(partial(self._ask, each))
        rows, faults = self._asked.pop(group).result()
        found: dict[int, Row | str] = {int(row["id"]): row for row in rows}
        for place in self._places(group):
            self._offsets[place] = self.keep(found.get(self._ids[place], faults.get(place)))

    def _ask(self, group: int, api: Api) -> _Group:
        kind = self._kinds[self._group_kinds[group]]
        places = [place for place in self._places(group) if place not in self._left]
        faults: dict[int, str] = {}

        def ask(start: int, count: int) -> list[Row]:
            ids = [self._ids[place] for place in places[start : start + count]]
            asked: dict[str, str | int] = {"include": ",".join(map(str, ids)), "per_page": count}
            parameters = kind.parameters() | asked | {"_fields": kind.fields()}
            return api.rows(kind.type.route, parameters)

        def fault(at: int, why: str) -> None:
            faults[places[at]] = why

        return in_halves(ask, 0, len(places), fault) if places else [], faults
