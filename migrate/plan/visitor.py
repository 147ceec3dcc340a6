"""Comparing as a visitor: which fields of a public post differ, and which can't be told to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from migrate.plan import stored
from migrate.plan.compare import CUSTOM, META, differing
from migrate.plan.rendered import may_be_filled_in, same_text

__all__ = ["Seen", "seen_differing"]

_TEXTS: Final = frozenset({"title", "content", "excerpt"})


class Seen(NamedTuple):
    """The fields that differ, and those that a visitor can't compare."""

    differing: list[str]
    unseen: list[str]


def seen_differing(
    wanted: Mapping[str, Any], row: Mapping[str, Any], status: stored.Status | None
) -> Seen:
    """Compare what a record says with what a visitor is shown, field by field."""
    found = Seen([], [])
    for field, value in wanted.items():
        match _is_same(field, value, row, status):
            case None:
                found.unseen.append(field)
            case False:
                found.differing.append(field)
    return found


def _is_same(
    field: str, value: Any, row: Mapping[str, Any], status: stored.Status | None
) -> bool | None:
    """Tell whether a field is the same; None where a visitor can't know."""
    if field in _TEXTS:
        return _is_same_text(field, value, row.get(field))
    if field == "password":
        return bool(value) == bool(row.get("password"))
    if field.startswith(CUSTOM):
        return None
    held = row.get("meta") if field.startswith(META) else row
    if not isinstance(held, dict) or field.removeprefix(META) not in held:
        return None
    return not differing({field: value}, row, status)


def _is_same_text(field: str, value: str, held: Any) -> bool | None:
    if not isinstance(held, dict) or held.get("protected") or "rendered" not in held:
        return None
    if field == "excerpt" and not value.strip():
        return None  # WordPress shows the beginning of the content then
    if same_text(value, held["rendered"]):
        return True
    return None if field != "title" and may_be_filled_in(value, held["rendered"]) else False
