"""Metas that stand under a key of the dialect, or inside a map of metas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrate.errors import RecordError
from migrate.mapping import metas
from migrate.mapping.manner import Manner
from migrate.mapping.rules import Rule
from migrate.model.post import Meta, Post
from migrate.syntax.values import Value


def read_map(post: Post, rows: list[Meta], value: Mapping[str, Value], style: metas.Style) -> None:
    """Add the rows of a map of metas, and note which keys stood in it."""
    spelling = post.provenance.spelling
    spelling["nested"] = list(value)
    for key, item in value.items():
        if shape := metas.read(rows, key, item, style):
            spelling.setdefault("shapes", {})[key] = shape


def add(
    values: dict[str, Value],
    post: Post,
    spelling: Mapping[str, Any],
    rules: Mapping[str, Rule],
    manner: Manner,
) -> dict[str, Value]:
    """Give the values with those for the post's metas.

    A meta named like a key of the dialect stands there only where the key takes it for a meta again
    and says nothing else of the record than the other keys do.
    """
    shapes = spelling.get("shapes", {})
    nested = frozenset(map(str, spelling.get("nested", ()))) if manner.meta_map else frozenset()
    inside, outside = _parted(post.meta or (), nested)
    found = metas.write(outside, _of(shapes, nested, inside=False), (), manner.meta)
    found |= _as_they_stood(found, spelling.get("values", {}), manner.meta)
    together = values | {
        key: value
        for key, value in found.items()
        if _admits(key, value, values, post, rules.get(key), manner)
    }
    if nested:
        map_shapes = _of(shapes, nested, inside=True)
        together[manner.meta_map] = dict(metas.write(inside, map_shapes, (), manner.meta))
    return together


def _as_they_stood(
    found: Mapping[str, Value], kept: Mapping[str, Value], style: metas.Style
) -> dict[str, Value]:
    """Give the kept values that still make the same rows."""
    return {
        key: kept[key]
        for key, value in found.items()
        if key in kept and _rows(key, value, style) == _rows(key, kept[key], style)
    }


def _rows(key: str, value: Value, style: metas.Style) -> list[Meta] | None:
    rows: list[Meta] = []
    try:
        metas.read(rows, key, value, style)
    except RecordError:
        return None
    return rows


def _parted(rows: Iterable[Meta], nested: frozenset[str]) -> tuple[Post, Post]:
    rows = list(rows)
    return (
        Post(meta=[row for row in rows if row.key in nested]),
        Post(meta=[row for row in rows if row.key not in nested]),
    )


def _of(shapes: dict[str, str], nested: frozenset[str], *, inside: bool) -> dict[str, str]:
    return {key: shape for key, shape in shapes.items() if (key in nested) is inside}


def _admits(
    key: str,
    value: Value,
    values: Mapping[str, Value],
    post: Post,
    rule: Rule | None,
    manner: Manner,
) -> bool:
    if key == manner.meta_map and isinstance(value, dict):
        return False
    if key in values:
        return rule is not None and rule.says_more(post, value)
    if manner.any_case and key.lower() != key and key.lower() in manner.status.names:
        return False  # `Draft: false` would publish what `draft: true` holds back
    if key in manner.status.names:
        before, after = manner.status.read(values), manner.status.read({**values, key: value})
        if key in after.keys or before.status != after.status:
            return False
    if rule is None:
        return True
    if rule.derived:
        return rule.write(post, {}, always=False) != value
    return rule.meta and not rule.takes(post, value)
