"""Keys that no rule names become rows of post meta, and come back from them."""

from __future__ import annotations

import pytest

from migrate.errors import RecordError
from migrate.mapping import metas
from migrate.model.post import Meta, Post
from migrate.syntax.values import Plain, Value

NESTED: Value = {"b": "é", "a": ["x", {"5": "z"}]}
SERIALIZED = 'a:2:{s:1:"b";s:2:"é";s:1:"a";a:2:{i:0;s:1:"x";i:1;a:1:{i:5;s:1:"z";}}}'


@pytest.mark.parametrize(
    ("value", "rows", "shape"),
    [
        ("text", ["text"], "text"),
        (Plain("1.50"), ["1.50"], "text"),
        ("", [""], "text"),
        (["one"], ["one"], ""),
        (["one", "two", "one"], ["one", "two", "one"], ""),
        ([], [], "empty"),
        (NESTED, [SERIALIZED], "tree"),
        ([["x"]], ['a:1:{i:0;a:1:{i:0;s:1:"x";}}'], "tree"),
        ({}, ["a:0:{}"], "tree"),
    ],
)
def test_rows(value: Value, rows: list[str], shape: str) -> None:
    """A scalar is one row, a list one row an item, anything deeper one serialized row."""
    read: list[Meta] = []

    assert shape == metas.read(read, "key", value, "list")
    assert [Meta("key", row) for row in rows] == read


@pytest.mark.parametrize("style", ["list", "single"])
@pytest.mark.parametrize("value", ["text", ["one"], ["one", "two"], [], NESTED, [["x"]]])
def test_shapes_come_back(style: metas.Style, value: Value) -> None:
    """With the shape from the provenance each value is written as it stood."""
    rows: list[Meta] = []
    shape = metas.read(rows, "key", value, style)
    shapes = {"key": shape} if shape else {}

    assert {"key": value} == metas.write(Post(meta=rows), shapes, (), style)


def test_a_list_dialect_writes_lists() -> None:
    """Without provenance WordPress GitHub Sync's metas are lists, serialized ones raw."""
    post = Post(meta=[Meta("a", "1"), Meta("b", SERIALIZED), Meta("a", "2")])

    assert metas.write(post, {}, (), "list") == {"a": ["1", "2"], "b": [SERIALIZED]}


def test_a_single_dialect_writes_texts_and_trees() -> None:
    """Without provenance the other dialects write one row as a text or as YAML."""
    post = Post(meta=[Meta("a", "1"), Meta("b", SERIALIZED), Meta("c", "x"), Meta("c", "y")])

    assert metas.write(post, {}, (), "single") == {"a": "1", "b": NESTED, "c": ["x", "y"]}


@pytest.mark.parametrize(
    "text",
    [
        "a:1:{i:0;i:5;}",
        'a:1:{i:0;s:9:"short";}',
        'a:1:{i:0;s:1:"x";} ',
        'a:1:{i:0;s:1:"x";}',
        "a:99999999:{",
        "a:1:{" * 5000,
        'a:1:{s:1:"x";O:8:"stdClass":0:{}}',
        'a:2:{i:1;s:1:"x";i:1;s:1:"y";}',
        "a: list of words",
        "b:1;",
    ],
)
def test_what_would_not_come_back_stays_raw(text: str) -> None:
    """A serialized text is shown as YAML only if YAML gives the same row again."""
    assert metas.write(Post(meta=[Meta("key", text)]), {}, (), "single") == {"key": text}


def test_protected_and_reserved_metas_are_left_out() -> None:
    """A protected meta, or one named like a key of the dialect, isn't shown in front matter."""
    post = Post(meta=[Meta("_edit_last", "1"), Meta("author", "x"), Meta("seen", "y")])

    assert metas.write(post, {}, {"author"}, "list") == {"seen": ["y"]}


def test_a_protected_meta_from_front_matter_goes_back_there() -> None:
    """Who wrote `_key` in front matter finds it there again."""
    rows: list[Meta] = []
    shape = metas.read(rows, "_key", ["x"], "list")

    assert metas.write(Post(meta=rows), {"_key": shape}, (), "list") == {"_key": ["x"]}


def test_bottomless_nesting_is_refused() -> None:
    """A value nested deeper than anybody nests on purpose is an error of the record."""
    value: Value = "x"
    for _ in range(200):
        value = [value]

    with pytest.raises(RecordError, match="nested too deeply") as caught:
        metas.read([], "key", value, "list")

    assert caught.value.field == "key"
