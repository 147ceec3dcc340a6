"""Meta rows as the values that registered metas take."""

from typing import Any

import pytest

from migrate.model.post import Meta
from migrate.writers.rest.metas import rows_by_key, value

STRINGS = {"type": "array", "items": {"type": "string"}}


def test_rows_by_key() -> None:
    """A key's rows stay in their order."""
    metas = [Meta("b", "1"), Meta("a", "2"), Meta("b", "0")]
    assert rows_by_key(metas) == {"b": ["1", "0"], "a": ["2"]}


@pytest.mark.parametrize(
    ("rows", "rule", "expected"),
    [
        (["x"], {"type": "string"}, "x"),
        ([""], {"type": "string"}, ""),
        (["x"], {"type": ["string", "null"]}, "x"),
        (["x"], {}, "x"),
        (["-7"], {"type": "integer"}, -7),
        (["1.5"], {"type": "number"}, 1.5),
        (["true"], {"type": "boolean"}, True),
        (["0"], {"type": "boolean"}, False),
        (["a", "b"], STRINGS, ["a", "b"]),
        (["1"], {"type": "array", "items": {"type": "integer"}}, [1]),
    ],
)
def test_value(rows: list[str], rule: dict[str, Any], expected: Any) -> None:
    """Rows become what the schema asks for."""
    assert value(rows, rule) == expected


@pytest.mark.parametrize(
    ("rows", "rule", "reason"),
    [
        (["a", "b"], {"type": "string"}, "several rows"),
        (["007"], {"type": "integer"}, "type integer"),
        (["much"], {"type": "number"}, "type number"),
        (["1.50"], {"type": "number"}, "type number"),
        (["maybe"], {"type": "boolean"}, "type boolean"),
        (["{}"], {"type": "object"}, "type object"),
        (['a:1:{i:0;s:1:"x";}'], STRINGS, "type string"),
        (['s:1:"x";'], {"type": "string"}, "type string"),
    ],
)
def test_no_value(rows: list[str], rule: dict[str, Any], reason: str) -> None:
    """Rows that the schema doesn't take are refused with the reason, never bent."""
    with pytest.raises(ValueError, match=reason):
        value(rows, rule)
