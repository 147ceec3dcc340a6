"""Metas: the values that REST gives for registered metas, as the rows that they are stored in.

Each function is the way back of writers/rest/metas.py: a value that nobody stored comes as its
default, so what equals the default is no row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrate.live.api import Row
from migrate.model.post import Meta
from migrate.syntax import php_serialized

__all__ = ["rows"]


def rows(metas: Any, rules: Mapping[str, Row]) -> list[Meta]:
    """Give the rows of a record's metas; `rules` are the schemas of the registered ones.

    A list of scalars is a row for each, as a meta of several rows comes; anything else that is no
    scalar is one row, serialized. What equals its default, or is empty, isn't a row.
    """
    if not isinstance(metas, dict):  # PHP writes no metas as an empty list
        return []
    return [
        Meta(key, text)
        for key, value in metas.items()
        if value != rules.get(key, {}).get("default")
        for text in _texts(value)
    ]


def _texts(value: Any) -> list[str]:
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return [_scalar(item) for item in value]
    if isinstance(value, list | dict):
        return [php_serialized.serialize(value)] if value else []
    return [text] if (text := _scalar(value)) not in {"", "0"} or value == "0" else []


def _scalar(value: Any) -> str:
    """Return a scalar as wp_postmeta holds it: PHP's own text of booleans and numbers."""
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
