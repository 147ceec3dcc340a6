"""A mapping together with the ones that it extends, and where each of its parts was written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

from msgspec import Struct

from migrate.mapping.document import Complaint, Document, Steps


class Mapping(Struct, frozen=True):
    """A resolved mapping: plain data, and for each rule the document that wrote it.

    `rewrite_origin` says the same of its rewrite rules.
    """

    document: Document
    data: dict[str, Any]
    rule_origin: dict[str, Document]
    rewrite_origin: dict[str, Document]

    def origin(self, key: str) -> Document:
        """Give the document in which the rule for a key stands."""
        return self.rule_origin[key]


def alone(document: Document) -> Mapping:
    """Give a mapping that extends no other."""
    data = document.data
    origins, rewrites = _origins(document)
    return Mapping(document, data, origins, rewrites)


def extended(parent: Mapping, document: Document) -> Mapping:
    """Lay a document over the mapping that it extends; the child's parts win."""
    own = document.data
    dropped = frozenset(own.get("drop", ()))
    data = {**parent.data, **{key: value for key, value in own.items() if key != "drop"}}
    for part in ("fields", "folder_status", "rewrite"):
        data[part] = parent.data.get(part, {}) | own.get(part, {})
    data["skip_folders"] = _together(parent.data, own, "skip_folders")
    data["fields"] = {
        key: rule
        for key, rule in data["fields"].items()
        if key not in dropped or key in own.get("fields", {})
    }
    if "always" not in own:
        data["always"] = _still_there(parent.data.get("always", ()), data["fields"])
    if "key_order" not in own:
        data["key_order"] = {
            variant: _still_there(keys, data["fields"])
            for variant, keys in parent.data.get("key_order", {}).items()
        }
    origins, rewrites = _origins(document)
    return Mapping(document, data, parent.rule_origin | origins, parent.rewrite_origin | rewrites)


def drop_complaints(parent: Mapping, document: Document) -> Iterator[Complaint]:
    """Complain about each key to drop that the extended mapping doesn't have."""
    for place, key in enumerate(document.data.get("drop", ())):
        if key not in parent.data["fields"]:
            steps: Steps = ("drop", place)
            yield document.at(
                steps, f"`{parent.data['name']}` has no rule for `{key}`: leave it out here"
            )


def _origins(document: Document) -> Iterator[dict[str, Document]]:
    for part in ("fields", "rewrite"):
        yield dict.fromkeys(document.data.get(part, ()), document)


def _still_there(keys: Iterable[str], fields: Container[str]) -> list[str]:
    return [key for key in keys if key in fields]


def _together(parent: dict[str, Any], own: dict[str, Any], part: str) -> list[str]:
    return list(dict.fromkeys([*parent.get(part, ()), *own.get(part, ())]))
