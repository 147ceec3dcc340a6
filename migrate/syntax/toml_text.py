"""Reads and writes front matter in TOML, as Hugo and Eleventy take it."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.measures import refuse_long
from migrate.syntax.toml_load import DEEPEST, loads
from migrate.syntax.values import Plain, Value

_PLACE: Final = pattern(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)")
_ENTRY: Final = pattern(r"^([A-Za-z0-9_-]+)[ \t]*=[ \t]*([^\s\"'\[{#][^#\n]*)", re.MULTILINE)
_BARE_KEY: Final = pattern(r"[A-Za-z0-9_-]+")
_FIRST_TABLE: Final = pattern(r"^[ \t]*\[", re.MULTILINE)
_OTHER: Final = pattern(r"[#\n]|\A\s|\s\Z")


def load(head: str) -> dict[str, Value]:
    """Give the values of a head: numbers, truth values and dates as `Plain`.

    What isn't text keeps its spelling at the top level; deeper, only a number with a fraction does,
    and the others stand in TOML's usual form. Raises RecordError with the line and the column.
    """
    refuse_long(head)
    try:
        data = loads(head, parse_float=Plain)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(error, head) from error
    except RecursionError as error:
        raise _too_deep() from error
    values = {key: _value(item, 0) for key, item in data.items()}
    top = head[: found.start()] if (found := _FIRST_TABLE.search(head)) else head
    for key, spelled in _ENTRY.findall(top):
        text = spelled.rstrip()
        if isinstance(values.get(key), Plain) and _literal(text) == data[key]:
            values[key] = Plain(text)
    return values


def dump(values: Mapping[str, Value]) -> str:
    """Give the lines of a head; `load(dump(values)) == values`. Maps are written in one line."""
    return "".join(f"{_key(key)} = {_at_the_top(key, value)}\n" for key, value in values.items())


def _at_the_top(key: str, value: Value) -> str:
    """Spell a value where `load` finds out how it is spelled: behind a key without quotes."""
    if isinstance(value, Plain) and _BARE_KEY.fullmatch(key) and not _OTHER.search(value):
        literal = _literal(value)
        if literal is not None and not isinstance(literal, (list, dict)):
            return str(value)
    return _spelled(value)


def _value(item: Any, depth: int) -> Value:
    if depth > DEEPEST:
        raise _too_deep()
    match item:
        case str():
            return item
        case bool():
            return Plain("true" if item else "false")
        case int():
            return Plain(item)
        case datetime() | date() | time():
            return Plain(_moment(item))
        case list():
            return [_value(part, depth + 1) for part in item]
        case _:
            return {key: _value(part, depth + 1) for key, part in item.items()}


def _moment(moment: datetime | date | time) -> str:
    text = moment.isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


def _literal(text: str) -> Any:
    """Give what TOML takes a text without quotes for; None where it takes it for nothing."""
    try:
        return loads(f"value = {text}", parse_float=Plain).get("value")
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _spelled(value: Value) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_spelled, value))}]"
    if isinstance(value, dict):
        pairs = (f"{_key(key)} = {_spelled(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, Plain) and _comes_back(value):
        return str(value)
    return str(_library().item(str(value)).as_string())


def _comes_back(text: str) -> bool:
    """Tell whether text without quotes is one literal, spelled as `load` gives it."""
    found = _literal(text) if "\n" not in text else None
    return found is not None and not isinstance(found, (list, dict)) and _value(found, 0) == text


def _key(key: str) -> str:
    return str(_library().key(str(key)).as_string()) if key else '""'


@cache
def _library() -> Any:
    """Give tomlkit, which only those need who write TOML: it takes long to import."""
    return importlib.import_module("tomlkit")


def _syntax_error(error: tomllib.TOMLDecodeError, head: str) -> RecordError:
    place = _PLACE.search(str(error))
    stated = place is not None and place[1] is not None
    line = int(place[1]) if place and stated else head.count("\n") + 1
    what = _PLACE.sub("", str(error))
    return RecordError(
        "source-front-matter-syntax",
        f"this isn't TOML: {what[:1].lower()}{what[1:]}{_above(head, line)}",
        line=line,
        column=int(place[2]) if place and stated else None,
        fix="Mend it here or on the line above",
    )


def _above(head: str, line: int) -> str:
    """Name the line on which the key of this line stood before, where one did."""
    lines = head.split("\n")
    key = lines[line - 1].partition("=")[0].strip() if line <= len(lines) else ""
    if not key:
        return ""
    earlier = [n for n, text in enumerate(lines[: line - 1], 1) if _names(text, key)]
    if not earlier:
        return ""
    above = line - earlier[0]
    return f"; `{key}` stands {above} line{'' if above == 1 else 's'} above as well"


def _names(line: str, key: str) -> bool:
    return "=" in line and line.partition("=")[0].strip() == key


def _too_deep() -> RecordError:
    return RecordError(
        "source-front-matter-syntax", "lists or maps are nested too deeply", fix="Unfold them"
    )
