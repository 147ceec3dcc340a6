"""Mapping files against mappings/schema.json, with complaints in our own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from migrate.mapping.document import Complaint, Document

_TYPES: Final = {
    "object": "a map (`key: value`)",
    "array": "a list (`[one, two]`)",
    "string": "text (in quotes, if it looks like a number or a truth value)",
    "boolean": "true or false",
    "integer": "a whole number",
}


def complaints(document: Document, schema: str) -> list[Complaint]:
    """Give everything that the schema, JSON text, has against a document."""
    validator = Draft202012Validator(json.loads(schema))
    return [
        document.at([*error.absolute_path, *more], text, key=bool(more))
        for error in validator.iter_errors(document.data)
        for more, text in _in_words(error)
    ]


def _in_words(error: ValidationError) -> Iterator[tuple[list[str], str]]:
    """Give what is wrong with a value, or with the keys inside it that are named first."""
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error.schema, error.instance)
        return
    words = _WORDS.get(str(error.validator))
    yield [], words(error.validator_value, error.instance) if words else error.message


def _unknown_keys(part: Any, instance: Any) -> Iterator[tuple[list[str], str]]:
    known = ", ".join(part["properties"])
    for key in instance:
        if key not in part["properties"]:
            yield [key], f"`{key}` is no key of a mapping here: use one of {known}"


def _required(names: list[str], instance: Any) -> str:
    missing = ", ".join(f"`{name}`" for name in names if name not in instance)
    return f"{missing} is missing: add it"


_WORDS: Final[dict[str, Callable[[Any, Any], str]]] = {
    "required": _required,
    "type": lambda wanted, _: f"this must be {_TYPES[wanted]}",
    "enum": lambda known, value: f"`{value}` isn't known: use one of {', '.join(known)}",
    "pattern": lambda _, value: f"`{value}` must be of a-z, 0-9 and -, a letter first",
    "anyOf": lambda *_: "this must be text, or a list of texts, with something in each",
    "minimum": lambda least, value: f"{value} is too small: the least is {least}",
    "minLength": lambda *_: "this is empty: write something, or leave the key out",
    "minItems": lambda *_: "the list is empty: name at least one",
    "minProperties": lambda *_: "the map is empty: it needs at least one key",
    "uniqueItems": lambda *_: "something stands twice in this list: keep it once",
}
