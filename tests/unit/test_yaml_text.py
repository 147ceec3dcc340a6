"""Front matter in plain YAML: leaves are text, and what comes out is what people write."""

from __future__ import annotations

import pytest
import yaml

from migrate.errors import RecordError
from migrate.syntax.values import Plain, Value
from migrate.syntax.yaml_dump import dump
from migrate.syntax.yaml_load import load


def plain(value: Value) -> list[str]:
    """Give the texts of a list that are plain."""
    return [item for item in value if isinstance(item, Plain)]


def test_leaves_are_the_text_as_written() -> None:
    """No number, date or truth value is made of what stands there."""
    head = "a: 1.50\nb: 2016-01-02\nc: yes\nd: 007\ne: ~\nf:\ng: 0x1F\nh: 12:30:45\n"

    values = load(head)

    assert list(values.values()) == [
        "1.50",
        "2016-01-02",
        "yes",
        "007",
        "~",
        "",
        "0x1F",
        "12:30:45",
    ]
    assert all(isinstance(value, Plain) for value in values.values())


def test_quotes_make_text() -> None:
    """A quoted number is text, and a word is text with or without quotes."""
    values = load("a: '1'\nb: \"true\"\nc: word\n")

    assert values == {"a": "1", "b": "true", "c": "word"}
    assert plain(list(values.values())) == []


def test_blocks_and_lists() -> None:
    """Blocks give their lines; lists and maps stay what they are."""
    head = "a: |\n  one\n  two\nb: >\n  one\n  two\nc: [x, {y: z}]\nd:\n- 1\n"

    assert load(head) == {
        "a": "one\ntwo\n",
        "b": "one two\n",
        "c": ["x", {"y": "z"}],
        "d": ["1"],
    }


@pytest.mark.parametrize("head", ["", "# only a comment\n", "\n\n"])
def test_an_empty_head_has_no_values(head: str) -> None:
    """Nothing and comments give no keys."""
    assert load(head) == {}


def test_aliases_and_merge_keys_are_written_out() -> None:
    """An alias gives what it stands for; a merged map fills in what isn't there."""
    head = "base: &b\n  x: 1\n  y: 2\nmade:\n  <<: *b\n  y: 3\nlist: [*b]\n"

    assert load(head) == {
        "base": {"x": "1", "y": "2"},
        "made": {"y": "3", "x": "1"},
        "list": [{"x": "1", "y": "2"}],
    }


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{later}: &{later} [{', '.join([f'*{earlier}'] * 10)}]\n"
    for earlier, later in zip("abcdefg", "bcdefgh", strict=True)
)

ERRORS = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", "source-yaml-duplicate-key", 3, 1, "2 lines above"),
    "a nested key twice": ("m:\n  a: 1\n  a: 2\n", "source-yaml-duplicate-key", 3, 3, "1 line"),
    "a tab": ("a:\n\tb: 1\n", "source-yaml-tab", 2, 1, "tab"),
    "behind a lone CR": ("a: x\rb\nc: d\n", "source-yaml-syntax", 2, 1, "isn't YAML"),
    "an open list": ("bad yaml: [\n", "source-yaml-syntax", 2, 1, "isn't YAML"),
    "two values": ("a: x: y\n", "source-yaml-syntax", 1, 5, "isn't YAML"),
    "no map": ("- a\n- b\n", "source-yaml-syntax", 1, 1, "key: value"),
    "an object": (
        "a: !!python/object/apply:os.system ['ls']\n", "source-yaml-syntax", 1, 4, "!!python/obj",
    ),
    "a tag of the user's": ("a: !mine x\n", "source-yaml-syntax", 1, 4, "!mine"),
    "a list as a key": ("? [a]\n: b\n", "source-yaml-syntax", 1, 3, "can't be a key"),
    "a control character": ("a: b\nc: x\u0091y\n", "source-yaml-syntax", 2, 5, "U+0091"),
    "an open quote": ('a: b\nc: "d\ne: f\n', "source-yaml-syntax", 2, 4, "quote that opens here"),
    "a list that goes on": ("a: [b, c\nd: e\n", "source-yaml-syntax", 1, 4, "list that opens here"),
    "an open map": ("a: {b: c\nd: e\n", "source-yaml-syntax", 1, 4, "map that opens here"),
    "a lost comma": ("a: b\nc: ['d' 'e']\n", "source-yaml-syntax", 2, 9, "',' or ']'"),
    "a circle": ("a: &x [*x]\n", "source-yaml-syntax", 1, 4, "what it stands in"),
    "a bomb": (BOMB, "source-yaml-syntax", None, None, "aliases repeat"),
    "deep enough to crash": ("a: " + "[" * 200_000, "source-yaml-syntax", 1, 1, "deeply"),
    "dashes without end": ("- " * 200_000, "source-yaml-syntax", 1, 1, "deeply"),
    "too deep": ("a: " + "[" * 150 + "]" * 150 + "\n", "source-yaml-syntax", 1, None, "deeply"),
}  # fmt: skip


@pytest.mark.parametrize("case", ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_read(case: tuple[str, str, int | None, int | None, str]) -> None:
    """The error names its code, the place, what is wrong, and a way out."""
    head, code, line, column, words = case

    with pytest.raises(RecordError) as caught:
        load(head)

    assert caught.value.code == code
    assert line in (None, caught.value.line)
    assert column in (None, caught.value.column)
    assert words in caught.value.message
    assert caught.value.fix


WRITTEN = {
    "words": ({"title": "Kite day"}, "title: Kite day\n"),
    "a colon": ({"title": "Boats: three"}, 'title: "Boats: three"\n'),
    "a hash": ({"title": "Berth #4"}, 'title: "Berth #4"\n'),
    "quotes inside": ({"title": 'A "new" bell: loud'}, "title: 'A \"new\" bell: loud'\n"),
    "an apostrophe": ({"title": "it's"}, "title: it's\n"),
    "a number as text": ({"title": "2019"}, 'title: "2019"\n'),
    "a number": ({"weight": Plain("7")}, "weight: 7\n"),
    "a negative number": ({"weight": Plain("-1")}, "weight: -1\n"),
    "a word that isn't text": ({"a": "yes", "b": Plain("true")}, 'a: "yes"\nb: true\n'),
    "a date as text": ({"a": "2016-01-02"}, 'a: "2016-01-02"\n'),
    "nothing": ({"a": "", "b": Plain("")}, 'a: ""\nb:\n'),
    "lists": ({"tags": ["a", "b: c"], "none": []}, 'tags:\n  - a\n  - "b: c"\nnone: []\n'),
    "maps": ({"m": {"a": "b", "c": {}}}, "m:\n  a: b\n  c: {}\n"),
    "lines": ({"a": "one\ntwo\n", "b": "one\ntwo"}, "a: |\n  one\n  two\nb: |-\n  one\n  two\n"),
    "blanks first": ({"a": " one\ntwo"}, 'a: " one\\ntwo"\n'),
    "letters of all scripts": ({"a": "Zoë 東京 🎉"}, "a: Zoë 東京 🎉\n"),
    "a long line": ({"a": "word " * 40 + "end"}, "a: " + "word " * 40 + "end\n"),
    "a symbol of Ruby's": ({"a": ":name"}, 'a: ":name"\n'),
    "a line end of another script": ({"a": "x\u2028y\u0085z"}, 'a: "x\\u2028y\\u0085z"\n'),
    "an odd key": ({"a: b": "c", "2016": "d"}, '"a: b": c\n"2016": d\n'),
}  # fmt: skip


@pytest.mark.parametrize("case", WRITTEN.values(), ids=WRITTEN)
def test_what_is_written(case: tuple[dict[str, Value], str]) -> None:
    """Text is quoted only where a reader would take it for something else."""
    values, head = case

    assert head == dump(values)
    assert load(head) == values


def test_other_readers_find_text_where_text_was_meant() -> None:
    """PyYAML, which types scalars, gives text for everything that isn't plain."""
    texts: list[Value] = [
        "yes",
        "1e3",
        "0o17",
        "1_000",
        ".5",
        "=",
        "null",
        "2016-1-2",
        "12:30",
        "~",
    ]

    assert yaml.safe_load(dump({"a": texts})) == {"a": texts}
