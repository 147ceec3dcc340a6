"""Heads of one shape read beside one another, by the plan that reads each of them.

Keys of which posts hold a few values only make the kinds of records; all others are columns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from migrate.mapping.plans import MOST_KEPT, Plan, Refused, Spelled, Step
from migrate.model.post import Post
from migrate.model.rows import MOST_KINDS
from migrate.syntax.spyc_dump import ALL


class PlannedRows(NamedTuple):
    """What heads say: as in `Rows`, and which of them the plan can't read together with others."""

    kinds: list[Post]
    kind_of: list[int]
    columns: dict[str, Sequence[Any]]
    metas: list[tuple[str, Sequence[str]]]
    odd: set[int]


class PlanRows:
    """Reads the heads of one shape by its plan."""

    def __init__(self, plan: Plan) -> None:
        """Take the plan."""
        self._settle = plan.settle
        self._steps = list(enumerate(plan.steps))
        self._few = [(at, step) for at, step in self._steps if not (step.column or step.meta)]
        self._known: dict[tuple[str, ...], Post | None] = {}

    def read(self, heads: Sequence[Spelled], empty: Callable[[], Post]) -> PlannedRows | None:
        """Read them; None where they are of too many kinds.

        `empty` makes a record to begin with.
        """
        said = list(zip(*heads, strict=True))
        odd: set[int] = set()
        kinds, kind_of = self._kinds([said[at] for at, _ in self._few], len(heads), empty)
        if len(kinds) > MOST_KINDS:
            return None
        if None in kinds:
            odd = {row for row, kind in enumerate(kind_of) if kinds[kind] is None}
        columns = {
            step.column: _column(step, said[at], odd) for at, step in self._steps if step.column
        }
        metas = [(step.meta, _column(step, said[at], odd)) for at, step in self._steps if step.meta]
        return PlannedRows([kind or empty() for kind in kinds], kind_of, columns, metas, odd)

    def _kinds(
        self, said: Sequence[Sequence[str]], count: int, empty: Callable[[], Post]
    ) -> tuple[list[Post | None], list[int]]:
        """Give the kinds, None for one that the plan refuses, and which one each record is."""
        each: list[tuple[str, ...]] = [*zip(*said, strict=True)] if said else [()] * count
        place = {kind: at for at, kind in enumerate(dict.fromkeys(each))}
        if len(self._known) + len(place) > MOST_KEPT:
            self._known.clear()
        if len(place) <= MOST_KINDS:
            for kind in place:
                if kind not in self._known:
                    self._known[kind] = self._kind(kind, empty())
        return [self._known.get(kind) for kind in place], [place[kind] for kind in each]

    def _kind(self, said: Spelled, post: Post) -> Post | None:
        """Give the record that says what those keys say; None where the plan refuses that."""
        try:
            spelled = ALL
            for (_, step), text in zip(self._few, said, strict=True):
                value, by = step.value(text)
                step.put(post, value)
                spelled &= by
            self._settle(post, spelled)
        except Refused:
            return None
        return post


def _column(step: Step, said: Sequence[str], odd: set[int]) -> Sequence[Any]:
    """Give the values of a column; what isn't for it, or not spelled so by all, goes to `odd`."""
    if said.count(said[0]) == len(said):
        values, is_odd = _values(step, said[:1])
        odd.update(range(len(said)) if is_odd else ())
        return [*values] * len(said)
    values, found = _values(step, said)
    odd.update(found)
    return values


def _values(step: Step, said: Sequence[str]) -> tuple[Sequence[Any], list[int]]:
    """Give the values, and the places of those that are odd."""
    values = step.plain(said) if step.plain else [None] * len(said)
    unknown = [at for at, value in enumerate(values) if value is None] if None in values else ()
    if not unknown:
        return values, []
    values, odd = [*values], []
    for at in unknown:
        values[at] = value = _asked(step, said[at])
        if value is None:
            odd.append(at)
    return values, odd


def _asked(step: Step, said: str) -> Any:
    """Give what a step says and all spell so; None where it refuses, or for a meta of many rows."""
    try:
        value, by = step.value(said)
    except Refused:
        return None
    if by is not ALL:
        return None
    if step.meta:
        return value[0] if len(value) == 1 else None
    return value
