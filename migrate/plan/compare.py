"""Comparing: which fields of a post on the site differ from what a record says.

Fields have the REST API's names; a meta is `meta.` with its key. One that isn't registered there is
`custom_fields.` with its key, the name that XML-RPC has for metas: a list of texts, one for each
row. A post of the site is the plain row of a listing in the context `edit`, with what was asked for
beside it under `custom_fields`, and under `comments` those of the record's that need nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from migrate.model.action import HIDDEN, Change, cut
from migrate.plan import stored

__all__ = [
    "COMMENTS",
    "CUSTOM",
    "META",
    "changed_by_site",
    "changes",
    "differing",
    "respelled",
    "site_value",
]

META: Final = "meta."
CUSTOM: Final = "custom_fields."
COMMENTS: Final = "comments"

_TEXTS: Final = frozenset({"title", "content", "excerpt", "caption", "description"})
_DATES: Final = frozenset({"date", "date_gmt"})


def differing(
    wanted: Mapping[str, Any],
    row: Mapping[str, Any],
    status: stored.Status | None,
    *,
    rendered_title: bool = False,
) -> list[str]:
    """Return the fields that an update has to send; values count as the site would store them.

    With `rendered_title` a title may also be as the site shows it, texturized.
    """
    return [
        field
        for field, value in wanted.items()
        if not _same(field, value, row, status)
        and not (field == "title" and rendered_title and value == _rendered(row))
    ]


def changed_by_site(
    sent: Mapping[str, Any], row: Mapping[str, Any], status: stored.Status | None
) -> list[str]:
    """Return the fields that the site holds otherwise than they were sent, to the character."""
    return [
        field
        for field, value in sent.items()
        if not _same(field, value, row, status) or not _same_spelling(field, value, row)
    ]


def respelled(
    wanted: Mapping[str, Any], row: Mapping[str, Any], status: stored.Status | None
) -> list[str]:
    """Return the fields of which the site holds the form that it makes of them, not what is said.

    An update couldn't change that.
    """
    return [
        field
        for field, value in wanted.items()
        if _same(field, value, row, status) and not _same_spelling(field, value, row)
    ]


def changes(
    fields: tuple[str, ...], wanted: Mapping[str, Any], row: Mapping[str, Any]
) -> list[Change]:
    """Return the fields' values before and after, long ones cut round the first difference."""
    return [_change(field, site_value(row, field), wanted[field]) for field in fields]


def site_value(row: Mapping[str, Any], field: str) -> Any:
    """Return what the site holds in a field; None where it doesn't say."""
    if field.startswith(META):
        metas = row.get("meta")
        return metas.get(field.removeprefix(META)) if isinstance(metas, dict) else None
    if field.startswith(CUSTOM):
        return (row.get("custom_fields") or {}).get(field.removeprefix(CUSTOM), [])
    value = row.get(field)
    if field in _TEXTS and isinstance(value, dict):  # a term's description is a plain text
        return value.get("raw")
    if field in _DATES:
        return str(value or "").replace("T", " ")
    return value


def _rendered(row: Mapping[str, Any]) -> Any:
    title = row.get("title")
    return title.get("rendered") if isinstance(title, dict) else None


def _same(field: str, value: Any, row: Mapping[str, Any], status: stored.Status | None) -> bool:
    held = site_value(row, field)
    match field:
        case "title":
            return bool(stored.title(value) == held)
        case "excerpt":
            return bool((value or "") == (held or ""))  # of a new post an empty one isn't asked for
        case "slug":
            return stored.slug(value) == stored.slug_of_row(str(held or ""))
        case "status":
            return held in (status.same if status else {value})
        case _ if isinstance(value, list) and not field.startswith((META, CUSTOM, COMMENTS)):
            there = held if isinstance(held, list) else []
            return all(each in there for each in value) and all(each in value for each in there)
    return bool(value == held)


def _same_spelling(field: str, value: Any, row: Mapping[str, Any]) -> bool:
    """Return whether nothing was trimmed off a title, and a slug is as it was written."""
    held = site_value(row, field)
    if field == "slug":
        return unquote(value) == unquote(str(held or "").removesuffix(stored.TRASHED))
    return field != "title" or bool(value == held)


def _change(field: str, before: Any, after: Any) -> Change:
    if field == "password":
        return Change(field, HIDDEN, HIDDEN)
    change = cut(field, _shown(before), _shown(after))
    return change._replace(public=not field.startswith(f"{META}_"))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        if value and isinstance(value[0], dict):  # comments, of which nobody wants to see it all
            return f"{len(value)} as here"
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
