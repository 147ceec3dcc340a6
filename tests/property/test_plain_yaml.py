"""The YAML of `.wordpress/` keeps every text, for any YAML reader."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate.syntax import plain_yaml
from migrate.syntax.values import TYPED_WORDS, Value

texts = (
    st.text(st.characters(exclude_categories=["Cs"]))
    | st.text("ab \n\r\t\0\x7f\x85\u2028\ufeff:#-'\"|>\\%&*!{}[],?é\U0001f600~01", max_size=20)
    | st.sampled_from([*sorted(TYPED_WORDS), "2016-07-16", "1_000", "0x1F", ".inf", "=", "<<"])
)
values: st.SearchStrategy[Value] = st.recursive(
    texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
trees = st.lists(values, max_size=4) | st.dictionaries(texts, values, max_size=4)


@given(tree=trees)
def test_what_is_dumped_is_loaded_again(tree: list[Value] | dict[str, Value]) -> None:
    """CR, NUL, control characters and blanks at either end included."""
    assert plain_yaml.load(plain_yaml.dump(tree)) == tree


@given(tree=trees)
def test_any_reader_takes_all_of_it_for_text(tree: list[Value] | dict[str, Value]) -> None:
    """Nothing looks like a number, a date or a truth value."""
    assert yaml.safe_load(plain_yaml.dump(tree)) == tree


@given(tree=trees)
def test_no_line_looks_like_a_document_mark(tree: list[Value] | dict[str, Value]) -> None:
    """So that documents can be told apart without reading them."""
    lines = plain_yaml.dump(tree).split("\n")

    assert not [line for line in lines if line.startswith(("---", "..."))]
