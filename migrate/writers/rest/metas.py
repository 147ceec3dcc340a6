"""Metas: a record's rows as the site takes them, as registered metas or as custom fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from migrate.live.api import Row
from migrate.model.post import Meta, Post
from migrate.plan.compare import CUSTOM, META
from migrate.syntax import php_serialized
from migrate.writers.rest import custom_fields
from migrate.writers.rest.connection import Kind
from migrate.writers.rest.losses import Losses

__all__ = ["TEMPLATE", "fields", "rows_by_key", "value"]

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_BOOLEANS: Final = {"1": True, "true": True, "": False, "0": False, "false": False}


TEMPLATE: Final = "_wp_page_template"
"""The meta that REST's field `template` is."""

_HOUSEKEEPING: Final = frozenset(
    {
        *("_edit_lock", "_edit_last", "_pingme", "_encloseme", "_wp_old_slug", "_wp_old_date"),
        *("_wp_trash_meta_status", "_wp_trash_meta_time", "_wp_desired_post_slug"),
    }
)
"""What WordPress notes down for itself."""


def fields(
    post: Post, kind: Kind, losses: Losses, *, xml_rpc: bool
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return a record's metas as REST takes them, and those that go over XML-RPC, if that is on.

    The rest is lost, and named.
    """
    registered: dict[str, Any] = {}
    custom: dict[str, list[str]] = {}
    for key, rows in rows_by_key(post.meta or ()).items():
        if key == TEMPLATE:
            continue
        rule = kind.schema.meta.get(key)
        if rule is None:
            reason = _unsendable(key, rows, xml_rpc=xml_rpc)
            if reason:
                _lose(key, rows, kind, losses, reason)
            else:
                custom[CUSTOM + key] = rows
            continue
        try:
            registered[META + key] = value(rows, rule)
        except ValueError as error:
            losses.refused(key, f"the meta {key} wasn't sent: {error}")
    return registered, custom


def _unsendable(key: str, rows: list[str], *, xml_rpc: bool) -> str:
    if custom_fields.is_protected(key):
        return "only registered ones can be set where a key begins with _"
    return custom_fields.unsendable(key, rows) if xml_rpc else "XML-RPC is off"


def _lose(key: str, rows: list[str], kind: Kind, losses: Losses, reason: str) -> None:
    code, message = (
        "loss-meta-not-registered",
        f"the meta {key} isn't registered for REST, and {reason}",
    )
    if key in _HOUSEKEEPING:
        losses.note(
            code,
            f"the meta {key} is a note of WordPress for itself, which each site makes anew",
            key,
        )
        return
    fix = "Bring it in with a WXR file"
    if not any(map(php_serialized.is_taken_for_serialized, rows)):
        fix = f"Register it on the site, then import again: {_registration(key, rows, kind)}"
    losses.note(code, message, key, fix)


def _registration(key: str, rows: list[str], kind: Kind) -> str:
    """Return the lines of PHP that make the site take a meta over REST."""
    single = "true" if len(rows) == 1 else "false"
    rule = f"'type' => 'string', 'single' => {single}, 'show_in_rest' => true"
    if custom_fields.is_protected(key):
        rule += ", 'auth_callback' => fn() => current_user_can( 'edit_posts' )"
    quoted = key.replace("\\", "\\\\").replace("'", "\\'")
    registered = f"register_post_meta( '{kind.type.name}', '{quoted}', array( {rule} ) );"
    if "custom-fields" in kind.type.supports:
        return registered
    return f"add_post_type_support( '{kind.type.name}', 'custom-fields' ); {registered}"


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
        case "string" if not php_serialized.is_taken_for_serialized(text):
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
