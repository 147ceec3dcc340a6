"""docs/rewriting.md says of every rewrite rule what the code says."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from migrate.mapping.load import load
from migrate.rewrite.rule import Rule
from migrate.rewrite.rules import RULES, rule_class
from tests.docs.rule_tables import ROOT, examples, options, options_table, rules_table

GUIDE = ROOT / "docs" / "rewriting.md"
MAPPING = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PART = re.compile(r"(<!-- (\w+): written by the tests -->\n).*?(<!-- end -->)", re.DOTALL)
TABLES = {"rules": rules_table, "options": options_table}


def test_the_tables_are_what_the_code_says(golden: Any) -> None:
    """Each part between markers is fresh; `--accept` writes it again."""
    text = GUIDE.read_text(encoding="utf-8")
    fresh = PART.sub(lambda part: f"{part[1]}\n{TABLES[part[2]]()}\n{part[3]}", text)

    assert [part[2] for part in PART.finditer(text)] == ["rules", "options"]
    golden(GUIDE, fresh.encode())


def taken(rule: type[Rule]) -> list[str]:
    """Give the names of the options that a rule's class takes, those of a TypedDict too."""
    names = list[str]()
    for one in inspect.signature(rule).parameters.values():
        if one.kind is inspect.Parameter.VAR_KEYWORD:
            (options_type,) = get_args(get_type_hints(rule.__init__)[one.name])
            names += options_type.__annotations__
        elif one.kind is not inspect.Parameter.VAR_POSITIONAL:
            names.append(one.name)
    return names


def test_the_mapping_in_the_guide_is_one(tmp_path: Path) -> None:
    """What the guide shows as a mapping file can be used as it stands."""
    (shown,) = MAPPING.findall(GUIDE.read_text(encoding="utf-8"))
    (tmp_path / "ours.yaml").write_text(shown, encoding="utf-8")
    dialect = load(str(tmp_path / "ours.yaml"))

    assert sorted(dialect.manner.rewrite) == ["categories", "markdown", "mojibake"]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_is_about(name: str) -> None:
    """It is one phrase each, without a full stop: the table puts them side by side."""
    rule = rule_class(name)
    phrases = [rule.looks_for, rule.does]

    assert [phrase for phrase in phrases if not phrase.strip() or phrase.endswith(".")] == []


@pytest.mark.parametrize("name", RULES)
def test_a_rule_has_examples(name: str) -> None:
    """The guide links to them; each is run by a test of its own."""
    assert (ROOT / examples(name)).is_file()


@pytest.mark.parametrize("name", RULES)
def test_a_rules_options_are_described(name: str) -> None:
    """A mapping file may state exactly what the class takes, and each option has a description."""
    described = options(name)

    assert sorted(taken(rule_class(name))) == sorted(described)
    assert [one for one, said in described.items() if not said.get("description")] == []
