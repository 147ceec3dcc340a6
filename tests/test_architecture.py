"""The house keeps its order: imports point one way, modules stay small, the tables are complete."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from migrate import formats

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "migrate"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 400

RANKS = {
    "errors": 0,
    "patterns": 0,
    "quick_json": 0,
    "model": 1,
    "output": 2,
    "parallel": 2,
    "program": 2,
    "cluster": 3,
    "repository": 2,
    "syntax": 2,
    "mapping": 3,
    "rewrite": 3,
    "plan": 3,
    "live": 3,
    "readers": 4,
    "writers": 4,
    "formats": 5,
    "report": 5,
    "stages": 4,
    "rewriting": 6,
    "selection": 6,
    "renamed_authors": 6,
    "chunk": 5,
    "reporting": 6,
    "run": 7,
    "pipeline": 8,
    "importing": 8,
    "verify": 8,
    "check": 8,
    "first_look": 8,
    "undoing": 8,
    "cli": 9,
    "__init__": 0,
    "__main__": 10,
}
"""Room → rank: a module imports only from lower ranks or from its own room."""


def room(module: str) -> str:
    """Give the room of a dotted module name below `migrate`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path) -> list[str]:
    """Give the dotted names below `migrate` that a module imports, at any depth."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "migrate":
            found += [f"migrate.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return [name for name in found if name.split(".")[0] == "migrate"]


def breaches(path: Path) -> list[str]:
    """Give a sentence for each import that points the wrong way."""
    own = path.relative_to(PACKAGE).with_suffix("").parts[0]
    return [
        f"{own} must not import {name}"
        for name in imports(path)
        if (there := room(name)) not in (own, "__version__")
        and (RANKS[there] >= RANKS[own] or not_twin(own, there))
    ]


def not_twin(own: str, there: str) -> bool:
    """Say whether a reader reaches for a writer, or the other way round."""
    return {own, there} == {"readers", "writers"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    """Every module imports only from lower ranks or its own room."""
    assert breaches(path) == []


def test_a_planted_breach_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that imports a writer fails with a sentence that names both."""
    planted = tmp_path / "readers" / "planted.py"
    planted.parent.mkdir()
    planted.write_text("from migrate.writers.wxr import join\n")
    monkeypatch.setattr("tests.test_architecture.PACKAGE", tmp_path)

    assert breaches(planted) == ["readers must not import migrate.writers.wxr"]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_stay_small(path: Path) -> None:
    """No module is longer than 400 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize(
    "entry",
    [e for t in (formats.READERS, formats.FILE_WRITERS, formats.REPORTS) for e in t.values()],
)
def test_every_row_of_the_format_table_names_something(entry: str) -> None:
    """Each entry `module:name` can be imported."""
    module, _, name = entry.partition(":")

    assert hasattr(importlib.import_module(module), name)


def test_only_one_room_imports_requests() -> None:
    """All HTTP goes through live/http/."""
    users = [
        str(path.relative_to(PACKAGE).parent)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name == "requests" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "requests")
    ]

    assert set(users) == {"live/http"}
