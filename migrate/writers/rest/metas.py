"""Metas: the rows of a record as the values that the site's registered metas take."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from migrate.live.api import Row
from migrate.model.post import Meta

__all__ = ["rows_by_key", "value"]

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_SERIALIZED: Final = re.compile(r"([aOCs]:[0-9]+:|[idb]:[-0-9.]+;|N;)")
_BOOLEANS: Final = {"1": True, "true": True, "": False, "0": False, "false": False}


def rows_by_key(metas: Iterable[Meta]) -> dict[str, list[str]]:
    """Return the values of each key, in the order of the rows."""
    rows: dict[str, list[str]] = {}
    for meta in metas:
        rows.setdefault(meta.key, []).append(meta.value)
    return rows


def value(rows: list[str], rule: Row) -> Any:
    """Return the rows of one key as the value that its schema asks for.

    Raises ValueError where they can't be one, saying why. A meta with a single row and the type
    `array` looks like one of several rows in the schema, so serialized text is never taken apart.
    """
    if _type(rule) == "array":
        items = rule.get("items")
        return [_scalar(row, items if isinstance(items, dict) else {}) for row in rows]
    if len(rows) > 1:
        raise ValueError("it has several rows, and the site takes one")
    return _scalar(rows[0], rule)


def _scalar(text: str, rule: Row) -> Any:
    wanted = _type(rule)
    match wanted:
        case "string" if not _SERIALIZED.match(text):
            return text
        case "integer" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _INTEGER.fullmatch(text):
            return int(text)
        case "number" if _is_exact(text):
            return float(text)
        case "boolean" if text.lower() in _BOOLEANS:
            return _BOOLEANS[text.lower()]
    raise ValueError(f"it isn't of the type {wanted}, which the site takes")


def _is_exact(text: str) -> bool:
    """Return whether a number comes back as the same text: not `1.50`."""
    try:
        return repr(float(text)) == text
    except ValueError:
        return False


def _type(rule: Row) -> str:
    named = rule.get("type", "string")
    return str(
        next((name for name in named if name != "null"), "") if isinstance(named, list) else named
    )
