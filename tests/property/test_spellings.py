"""Every spelling gives back what it was given, as far as it says that it can."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.syntax import heads, yaml_dump, yaml_load
from migrate.syntax.spellings import SPELLINGS, handler
from migrate.syntax.typed import leaf
from migrate.syntax.values import Plain, Value

NAMES = sorted(SPELLINGS.keys() - {"spyc"})  # which has tests of its own

texts = st.text() | st.text("\\/ ,:#'\"\n\t[]{}&;-?!|>%@`+=<.0123456789TZaé東", max_size=12)
scalars = texts | texts.map(lambda text: leaf(text, quoted=False))
values: st.SearchStrategy[Value] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
keys = texts | st.sampled_from(["title", "Title", "date", "summary", "my_Key"])
heads_of_values = st.dictionaries(keys, values, max_size=4)
bodies = texts | st.sampled_from(
    ["", "\n\nx", "</body>", " x\n", ":a: b\n", "..\n\n", "---\n", "+++\n"]
)


@pytest.mark.parametrize("name", NAMES)
@given(stated=heads_of_values, text=bodies)
def test_a_file_gives_back_values_and_body(name: str, stated: dict[str, Value], text: str) -> None:
    """What a spelling can carry comes back from a file, and so does every byte of the body."""
    lost = heads.not_carried(name, stated)
    carried = {key: value for key, value in stated.items() if key not in lost}

    if not handler(name).export(carried) and name in ("key-value", "rst"):
        return  # without marks, nothing is no head

    head = heads.cut(name, heads.assemble(name, carried, text.encode(), {}))

    assert head is not None
    assert (carried, text.encode()) == (head.load(), head.body)


@given(stated=heads_of_values)
def test_yaml_carries_everything(stated: dict[str, Value]) -> None:
    """Text, lists and maps of any kind come back, and what was plain is plain again."""
    again = yaml_load.load(yaml_dump.dump(stated))

    assert stated == again
    assert _plain(stated) == _plain(again)


@given(stated=st.lists(texts, max_size=5))
def test_what_is_text_is_text_to_others(stated: list[str]) -> None:
    """A reader that types scalars finds the same texts."""
    found = yaml.safe_load(yaml_dump.dump({"texts": [*stated]}))

    assert found == {"texts": stated}


@pytest.mark.parametrize("name", ["json", "toml"])
@given(stated=heads_of_values)
def test_json_and_toml_carry_everything(name: str, stated: dict[str, Value]) -> None:
    """Text, lists and maps of any kind come back."""
    assert heads.not_carried(name, stated) == []


def _plain(value: Value) -> object:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return isinstance(value, Plain)
