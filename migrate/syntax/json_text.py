"""Reads and writes front matter in JSON, as Hugo and Eleventy take it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.values import Plain, Value

_LITERAL: Final = pattern(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null", re.ASCII
)
_SURROGATE: Final = pattern("[\ud800-\udfff]")
_INDENT: Final = "  "
_DEEPEST: Final = 100


class _TwiceError(ValueError):
    """A key stands twice in one map; its argument is the key."""


def load(head: str) -> dict[str, Value]:
    """Give the values of a head: numbers, truth values and null as `Plain`, as they are written.

    Raises RecordError with the line in the head and the column.
    """
    try:
        data = _DECODER.decode(head)
    except json.JSONDecodeError as error:
        raise RecordError(
            "source-front-matter-syntax",
            f"this isn't JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            line=error.lineno,
            column=error.colno,
            fix="Mend it here or on the line above",
        ) from error
    except _TwiceError as error:
        raise _duplicate(head, str(error)) from error
    except RecursionError as error:
        raise _too_deep() from error
    if not isinstance(data, dict):
        raise RecordError(
            "source-front-matter-syntax",
            "the front matter isn't an object of keys and values",
            line=1,
            fix="Put it between { and }",
        )
    return {key: _value(item, 0) for key, item in data.items()}


def dump(values: Mapping[str, Value]) -> str:
    """Give the lines of a head; `load(dump(values)) == values`."""
    return f"{_spelled(dict(values), '')}\n"


def end_of_object(text: str) -> int | None:
    """Give where the object ends that the text begins with; None where it isn't one."""
    try:
        return _DECODER.raw_decode(text)[1]
    except (json.JSONDecodeError, RecursionError):
        return None
    except _TwiceError:
        return json.JSONDecoder().raw_decode(text)[1]


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise _TwiceError(key)
        values[key] = value
    return values


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=Plain, parse_int=Plain, parse_constant=Plain
)


def _value(item: Any, depth: int) -> Value:
    if depth > _DEEPEST:
        raise _too_deep()
    match item:
        case str():
            return _whole(item)
        case bool():
            return Plain("true" if item else "false")
        case None:
            return Plain("null")
        case list():
            return [_value(part, depth + 1) for part in item]
        case _:
            return {key: _value(part, depth + 1) for key, part in item.items()}


def _whole(text: str) -> str:
    if _SURROGATE.search(text):
        raise RecordError(
            "source-front-matter-syntax",
            "an escape stands for half a character",
            fix="Write both halves, or the character itself",
        )
    return text


def _spelled(value: Value, margin: str) -> str:
    inside = margin + _INDENT
    if isinstance(value, dict) and value:
        lines = [f"{inside}{_text(key)}: {_spelled(item, inside)}" for key, item in value.items()]
        return "{{\n{}\n{}}}".format(",\n".join(lines), margin)
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        lines = [f"{inside}{_spelled(item, inside)}" for item in value]
        return "[\n{}\n{}]".format(",\n".join(lines), margin)
    if isinstance(value, str):
        literal = isinstance(value, Plain) and _LITERAL.fullmatch(value)
        return str(value) if literal else _text(value)
    return f"[{', '.join(_spelled(item, '') for item in value)}]" if value != {} else "{}"


def _text(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def _duplicate(head: str, key: str) -> RecordError:
    found = islice(re.finditer(re.escape(_text(key)) + r"\s*+:", head), 2)
    lines = [head.count("\n", 0, match.start()) + 1 for match in found] or [1]
    above = lines[min(1, len(lines) - 1)] - lines[0]
    return RecordError(
        "source-front-matter-syntax",
        f"the key `{key}` stands here a second time; the first is {above} "
        f"line{'' if above == 1 else 's'} above",
        line=lines[min(1, len(lines) - 1)],
        fix="Remove one of them, or make one list of both values",
    )


def _too_deep() -> RecordError:
    return RecordError(
        "source-front-matter-syntax", "lists or maps are nested too deeply", fix="Unfold them"
    )
