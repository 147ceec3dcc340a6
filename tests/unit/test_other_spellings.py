"""Heads in TOML, JSON, `Key: value` lines, reStructuredText and HTML, and how files are cut."""

from __future__ import annotations

import pytest

from migrate.errors import RecordError
from migrate.syntax import frontmatter, heads
from migrate.syntax.spellings import handler
from migrate.syntax.values import Plain, Value

TOML = """\
title = "A \\"b\\""
date = 2020-02-03 21:00:00Z
n = 1_000
f = 1.50
t = true
tags = ["a"]
[m]
x = 0x10
d = 2020-02-03T21:00:00+00:00
"""
RST = """\
A title
#######

:DATE: 2010-12-02
:tags:
:summary:
    One

    two
:authors: - A, B
          - C, D
"""
HTML = """\
<title>A &amp; B</title>
<META NAME="Date" CONTENT="2010">
<meta name=k contents="&lt;">
<meta charset="utf-8">
<meta name="keywords" content="a, b"><meta name="k" content="c">
"""

# By spelling: a head, its values, and which of them aren't text.
READ: dict[str, tuple[str, dict[str, Value], set[str]]] = {
    "toml": (
        TOML,
        {
            "title": 'A "b"', "date": "2020-02-03 21:00:00Z", "n": "1_000", "f": "1.50",
            "t": "true", "tags": ["a"], "m": {"x": "16", "d": "2020-02-03T21:00:00Z"},
        },
        {"date", "n", "f", "t"},
    ),
    "json": (
        '{"a": "é \\u6771", "n": 1.50, "t": true, "z": null, "l": ["x", {"y": 007e}]}'.replace(
            "007e", "7e0"
        ),
        {"a": "é 東", "n": "1.50", "t": "true", "z": "null", "l": ["x", {"y": "7e0"}]},
        {"n", "t", "z"},
    ),
    "key-value": (
        "TITLE: A: b\nTags:\nSummary:\n    One\n    two\nmyKey: x\nmyKey: y\n",
        {"title": "A: b", "tags": "", "summary": "One\ntwo", "myKey": ["x", "y"]},
        set(),
    ),
    "rst": (
        RST,
        {
            "title": "A title", "date": "2010-12-02", "tags": "", "summary": "One\n\ntwo",
            "authors": "- A, B\n- C, D",
        },
        set(),
    ),
    "html-head": (
        HTML,
        {"title": "A & B", "date": "2010", "k": ["<", "c"], "tags": "a, b"},
        set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("spelling", READ)
def test_values(spelling: str) -> None:
    """Each spelling gives text as written; numbers, dates and truth values are marked plain."""
    head, values, plain = READ[spelling]

    found = handler(spelling).load(head)

    assert values == found
    assert plain == {key for key, value in found.items() if isinstance(value, Plain)}


@pytest.mark.parametrize("spelling", READ)
def test_values_come_back(spelling: str) -> None:
    """What is written of the values reads as the same values."""
    values = handler(spelling).load(READ[spelling][0])

    assert heads.not_carried(spelling, values) == []


WRITTEN = {
    "toml": 'title = "A: \\"b\\""\nweight = 7\ntags = ["a", "b"]\nm = { x = "y" }\n',
    "json": (
        '{\n  "title": "A: \\"b\\"",\n  "weight": 7,\n  "tags": ["a", "b"],\n'
        '  "m": {\n    "x": "y"\n  }\n}\n'
    ),
    "key-value": 'Title: A: "b"\nweight: 7\nTags: a\nTags: b\n',
    "rst": 'A: "b"\n######\n\n:weight: 7\n:tags: a\n:tags: b\n',
    "html-head": (
        '<title>A: "b"</title>\n<meta name="weight" content="7" />\n'
        '<meta name="tags" content="a" />\n<meta name="tags" content="b" />\n'
    ),
}


@pytest.mark.parametrize("spelling", WRITTEN)
def test_what_is_written(spelling: str) -> None:
    """Heads look as people write them; what a spelling can't hold is left out and named."""
    values: dict[str, Value] = {
        "title": 'A: "b"',
        "weight": Plain("7"),
        "tags": ["a", "b"],
        "m": {"x": "y"},
    }

    assert WRITTEN[spelling] == handler(spelling).export(values)
    assert heads.not_carried(spelling, values) == ([] if spelling in ("toml", "json") else ["m"])


ERRORS = {
    "a key twice in TOML": ("toml", "a = 1\nb = 2\na = 3\n", 3, "2 lines above"),
    "no TOML": ("toml", "a = 1\nb c\n", 2, "isn't TOML"),
    "TOML that ends early": ("toml", 'a = """x\n', 2, "isn't TOML"),
    "a key twice in JSON": ("json", '{\n"a": 1,\n"a": 2\n}', 3, "1 line above"),
    "no JSON": ("json", '{"a": 1,\n"b"}', 2, "isn't JSON"),
    "a list": ("json", "[1]", 1, "isn't an object"),
    "half a character": ("json", '{"a": "\\ud800"}', None, "half a character"),
    "deep JSON": ("json", '{"a": ' + "[" * 5000 + "]" * 5000 + "}", None, "deeply"),
    "no entry": ("key-value", "a: b\nno entry\n", 2, "`Key: value`"),
    "no field": ("rst", ":a: b\nno field\n", 2, "`:key: value`"),
}


@pytest.mark.parametrize("case", ERRORS.values(), ids=ERRORS)
def test_what_cannot_be_read(case: tuple[str, str, int | None, str]) -> None:
    """The error names the line, what is wrong, and a way out."""
    spelling, head, line, words = case

    with pytest.raises(RecordError) as caught:
        handler(spelling).load(head)

    assert caught.value.code == "source-front-matter-syntax"
    assert line == caught.value.line
    assert words in caught.value.message
    assert caught.value.fix


# By spelling: a file, its head and its body.
FILES = {
    "yaml": (b"---\na: b\n...\n---\nx", "a: b\n", b"---\nx"),
    "toml": (b"+++\na = 1\n+++\nx", "a = 1\n", b"x"),
    "dashed-toml": (b"---toml\na = 1\n---\nx", "a = 1\n", b"x"),
    "dashed-json": (b"---json\n{}\n---\nx", "{}\n", b"x"),
    "json": (b'{ "a": "}" }\n\nx', '{ "a": "}" }\n', b"\nx"),
    "key-value": (b"A: b\n    c\nD: e\n\nx: y\n", "A: b\n    c\nD: e\n", b"x: y\n"),
    "rst": (b"\nT\n###\n\n:a: b\n\n  c\n\nx\n", "T\n###\n\n:a: b\n\n  c\n", b"x\n"),
    "html-head": (
        b"<!DOCTYPE html><html><head><title>T</title></head><body class='x'>\n<p>x</body></html>",
        "<title>T</title>", b"<p>x",
    ),
}  # fmt: skip


@pytest.mark.parametrize("spelling", FILES)
def test_files_are_cut(spelling: str) -> None:
    """Head and body fall apart where the tool parts them, and make the same file again."""
    data, text, body = FILES[spelling]

    head = heads.cut(spelling, data)

    assert head is not None
    assert (text, body) == (head.text, head.body)
    assert data == frontmatter.join(head.frame, head.text.encode(), head.body)


@pytest.mark.parametrize(
    ("spelling", "data"),
    [
        ("json", b"{% include x %}\n"),
        ("json", b"{{ page.title }}\n"),
        ("key-value", b"# A heading\n"),
        ("rst", b"Just text.\n"),
        ("rst", b".. comment\n"),
        ("html-head", b"<p>text</p>"),
        ("toml", b"---\na: b\n---\n"),
    ],
)
def test_what_has_no_head(spelling: str, data: bytes) -> None:
    """A text that doesn't begin as the spelling does has no head in it."""
    assert heads.cut(spelling, data) is None


def test_a_broken_object_is_an_error() -> None:
    """JSON that begins a file and can't be read isn't taken for text."""
    with pytest.raises(RecordError) as caught:
        heads.cut("json", b'{"a": 1,\n"b": }\n\ntext')

    assert (caught.value.code, caught.value.line) == ("source-front-matter-syntax", 2)


def test_a_body_that_would_go_on_with_the_fields() -> None:
    """An empty comment parts the field list from a body that begins with blanks."""
    data = heads.assemble("rst", {"title": "T"}, b"  indented\n", {})

    head = heads.cut("rst", data)

    assert data == b"T\n###\n\n..\n\n  indented\n"
    assert head is not None
    assert head.body == b"  indented\n"


def test_a_wide_title_has_a_line_as_wide() -> None:
    """docutils counts columns: the letters of some scripts take two."""
    assert handler("rst").export({"title": "東京 🎉"}) == "東京 🎉\n#######\n"
