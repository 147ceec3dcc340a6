"""The tables of docs/rewriting.md: every rewrite rule and every option, as the code states them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.rules import RULES, rule_class
from tests.sources import SAMPLES

ROOT: Final = SAMPLES.parent
NO_WAY_BACK: Final = "none"

_FORMATS: Final = {"html": "HTML", "markdown": "Markdown", "rst": "reStructuredText"}
_COMMON: Final = "for"  # every rule has it: the guide's prose explains it


def rules_table(names: Iterable[str] = tuple(RULES)) -> str:
    """Give a row for each rule: what it looks for, what becomes of that, where, and how back."""
    head = ["rule", "looks for", "what it does", "bodies", "way back"]
    return _table([head, *(_rule_row(name, rule_class(name)) for name in names)])


def options_table(names: Iterable[str] = tuple(RULES)) -> str:
    """Give a row for each option of these rules, as mappings/schema.json describes it."""
    rows = [
        [_code(name), _code(option), _meaning(said)]
        for name in names
        for option, said in options(name).items()
    ]
    return _table([["rule", "option", "meaning"], *rows])


def options(name: str) -> dict[str, dict[str, Any]]:
    """Give what the schema of mapping files says of each option that a rule has of its own."""
    said: dict[str, Any] = _schema()["properties"]["rewrite"]["properties"][name]["properties"]
    return {option: about for option, about in said.items() if option != _COMMON}


def examples(name: str) -> str:
    """Give the path of the file with a rule's examples, which the tests run."""
    return f"tests/cases/rewrite/{name}.md"


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((ROOT / "mappings" / "schema.json").read_bytes())
    return schema


def _rule_row(name: str, rule: type[Rule]) -> list[str]:
    shown = f"[{_code(name)}](../{examples(name)})"
    return [shown, rule.looks_for, rule.does, _bodies(rule), rule.way_back or NO_WAY_BACK]


def _bodies(rule: type[Rule]) -> str:
    if rule.bodies == ANY_BODY:
        return "any"
    return ", ".join(words for name, words in _FORMATS.items() if name in rule.bodies)


def _meaning(said: dict[str, Any]) -> str:
    words: str = said.get("description", "")
    one, several = _choices(said), _choices(said.get("items", {}))
    known = f" One of {', '.join(one)}." if one else ""
    known += f" Any of {', '.join(several)}." if several else ""
    default = said.get("default", "")
    is_said = default == "" or "default" in words
    return f"{words}{known}" + ("" if is_said else f" {_code(_yaml(default))}, unless stated.")


def _choices(said: dict[str, Any]) -> list[str]:
    if reference := said.get("$ref"):
        said = _schema()["$defs"][reference.rpartition("/")[2]]
    return [_code(choice) for choice in said.get("enum", ())]


def _yaml(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _code(text: str) -> str:
    return f"`{text}`"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *others = rows
    lines = [head, ["---"] * len(head), *others]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
