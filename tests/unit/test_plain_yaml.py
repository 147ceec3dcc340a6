"""YAML as `.wordpress/` has it: readable, editable, and refused with a line where it is wrong."""

from __future__ import annotations

import io

import pytest

from migrate.errors import RecordError
from migrate.syntax import plain_yaml
from migrate.syntax.values import Value
from migrate.syntax.wordpress_folder import document, documents, sidecar_path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": "plain words"}, "a: plain words\n"),
        ({"a": "7", "b": "true", "c": ""}, 'a: "7"\nb: "true"\nc: ""\n'),
        ({"a": "one\n\n  two\n"}, "a: |\n  one\n\n    two\n"),
        ({"a": "one\ntwo"}, "a: |-\n  one\n  two\n"),
        ({"a": "one\n\n"}, "a: |+\n  one\n\n"),
        ({"a": " one\ntwo"}, 'a: " one\\ntwo"\n'),
        ({"a": "one\r\ntwo"}, 'a: "one\\r\\ntwo"\n'),
        ({"a": 'say "hi"'}, "a: 'say \"hi\"'\n"),
        ({"a": "\0\x85\ufeff"}, 'a: "\\u0000\\u0085\\ufeff"\n'),
        ({"a": [], "b": {}}, "a: []\nb: {}\n"),
        ([{"a": "x", "b": ["w", ["z"]]}], "- a: x\n  b:\n    - w\n    -\n      - z\n"),
        ({"k" * 101: "x"}, "? " + "k" * 101 + "\n: x\n"),
    ],
)
def test_how_a_value_stands(value: Value, text: str) -> None:
    """Words stand bare, several lines as a block, what would be changed in quotes."""
    assert plain_yaml.dump(value) == text
    assert plain_yaml.load(text) == value


@pytest.mark.parametrize("text", ["", "# a remark\n", "---\n"])
def test_nothing_is_the_empty_text(text: str) -> None:
    """A file without content has no value."""
    assert plain_yaml.load(text) == ""


def test_nothing_is_typed() -> None:
    """What people write without quotes is text as written."""
    assert plain_yaml.load("a: 007\nb: yes\nc: 2016-07-16\nd: ~\n") == {
        "a": "007",
        "b": "yes",
        "c": "2016-07-16",
        "d": "~",
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: [1\n", 3, ""),
        ("a: 1\n\tb: 2\n", 2, ""),
        ("x:\n  a: 1\n  a: 2\n", 2, "a key stands twice"),
        ("a: &x [1]\nb: *x\n", 2, "anchors and aliases aren't used here"),
        ("a: \x07\n", 1, "this isn't YAML: "),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, message: str) -> None:
    """Each error is one of the record, not of the program; YAML's own words are the library's."""
    with pytest.raises(RecordError) as caught:
        plain_yaml.load(text)

    assert (caught.value.code, caught.value.line) == ("source-yaml-syntax", line)
    assert caught.value.message.startswith(message)


def test_aliases_cannot_make_a_small_file_endless() -> None:
    """The billion laughs are refused before anything is built."""
    bomb = "a0: &a0 x\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )

    with pytest.raises(RecordError, match="anchors and aliases"):
        plain_yaml.load(bomb)


def test_stars_and_ampersands_are_not_aliases() -> None:
    """Text that only looks like one is read."""
    assert plain_yaml.load("a: 'x & *y'\nb: |\n  & *z\n") == {"a": "x & *y", "b": "& *z\n"}


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        (b"---\na: 1\n---\nb: 2\n", [b"---\na: 1\n", b"---\nb: 2\n"]),
        (b"a: 1\n--- # two\nb: 2", [b"a: 1\n", b"--- # two\nb: 2"]),
        (b"# remark\n\n---\na: 1\n---\n", [b"---\na: 1\n"]),
        (b"---\na: |\n  ---\n  x\n----\n", [b"---\na: |\n  ---\n  x\n----\n"]),
        (b"--- {a: 1}\r\n---\r\nb: 2\r\n", [b"--- {a: 1}\r\n", b"---\r\nb: 2\r\n"]),
        (b"", []),
    ],
)
def test_documents_are_told_by_their_marks(data: bytes, parts: list[bytes]) -> None:
    """A line `---` at the margin opens one; one of nothing but remarks is none."""
    assert [data[start:end] for start, end in documents(io.BytesIO(data))] == parts


def test_a_document_opens_with_its_mark() -> None:
    """Any number of them can stand in one file."""
    assert document("a: x\n") == b"---\na: x\n"


def test_a_sidecar_has_the_posts_name() -> None:
    """But where a file system wouldn't take it."""
    assert sidecar_path("_posts/a.md") == ".wordpress/posts/_posts/a.md.yaml"
    assert sidecar_path("a.md") == ".wordpress/posts/a.md.yaml"
    assert sidecar_path("_posts/" + "a" * 252) == (
        ".wordpress/posts/_posts/" + "a" * 180 + "-03aaf5773717.yaml"
    )


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_nesting_without_end_is_refused(opening: str) -> None:
    """A hundred thousand lists in one another would crash the parser's own stack."""
    with pytest.raises(RecordError, match="nested deeper than 100 levels") as caught:
        plain_yaml.load(opening * 100_000)

    assert (caught.value.code, caught.value.line) == ("source-yaml-syntax", 1)
