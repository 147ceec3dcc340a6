"""YAML that people can read and edit and that holds nothing but text, lists and maps.

Every scalar is text, and what `dump` writes any YAML reader takes for text too: what looks like a
number, a date or a truth value is quoted. Text of several lines stands as a block where a block
keeps each character; all other text is quoted on one line. `load` types nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable
from functools import lru_cache
from typing import Any, Final

import yaml

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.values import TYPED_WORDS, Value
from migrate.syntax.yaml_nesting import DEEPEST, is_too_deep

_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_BARE: Final = pattern(r"[^\W\d][\w ./@+,()'-]*(?<! )")
# Neither YAML's own line ends nor what a reader refuses, nor half of a surrogate pair.
_UNPRINTABLE: Final = pattern("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_CONTROL: Final = pattern("[\x00-\x08\x0b-\x1f]")
_BREAKS: Final = pattern(r"[\t\n]")
_BETTER_SINGLE: Final = pattern(r'["\\]')
_BLOCK_START: Final = pattern(r"[^ \t\n]")
_ALIAS: Final = pattern(r"(?:^|[\s\[{,:-])\*[^\s*]", re.MULTILINE)
_LONGEST_KEPT: Final = 64  # characters: keys, dates, names of terms come again and again
_LONGEST_KEY: Final = 100  # characters; YAML takes up to 1024 bytes before the colon


def dump(value: Value) -> str:
    """Give the YAML of a list or a map, with a line end. `load(dump(value)) == value`."""
    return _children(value, 0) if value and not isinstance(value, str) else f"{_scalar(value, 0)}\n"


def load(text: str) -> Value:
    """Give what YAML says, every leaf as the text that it stands as; empty text for nothing.

    Raises RecordError with the line where it isn't YAML, where a key stands twice, for
    aliases, which could make a small file endless, and for lists and maps nested too deeply.
    """
    try:
        _refuse_depth(text)
        _refuse_aliases(text)
        value: Value | None = yaml.load(text, Loader=_Loader)  # noqa: S506 - a BaseLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RecordError(
            "source-yaml-syntax",
            error.problem or "this isn't YAML",
            line=mark.line + 1 if mark else 1,
            column=mark.column + 1 if mark else 1,
            fix="Mend it here or on the line above",
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        message = f"this isn't YAML: {str(error).partition(chr(10))[0]}"
        raise RecordError("source-yaml-syntax", message, line=1, fix="Write it anew") from error
    return "" if value is None else value


class _Loader(_Base):  # type: ignore[misc] # libyaml's class, or PyYAML's own
    """PyYAML's loader that types nothing, refusing a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        values: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(values) != len(node.value):
            raise yaml.MarkedYAMLError(None, None, "a key stands twice", node.start_mark)
        return values


def _refuse_depth(text: str) -> None:
    if is_too_deep(text):
        raise RecordError(
            "source-yaml-syntax",
            f"lists or maps are nested deeper than {DEEPEST} levels",
            line=1,
            fix="Write it anew",
        )


def _refuse_aliases(text: str) -> None:
    if "&" not in text or not _ALIAS.search(text):
        return
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise RecordError(
                "source-yaml-syntax",
                "anchors and aliases aren't used here",
                line=event.start_mark.line + 1 if event.start_mark else 1,
                fix="Write the value out",
            )


def _children(value: Value, indent: int) -> str:
    pad = " " * indent
    if isinstance(value, dict):
        pairs = value.items()
        return "".join([f"{pad}{_key(key, pad)}:{_behind(item, indent)}" for key, item in pairs])
    return "".join([f"{pad}-{_item(item, indent)}" for item in value])


def _key(key: str, pad: str) -> str:
    text = _quoted(key)
    return text if len(text) <= _LONGEST_KEY else f"? {text}\n{pad}"


def _item(value: Value, indent: int) -> str:
    """Give a list's item; a map begins on the line of its dash."""
    if isinstance(value, dict) and value:
        return f" {_children(value, indent + 2)[indent + 2 :]}"
    return _behind(value, indent)


def _behind(value: Value, indent: int) -> str:
    if isinstance(value, str) or not value:
        return f" {_scalar(value, indent + 2)}\n"
    return f"\n{_children(value, indent + 2)}"


def _scalar(value: Value, indent: int) -> str:
    if not isinstance(value, str):
        return "[]" if isinstance(value, list) else "{}"
    if "\n" in value and _BLOCK_START.match(value) and _is_printable(value):
        return _block(value, " " * indent)
    return _quoted(value)


def _quoted(text: str) -> str:
    return _kept(text) if len(text) <= _LONGEST_KEPT else _spelled(text)


def _spelled(text: str) -> str:
    if _BARE.fullmatch(text) and text not in TYPED_WORDS:
        return text
    if _BETTER_SINGLE.search(text) and not _BREAKS.search(text) and _is_printable(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", escaped)


_kept = lru_cache(maxsize=4096)(_spelled)


def _is_printable(text: str) -> bool:
    return not (_CONTROL.search(text) or _UNPRINTABLE.search(text))


def _block(text: str, margin: str) -> str:
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    opener = "|-" if not ends else "|" if ends == 1 else "|+"
    lines = [f"{margin}{line}" if line else "" for line in body.split("\n")]
    return "\n".join([opener, *lines, *[""] * (ends - 1)])
