"""Custom fields: metas that aren't registered for REST, sent over XML-RPC where that is on.

wp.editPost stores custom fields before it looks at terms, and it changes nothing else of a post if
it then finds a taxonomy that there isn't (wp_xmlrpc_server::_insert_post()). So one is named: no
revision is made, no time of a change set, no ping sent a second time. What became of each call is
read in the same request, since its answer is an error either way.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.errors import SiteError
from migrate.live.multicall import Call
from migrate.plan.compare import CUSTOM
from migrate.syntax import php_serialized

__all__ = [
    "GROUP",
    "Field",
    "Rows",
    "by_key",
    "edits",
    "is_protected",
    "of_fields",
    "read",
    "store",
    "unsendable",
]

GROUP: Final = 25
"""Posts in one request."""

_NO_TAXONOMY: Final = {"terms": {"": list[int]()}}
_NOT_COUNTED: Final = re.compile(r"[\x00-\x1f\x7f]")
_UNTRANSPORTABLE: Final = re.compile(r"^\s|\s$|[\x00-\x1f]")
_LARGEST: Final = 2**63
_PAUSE: Final = 0.5  # seconds, doubled each time
_LOOKS: Final = 6

Ask = Callable[[Sequence[Call]], list[Any]]
"""Sends calls in one request; gives their results."""

Rows = Mapping[str, Sequence[str]]
"""The values of each key, in the order of the rows."""


class Field(NamedTuple):
    """One row of wp_postmeta as XML-RPC tells it."""

    id: int
    key: str
    value: str


def is_protected(key: str) -> bool:
    """Tell whether WordPress lets nobody set a meta by hand (is_protected_meta())."""
    return _NOT_COUNTED.sub("", key).startswith("_")


def unsendable(key: str, rows: Iterable[str]) -> str:
    """Return why the rows of a key can't be sent as custom fields; nothing where they can."""
    if not key:
        return "it has no key"
    try:
        for row in rows:
            _value(row)
    except ValueError as error:
        return f"a serialized value would be changed: {error}"
    return ""


def edits(wanted: Rows, held: Iterable[Field]) -> list[dict[str, Any]]:
    """Return what makes a post hold these rows and no others of their keys.

    Rows that are there are changed in place, so that none stands twice.
    """
    known = list(held)
    found: list[dict[str, Any]] = []
    for key, rows in wanted.items():
        there = [field for field in known if field.key == key]
        for field, row in zip(there, rows, strict=False):
            if field.value != row:
                found.append({"id": field.id, "key": key, "value": _value(row)})
        found += [{"key": key, "value": _value(row)} for row in rows[len(there) :]]
        found += [{"id": field.id} for field in there[len(rows) :]]
    return found


def of_fields(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return those of a record's fields that are custom fields, by key."""
    return {
        name.removeprefix(CUSTOM): rows for name, rows in fields.items() if name.startswith(CUSTOM)
    }


def by_key(fields: Iterable[Field]) -> dict[str, list[str]]:
    """Return the values of each key, in the order of the rows."""
    found: dict[str, list[str]] = {}
    for field in fields:
        found.setdefault(field.key, []).append(field.value)
    return found


def read(ask: Ask, ids: Sequence[int]) -> dict[int, list[Field]]:
    """Return the custom fields of posts, but for protected ones; a post that is gone has none.

    Raises SiteError where no answer comes.
    """
    found: dict[int, list[Field]] = {}
    for group in _groups(ids):
        results = ask([_reading(post_id) for post_id in group])
        found |= {post: _fields(result) for post, result in zip(group, results, strict=True)}
    return found


def store(
    ask: Ask, change: Ask, wanted: Mapping[int, Rows], held: Mapping[int, Sequence[Field]]
) -> dict[int, list[Field]]:
    """Make posts hold these rows; gives their custom fields as they are afterwards.

    `held` is what they hold now. A new post, of which it says nothing, is taken to have none: what
    turns out to be there all the same, from a plugin, is put right in a second request. Without an
    answer posts are looked at until two looks agree, and what is missing then is sent once more.
    Raises SiteError where no answer comes again.
    """
    state = {post_id: list(fields) for post_id, fields in held.items()}
    for group in _groups(list(wanted)):
        todo = _todo(wanted, state, group)
        try:
            state |= _sent(change, todo)
        except SiteError:
            state |= _looked_up(ask, list(todo))
            state |= _sent(change, _todo(wanted, state, group))
        crowded = [post_id for post_id in todo if _has_more(wanted[post_id], state[post_id])]
        state |= _sent(change, _todo(wanted, state, crowded))
    return state


def _has_more(wanted: Rows, held: Iterable[Field]) -> bool:
    """Tell whether a post has more rows of a key than it should."""
    there = by_key(held)
    return any(len(there.get(key, ())) > len(rows) for key, rows in wanted.items())


def _todo(
    wanted: Mapping[int, Rows], held: Mapping[int, Sequence[Field]], group: Iterable[int]
) -> dict[int, list[dict[str, Any]]]:
    """Return what is to be changed in those posts of a group that don't hold all of it."""
    changes = {post_id: edits(wanted[post_id], held.get(post_id, ())) for post_id in group}
    return {post_id: fields for post_id, fields in changes.items() if fields}


def _sent(change: Ask, todo: Mapping[int, list[dict[str, Any]]]) -> dict[int, list[Field]]:
    """Send changes of posts; gives what they hold then."""
    calls: list[Call] = []
    for post_id, fields in todo.items():
        calls.append(("wp.editPost", (post_id, {"custom_fields": fields, **_NO_TAXONOMY})))
        calls.append(_reading(post_id))
    results = change(calls)[1::2] if calls else []
    return {post_id: _fields(result) for post_id, result in zip(todo, results, strict=True)}


def _looked_up(ask: Ask, ids: Sequence[int]) -> dict[int, list[Field]]:
    """Return the fields of posts once two looks at them, a growing pause apart, agree."""
    found = read(ask, ids)
    for look in range(_LOOKS):
        time.sleep(_PAUSE * 2**look)
        before, found = found, read(ask, ids)
        if before == found:
            break
    return found


def _groups(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + GROUP] for start in range(0, len(ids), GROUP))


def _reading(post_id: int) -> Call:
    return "wp.getPost", (post_id, ["custom_fields"])


def _fields(result: Any) -> list[Field]:
    rows = result.get("custom_fields") if isinstance(result, dict) else None
    fields = [Field(int(row["id"]), str(row["key"]), str(row["value"])) for row in rows or ()]
    return sorted(fields)


def _value(row: str) -> Any:
    """Return a row as what WordPress stores as this very text; ValueError where nothing is."""
    if not php_serialized.is_taken_for_serialized(row):
        return row
    once = php_serialized.text(row)
    if once is not None and php_serialized.is_taken_for_serialized(once):
        return once  # WordPress serializes it a second time, as it did before
    found = php_serialized.array(row)
    _check(found)
    return found


def _check(value: Any) -> None:
    """Raise ValueError for what XML-RPC has no form for."""
    match value:
        case dict():
            for name, item in value.items():
                if isinstance(name, str) and _UNTRANSPORTABLE.search(name):
                    raise ValueError("a key of it would lose its blanks")
                _check(item)
        case list():
            for item in value:
                _check(item)
        case None:
            raise ValueError("it holds a null")
        case float() if not math.isfinite(value):
            raise ValueError("it holds a number that isn't finite")
        case int() if not -_LARGEST <= value < _LARGEST:
            raise ValueError("it holds a number that PHP doesn't")
