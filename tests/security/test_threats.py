"""docs/security.md says what is defended against; each line of it has a test and a defence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.threats import THREATS, Threat

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- threats -->\n", "<!-- end of threats -->"
EVERY = [threat for threats in THREATS.values() for threat in threats]


def table() -> str:
    """Give the part of the page that is made of the list."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for who, threats in THREATS.items():
        yield from ["", f"### {who}", "", "| threat | defence | test | taken out by |"]
        yield "|---|---|---|---|"
        for what, defence, test, without in threats:
            path, _, name = test.partition("::")
            proof = f"[`{name.rpartition('::')[2]}`](../{path})"
            cuts = "; ".join(
                f"`{old.strip()}` → {f'`{new.strip()}`' if new.strip() else 'nothing'} in {module}"
                for module, old, new in without
            ).replace("|", "\\|")
            yield f"| {what} | {defence} | {proof} | {cuts} |"


def test_the_page_has_every_threat(request: pytest.FixtureRequest) -> None:
    """The tables of the page are the list (`--accept` writes them)."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    made = f"{before}{BEGIN}{table()}\n{END}{after}"
    if request.config.getoption("--accept"):
        PAGE.write_text(made, encoding="utf-8")
    assert made == text


@pytest.mark.parametrize("threat", EVERY, ids=lambda threat: threat.what)
def test_its_defence_stands(threat: Threat) -> None:
    """What can be taken out to see the test fail is there, once; the test is there as well."""
    path, _, name = threat.test.partition("::")
    defined = ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    names = {node.name for node in defined if isinstance(node, ast.FunctionDef)}

    assert name.rpartition("::")[2].partition("[")[0] in names
    for module, old, _ in threat.without:
        assert (ROOT / module).read_text(encoding="utf-8").count(old) in {1, 2}, (module, old)
