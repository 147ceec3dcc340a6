"""The Spyc reader: what the plugin writes, what people write, and what can't be read."""

from __future__ import annotations

import pytest

from migrate.errors import RecordError
from migrate.syntax.spyc_load import load
from migrate.syntax.values import Plain, Value

# name: (head, value of its only key `k`)
WRITTEN_BY_THE_PLUGIN: dict[str, tuple[str, Value]] = {
    "plain": ("k: Staff Writer\n", "Staff Writer"),
    "date": ("k: 2016-02-06 07:51:24\n", "2016-02-06 07:51:24"),
    "empty": ('k: ""\n', ""),
    "empty list": ("k: [ ]\n", []),
    "number": ("k: 5477\n", "5477"),
    "number as text": ('k: "2018"\n', "2018"),
    "word as text": ("k: 'Yes'\n", "Yes"),
    "single quotes": ("k: 'a: b # c &amp; d'\n", "a: b # c &amp; d"),
    "double quotes": ('k: "it\'s"\n', "it's"),
    "a backslash that escapes nothing": ("k: \"it's C:\\new\"\n", "it's C:\\new"),
    "a backslash before the last quote": ("k: '100% C:\\'\n", "100% C:\\"),
    "quotes inside": ('k: say "hi"\n', 'say "hi"'),
    "quotes in front": ('k: "Yes" they said\n', '"Yes" they said'),
    "quotes at both ends": ('k: "Yes" and "No"\n', '"Yes" and "No"'),
    "a quote that is never closed": ('k: "Yes they said\n', '"Yes they said'),
    "signs of YAML": ("k: @home `x`, really? a | b\n", "@home `x`, really? a | b"),
    "only commas": ("k: ,,,,\n", ",,,,"),
    "U+0085 and U+2028": ("k: a\x85b\u2028c\n", "a\x85b\u2028c"),
    "fold": ("k: >\n  one two\n  three\n", "one two three"),
    "fold with a blank in front": ("k: >\n   one two\n  three\n", " one two three"),
    "fold of one long word": ("k: >\n  https://example.org/a\n", "https://example.org/a"),
    "block": ("k: |\n  one\n  two\n", "one\ntwo"),
    "block with an empty line": ("k: |\n  one\n  \n  two\n", "one\n\ntwo"),
    "block with blanks and quotes in its lines": (
        "k: |\n    a 'x' \n  \"b\"\n  \tc\n",
        "  a 'x' \n\"b\"\n\tc",
    ),
    "block in a block": ("k: |\n  |\n    a\n    b\n", "a\nb\n"),
    "fold in a block": ("k: |\n  >\n    one\n    two\n", "one two "),
    "the text |-": ("k: |-\n", "|-"),
    "list": ("k:\n  - a\n  - \"2018\"\n  - 'x: y'\n", ["a", "2018", "x: y"]),
    "list of a fold": ("k:\n  - >\n    one\n    two\n", ["one two"]),
    "list of a block that ends in LF": ("k:\n  - |\n    one\n    \n  - b\n", ["one\n", "b"]),
    "serialized": ("k:\n  - 'a:1:{s:1:\"x\";i:1;}'\n", ['a:1:{s:1:"x";i:1;}']),
    "map": ('k:\n  a: x\n  "b:c": y\n', {"a": "x", "b:c": "y"}),
    "list in a list": ("k:\n  - \n    - a\n    - b\n", [["a", "b"]]),
    "map in a list": ("k:\n  - \n    a: x\n  - b\n", [{"a": "x"}, "b"]),
    "an item that is one dash": ("k:\n  - -\n", ["-"]),
}  # fmt: skip

WRITTEN_BY_PEOPLE: dict[str, tuple[str, Value]] = {
    "no value": ("k:\n", ""),
    "comment": ("k: a # b\n", "a"),
    "comment for a value": ("k: # b\n", ""),
    "no comment": ("k: C# http://x.org/#a\n", "C# http://x.org/#a"),
    "second colon": ("k: a: b: c\n", "a: b: c"),
    "anchor and alias": ("k: Foo &bar *baz\n", "Foo &bar *baz"),
    "doubled quote": ("k: 'it''s'\n", "it's"),
    "quote behind a backslash": ("k: 'it\\'s'\n", "it's"),
    "comment behind quotes": ("k: 'a' # it's\n", "a"),
    "escapes": ('k: "a\\"b\\n\\u00e9\\ud83d\\ude00\\d"\n', 'a"b\né😀\\d'),
    "quotes over lines": ('k: "one\n  two\n\n  three"\n', "one two\nthree"),
    "plain over lines": ("k: one\n  two\n\n  three\n", "one two\nthree"),
    "value below its key": ("k:\n  one\n  two\n", "one two"),
    "quoted value below its key": ("k:\n  'one'\n", "one"),
    "strip": ("k: >-\n  one\n  two\n\n", "one two"),
    "strip a block": ("k: |-\n  one\n  two\n  \n", "one\ntwo"),
    "keep": ("k: |+\n  one\n\n", "one\n\n"),
    "depth": ("k: |2\n   one\n  two\n", " one\ntwo"),
    "deeper block": ("k: |\n    one\n      two\n", "one\n  two"),
    "fold with a blank line": ("k: >\n  one\n\n  two\n", "one\ntwo"),
    "blank lines below a block": ("k: |\n  one\n\n\n", "one"),
    "no block": ("k: > a\n", "> a"),
    "flow list": ("k: [a, 'b, c', \"d\", [e], ]\n", ["a", "b, c", "d", ["e"]]),
    "flow list over lines": ("k: [\n  a, # first\n  b c\n]\n", ["a", "b c"]),
    "flow map": ("k: {a: x, 'b': [y], c, d: http://x.org/}\n",
                 {"a": "x", "b": ["y"], "c": "", "d": "http://x.org/"}),
    "pair in a flow list": ("k: [a: x]\n", [{"a": "x"}]),
    "brackets and more": ("k: [Video] Title\n", "[Video] Title"),
    "Liquid": ("k: {{ site.url }}/a\n", "{{ site.url }}/a"),
    "list without indentation": ("k:\n- a\n- b\n", ["a", "b"]),
    "map in an item": ("k:\n  - a: x\n    b: y\n  - c\n", [{"a": "x", "b": "y"}, "c"]),
    "list in an item": ("k:\n  - - a\n    - b\n", [["a", "b"]]),
    "empty item": ("k:\n  -\n  - a\n", ["", "a"]),
    "mixed line ends": ("k: a\r\n", "a"),
    "a tab behind the colon": ("k:\ta\n", "a"),
    "no last line end": ("k: a", "a"),
}  # fmt: skip

UNREADABLE = {
    "tab": ("a: x\n\tb: y\n", "source-yaml-tab", 2, 1),
    "tab in a list": ("a:\n  \t- y\n", "source-yaml-tab", 2, 3),
    "duplicate": ("a: x\nb: y\na: z\n", "source-yaml-duplicate-key", 3, 1),
    "duplicate in a map": ("k:\n  a: x\n  a: y\n", "source-yaml-duplicate-key", 3, 3),
    "no key": ("a: x\nnothing\n", "source-yaml-syntax", 2, 1),
    "no blank behind the colon": ("a:x\n", "source-yaml-syntax", 1, 1),
    "empty key": (": x\n", "source-yaml-syntax", 1, 1),
    "list without key": ("- x\n", "source-yaml-syntax", 1, 1),
    "unclosed single quote": ("a: 'x\nb: y\n", "source-yaml-syntax", 1, 4),
    "unclosed double quote": ('a: "x: y\n', "source-yaml-syntax", 1, 4),
    "unclosed list": ("a: [x, y\nb: z\n", "source-yaml-syntax", 1, 4),
    "unclosed map": ("a: {x: y\n", "source-yaml-syntax", 1, 4),
    "text behind a list": ("a: [x,\n  y] z\n", "source-yaml-syntax", 2, 1),
    "indented at once": ("  a: x\n", "source-yaml-syntax", 1, 3),
    "too deep": ("a: x\n  b: y\n", "source-yaml-syntax", 2, 3),
    "between": ("a:\n    b: x\n  c: y\n", "source-yaml-syntax", 3, 3),
    "lists without end": (f"a: {'[' * 60}\n", "source-yaml-syntax", 1, 4),
    "dashes without end": (f"a:\n  {'- ' * 60}x\n", "source-yaml-syntax", 2, 103),
}


@pytest.mark.parametrize("case", WRITTEN_BY_THE_PLUGIN.values(), ids=WRITTEN_BY_THE_PLUGIN)
def test_plugin(case: tuple[str, Value]) -> None:
    """What the plugin wrote is read as the value that it had."""
    head, expected = case
    assert {"k": expected} == load(head)


@pytest.mark.parametrize("case", WRITTEN_BY_PEOPLE.values(), ids=WRITTEN_BY_PEOPLE)
def test_people(case: tuple[str, Value]) -> None:
    """What a person wrote by hand is read as that person would mean it."""
    head, expected = case
    assert {"k": expected} == load(head)


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(case: tuple[str, str, int, int]) -> None:
    """What can't be read is an error with its code, line, column and a way out."""
    head, code, line, column = case
    with pytest.raises(RecordError) as caught:
        load(head)
    error = caught.value
    assert (code, line, column) == (error.code, error.line, error.column)
    assert error.fix


def test_duplicate_names_both_lines() -> None:
    """The error for a key that stands twice says how far above the first one is."""
    with pytest.raises(RecordError, match="the key `a` stands here a second time; the first is 2"):
        load("a: x\nb: y\na: z\n")


@pytest.mark.parametrize("text", ["true", "No", "~", "5477", "1.50", "007", "1e3", "-5", ".5"])
def test_plain(text: str) -> None:
    """A number, a truth value or null without quotes is text that knows that it had none."""
    bare, quoted = load(f"k: {text}\n")["k"], load(f"k: '{text}'\n")["k"]
    assert (Plain, text) == (type(bare), bare)
    assert (str, text) == (type(quoted), quoted)


@pytest.mark.parametrize("text", ["2016-01-02", "tRUE", "0x1F", "1_000", "١٢", "x"])
def test_not_plain(text: str) -> None:
    """Text that the plugin's library takes for text is ordinary `str`."""
    assert str is type(load(f"k: {text}\n")["k"])


def test_whole_head() -> None:
    """The entries come in their order; comments and blank lines between them are passed over."""
    head = "# by hand\nID: 5\n\npost_title: A\n# more\noriginal_cats:\n  # inside\n  - x\n"
    assert list(load(head).items()) == [("ID", "5"), ("post_title", "A"), ("original_cats", ["x"])]


def test_empty_head() -> None:
    """A head without entries holds nothing."""
    assert [load(""), load("\n"), load("# only a comment\n")] == [{}, {}, {}]
