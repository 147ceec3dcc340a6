"""A template of Jinja2 for one line: it has no loops, and what it makes is bounded.

Each part of one is run once at most, and takes time by the length of texts that are bounded: so
none takes long, whoever wrote it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Final

from jinja2 import (
    Environment,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    filters,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST_TEMPLATE: Final = 2_000
LONGEST: Final = 10_000
"""Characters of a text that goes into a line, or comes out of a filter; of the line itself too."""

_DEEPEST: Final = 20
_MADE_OF: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter),
    *(nodes.Getitem, nodes.Slice, nodes.Neg, nodes.Concat, nodes.Add, nodes.Keyword),
    *(nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
FILTERS: Final = (
    *("capitalize", "d", "default", "e", "escape", "first", "last", "length", "lower", "replace"),
    *("safe", "striptags", "title", "trim", "truncate", "upper", "urlencode"),
)


def line_template(text: str) -> Template:
    """Compile one; TemplateSyntaxError for what isn't Jinja2, or more than a line needs.

    Its filters raise ValueError for texts that are too long.
    """
    if len(text) > LONGEST_TEMPLATE:
        raise TemplateSyntaxError(f"it is longer than {LONGEST_TEMPLATE:,} characters", 1)
    sandbox = _sandbox()
    try:
        _refuse_more(sandbox.parse(text))
    except RecursionError:
        raise _too_deep(1) from None
    return sandbox.from_string(text)


def rendered(template: Template, values: Mapping[str, str]) -> str:
    """Give the line for these values. Raises ValueError where one, or the line, is too long."""
    for name, value in values.items():
        _refuse_long(value, name)
    line = template.render(values)
    _refuse_long(line, "the line")
    return line


@functools.cache
def _sandbox() -> Environment:
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals, made.tests = {}, {}
    made.filters = {name: _bounded(filters.FILTERS[name]) for name in FILTERS}
    made.filters["replace"] = _bounded_replace(filters.do_replace)
    return made


def _refuse_more(template: nodes.Template) -> None:
    """Raise TemplateSyntaxError for a node that isn't known to be harmless."""
    level: list[nodes.Node] = [template]
    for _ in range(_DEEPEST):
        for node in level:
            if isinstance(node, nodes.Getitem) and not _counts(node.arg):
                raise TemplateSyntaxError("a part of a text is named by numbers", node.lineno)
            if not isinstance(node, _MADE_OF):
                raise TemplateSyntaxError(f"a line needs no {type(node).__name__}", node.lineno)
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return
    raise _too_deep(level[0].lineno)


def _counts(part: nodes.Expr) -> bool:
    """Tell whether what stands in brackets counts characters; a name would find methods."""
    if isinstance(part, nodes.Neg):
        part = part.node
    return isinstance(part, nodes.Slice) or (
        isinstance(part, nodes.Const) and isinstance(part.value, int)
    )


def _too_deep(line: int) -> TemplateSyntaxError:
    return TemplateSyntaxError("its parts are nested too deeply", line)


def _bounded(filtered: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(filtered)  # what Jinja2 has marked the function with comes along
    def bounded(*given: Any, **named: Any) -> Any:
        for value in (*given, *named.values()):
            if isinstance(value, str):
                _refuse_long(value, "a text")
        return filtered(*given, **named)

    return bounded


def _bounded_replace(filtered: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(filtered)
    def bounded(context: Any, text: Any, old: Any, new: Any, count: int | None = None) -> Any:
        text, old, new = (_shown(value) for value in (text, old, new))
        if len(text) + text.count(old) * len(new) > LONGEST:
            raise ValueError(f"a text becomes longer than {LONGEST:,} characters")
        return filtered(context, text, old, new, count)

    return bounded


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _refuse_long(value: str, name: str) -> None:
    if len(value) > LONGEST:
        raise ValueError(f"{name} is longer than {LONGEST:,} characters")
