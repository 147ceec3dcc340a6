"""What is kept of a head, and what becomes of it when values change."""

from __future__ import annotations

import pytest

from migrate.syntax.spyc_load import load
from migrate.syntax.spyc_spelling import render, spelling

# By name: the head, the variant, what is kept.
HEADS = {
    "as 1.0 writes": ("a: 100%\n", "1.0", {}),
    "as later ones write": ("a: '100%'\n", "1.7", {}),
    "quotes without need": ("a: 'b'\nc: d\n", "1.0", {"a": "a: 'b'\n"}),
    "comment before all": ("# x\na: b\n", "1.0", {"": "# x\n"}),
    "comment between": ("a: b\n# x\n\nc: d\n", "1.0", {"a": "a: b\n# x\n\n"}),
    "only a comment": ("# x\n", "1.0", {"": "# x\n"}),
    "no last line end": ("a: b\nc: d", "1.0", {"c": "c: d"}),
    "list without indentation": ("a:\n- b\nc: d\n", "1.0", {"a": "a:\n- b\n"}),
    "block of one line": ("a: |\n  b\nc: '%'\n", "1.7", {"a": "a: |\n  b\n"}),
}


@pytest.mark.parametrize("case", HEADS.values(), ids=HEADS)
def test_spelling(case: tuple[str, str, dict[str, str]]) -> None:
    """Only the lines are kept that no release writes by itself, and they give the head again."""
    head, variant, kept = case
    values = load(head)
    assert (variant, kept) == spelling(head, values)
    assert head == render(values, variant, kept)


def test_values_from_a_record() -> None:
    """A number that came back as text from a record is spelled as it was."""
    head = "ID: 5\nviews: 007\nlikes: 3\n"
    values = {"ID": load(head)["ID"], "views": "007", "likes": "3"}
    variant, kept = spelling(head, values)
    assert kept == {"views": "views: 007\n", "likes": "likes: 3\n"}
    assert render(values, variant, kept) == head


def test_changed_value() -> None:
    """A changed entry is written anew; the comment below it stays, and so do the other entries."""
    head = "a: 'b'\n# about c\nc: 'd'\n"
    variant, kept = spelling(head, load(head))
    assert render({"a": "x: y", "c": "d"}, variant, kept) == "a: 'x: y'\n# about c\nc: 'd'\n"


def test_added_and_removed() -> None:
    """An entry that is gone takes its lines with it; a new one is written by the rules."""
    variant, kept = spelling("a: 'b'\nc: 'd'\n", {"a": "b", "c": "d"})
    assert render({"c": "d", "e": "f"}, variant, kept) == "c: 'd'\ne: f\n"


def test_first_of_equals_wins() -> None:
    """Where releases spell alike, the one named first is given."""
    assert spelling("a: b\n", {"a": "b"}, ("2.0", "1.0")) == ("2.0", {})


@pytest.mark.parametrize("raw", ["a: [\n", "a: b\nc: d\n", "c: b\n", "", "# b\n"])
def test_kept_lines_of_something_else(raw: str) -> None:
    """Kept lines that can't be read, or hold another entry than their own, are not used."""
    assert render({"a": "b"}, "1.0", {"": "d: e\n", "a": raw}).splitlines()[0] == "a: b"
    assert load(render({"a": "b"}, "1.0", {"": "d: e\n", "a": raw})) == {"a": "b"}
