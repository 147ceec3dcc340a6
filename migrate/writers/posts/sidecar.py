"""What of a record its front matter doesn't say: the content of its sidecar."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from migrate.mapping.dialect import Dialect
from migrate.mapping.said import by_key
from migrate.model.post import Meta, Post
from migrate.model.provenance import Provenance
from migrate.syntax.plain_records import (
    IDENTITY,
    POST_FIELDS,
    TOGETHER,
    MetaRow,
    field_value,
    meta_value,
)
from migrate.syntax.values import Value

_NOT_ASKED: Final = frozenset(("content", "meta"))


def unsaid(post: Post, back: Post) -> dict[str, Value]:
    """Give the stated fields that `back`, what a reader finds in the file, doesn't state alike.

    A field that another one decides is said with it, so that a reader sees if one was edited.
    """
    names = {
        name
        for name in POST_FIELDS
        if name not in _NOT_ASKED
        and (stated := getattr(post, name)) is not None
        and stated != getattr(back, name)
    }
    for group in TOGETHER:
        if not names.isdisjoint(group):
            names |= {name for name in group if getattr(post, name) is not None}
    rows = _rows(post.meta, back.meta)
    names |= set() if rows is None else {"meta"}
    return {
        name: meta_value(rows or ()) if name == "meta" else field_value(name, getattr(post, name))
        for name in POST_FIELDS
        if name in names
    }


def filled(post: Post, back: Post) -> list[str]:
    """Name the unset fields that the file states all the same, since its dialect always does."""
    names = [n for n in POST_FIELDS if getattr(post, n) is None and getattr(back, n) is not None]
    return names + (["content"] if post.content is None else [])


def origin(post: Post, dialect: Dialect) -> dict[str, Value]:
    """Give the provenance that the record brings along, but for what the file itself shows."""
    said = post.provenance
    if said.dialect == dialect.name:
        return dict(said.origin)
    if said.origin.get("dialect") == dialect.name:
        said = replace(said, origin=said.origin.get("origin", {}))
    brought = said.as_json()
    return {} if brought.keys() <= {"path"} else brought


def whole(
    values: dict[str, Value], post: Post, filled_fields: list[str], brought: dict[str, Value]
) -> dict[str, Value]:
    """Give the sidecar: the identity by which a renamed post finds it, then all that is unsaid.

    Empty where there is nothing to say.
    """
    kept = Provenance(filled=filled_fields, origin=brought).as_json()
    if not values and not kept:
        return {}
    identity = {n: field_value(n, held) for n in IDENTITY if (held := getattr(post, n)) is not None}
    return identity | values | ({"provenance": kept} if kept else {})


def _rows(stated: list[Meta] | None, said: list[Meta] | None) -> list[MetaRow] | None:
    """Give the rows that aren't said, with the keys alone of those that are where order asks it."""
    if stated is None or stated == said:
        return None
    in_front = by_key(said)
    rest: list[MetaRow] = [row for row in stated if row.key not in in_front]
    if [*(said or ()), *rest] == stated:
        return rest
    return [row.key if row.key in in_front else row for row in stated]
