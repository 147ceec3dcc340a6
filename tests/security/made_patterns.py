"""Finds the regular expressions of the package, and with which of their methods they are used."""

from __future__ import annotations

import ast
import functools
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

import migrate
from migrate import patterns

_WHOLE_TEXT: Final = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_AT_ONE_PLACE: Final = frozenset({"match", "fullmatch"})
WAYS: Final = frozenset({"search", "match", "fullmatch"})
"""From every place of a text on, from one place, or from one place to the end."""


class Made(NamedTuple):
    """A regular expression with its module and name, and the ways in which it is used."""

    name: str
    expression: str | bytes
    flags: int
    ways: frozenset[str]


def collected() -> list[Made]:
    """Import every module of the package, and give what they compile meanwhile.

    It has to be the first to import them. What a function compiles is given where it stands there
    as a literal; `in_functions` names the functions.
    """
    noted = dict[tuple[str, int, str | bytes, int], None]()
    usual = patterns.pattern

    def compiled(text: Any, flags: int = 0) -> Any:
        noted[(*_place(sys._getframe(1)), text, int(flags))] = None
        return usual(text, flags)

    patterns.pattern = compiled
    plain, re.compile = re.compile, _with_own(noted, re.compile)
    try:
        for module in pkgutil.walk_packages(migrate.__path__, "migrate."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    finally:
        patterns.pattern, re.compile = usual, plain
    made = [_made(*one) for one in noted]
    return made + [one for module in _trees() for one in _literals(module)]


def in_functions() -> set[str]:
    """Name the functions that compile something that isn't a literal."""
    return {
        f"{module}.{function.name}"
        for module, tree in _trees().items()
        for function, call in _calls(tree)
        if not isinstance(call.args[0], ast.Constant) and module != "migrate.patterns"
    }


def _with_own(noted: dict[tuple[str, int, str | bytes, int], None], plain: Any) -> Any:
    def compiled(text: Any, flags: int = 0) -> Any:
        frame = sys._getframe(1)
        name = frame.f_globals["__name__"]
        if name.startswith("migrate.") and name != "migrate.patterns":
            noted[(*_place(frame), text, int(flags))] = None
        return plain(text, flags)

    return compiled


def _place(frame: FrameType) -> tuple[str, int]:
    """Give module and line of the statement that compiles, be it by a function of the module."""
    module, here = frame.f_globals["__name__"], frame
    while here.f_code.co_name != "<module>" and here.f_back is not None:
        here = here.f_back
        if here.f_globals["__name__"] == module:
            frame = here
    return module, frame.f_lineno


def _made(module: str, line: int, expression: str | bytes, flags: int) -> Made:
    names = _names_at(module, line)
    shown = names[0] if names else f"line {line}"
    return Made(f"{module}.{shown}", expression, flags, _ways(module, names))


def _literals(module: str) -> Iterator[Made]:
    for function, call in _calls(_trees()[module]):
        if isinstance(call.args[0], ast.Constant) and isinstance(call.func, ast.Attribute):
            way = call.func.attr if call.func.attr in _AT_ONE_PLACE else "search"
            name, text = f"{module}.{function.name}", call.args[0].value
            assert isinstance(text, str | bytes)
            yield Made(name, text, 0, frozenset({way}))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.Call]]:
    """Give what functions call that takes an expression, in the tree's order."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in _TAKING:
                    yield function, call


_TAKING: Final = frozenset(
    {"pattern", "re.compile", *(f"re.{name}" for name in _WHOLE_TEXT | _AT_ONE_PLACE)}
)


@functools.cache
def _trees() -> dict[str, ast.Module]:
    """Give the modules by name, each node with the one around it as `parent`."""
    trees = dict[str, ast.Module]()
    root = Path(migrate.__file__).parent
    for path in sorted(root.rglob("*.py")):
        name = ".".join(path.relative_to(root.parent).with_suffix("").parts)
        trees[name.removesuffix(".__init__")] = tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            for inner in ast.iter_child_nodes(node):
                inner.parent = node  # type: ignore[attr-defined]
    return trees


def _names_at(module: str, line: int) -> list[str]:
    """Give the names that the statement in a line binds."""
    for statement in ast.walk(_trees()[module]):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.lineno <= line:
            targets = [getattr(statement, "target", None), *getattr(statement, "targets", ())]
            if line <= (statement.end_lineno or 0):
                return [target.id for target in targets if isinstance(target, ast.Name)]
    return []


def _ways(module: str, names: Iterable[str]) -> frozenset[str]:
    """Give the ways in which patterns of these names are used; all where they go elsewhere.

    A match at a place that is named may be one of many, as in a search.
    """
    uses = [
        _ways_of_use(node)
        for name in names
        for other, node in _uses()[name]
        if other == module or not name.startswith("_")
    ]
    return frozenset[str]().union(*uses) or WAYS


@functools.cache
def _uses() -> dict[str, list[tuple[str, ast.AST]]]:
    """Give where each name is used, by module."""
    uses = defaultdict[str, list[tuple[str, ast.AST]]](list)
    for module, tree in _trees().items():
        for node in ast.walk(tree):
            name = getattr(node, "id", None) or getattr(node, "attr", None)
            if name and not isinstance(getattr(node, "ctx", None), ast.Store):
                uses[name].append((module, node))
    return uses


def _ways_of_use(node: Any) -> frozenset[str]:
    method = _around(node)
    while isinstance(method, ast.Subscript):
        method = _around(method)
    if not isinstance(method, ast.Attribute):
        return WAYS
    call = _around(method)
    is_placed = isinstance(call, ast.Call) and call.func is method and len(call.args) > 1
    if method.attr in _WHOLE_TEXT or (method.attr in _AT_ONE_PLACE and is_placed):
        return frozenset({"search"})
    return frozenset({method.attr}) & WAYS


def _around(node: Any) -> ast.AST:
    parent = node.parent
    assert isinstance(parent, ast.AST)
    return parent
