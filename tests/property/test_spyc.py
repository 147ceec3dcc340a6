"""What holds for every head, every value and every file, found or made up.

The corpus tests read the folder that WPMIGRATE_CORPUS names.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from migrate.errors import RecordError
from migrate.syntax import spyc_exact, spyc_fast
from migrate.syntax.frontmatter import join, split
from migrate.syntax.spyc_dump import VARIANTS, dump
from migrate.syntax.spyc_load import load
from migrate.syntax.spyc_spelling import render, spelling
from migrate.syntax.values import Value

WORDS = st.sampled_from(
    ["a", "foo", "Yes", "2018", "1.50", "é日本", "it's", '"q"', "&amp;", "100%", "x" * 39, "x" * 45]
) | st.sampled_from(":-#'\"\\[]{}!|>&*~,?\n\t\r \x85\u2028\0")
TEXTS = st.lists(WORDS, max_size=12).map(" ".join) | st.lists(WORDS, max_size=4).map("".join)
KEYS = st.sampled_from(["ID", "post_title", "layout", "a b", "x:y", "k#", "_format", "é"])
VALUES: st.SearchStrategy[Value] = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)
HEADS_OF_THE_PLUGIN = st.builds(
    dump, st.dictionaries(KEYS, VALUES, max_size=5), st.sampled_from(list(VARIANTS))
)
PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "c:",
        "ID: 5",
        "x y",
        "true",
        "- ",
        "  ",
        "    ",
        "\n  ",
        "\n  - ",
        "\n# x\n",
        "''",
        "k: [ ]\n",
    ]
) | st.sampled_from(['\\"', ", ", ">-", "|+\n", "\r\n", "&x", *"'\"[]{}|\n\n\n\t\x85"])
HEADS_OF_PEOPLE = st.lists(PIECES, max_size=25).map("".join)
HEADS = HEADS_OF_THE_PLUGIN | HEADS_OF_PEOPLE | st.text()


def read(head: str) -> dict[str, Value]:
    """The values of `head`, if it can be read at all."""
    try:
        return load(head)
    except RecordError:
        assume(condition=False)
        raise


def typed(value: Value) -> object:
    """`value` with the kind of each leaf, so that `Plain` isn't taken for `str`."""
    if isinstance(value, dict):
        return [(key, typed(inner)) for key, inner in value.items()]
    return [typed(inner) for inner in value] if isinstance(value, list) else (type(value), value)


@given(HEADS)
def test_load_reads_or_says_where(head: str) -> None:
    """Any text is read or is an error that has a line of the text, a column and a way out."""
    places = []
    try:
        load(head)
    except RecordError as error:
        places = [(error.line or 0, error.column or 0, error.fix)]
    rows = head.split("\n")
    for line, column, fix in places:
        assert 1 <= line <= len(rows)
        assert 1 <= column <= len(rows[line - 1]) + 1
        assert fix


@given(HEADS)
def test_same_head_again(head: str) -> None:
    """Whatever can be read is written again byte for byte."""
    values = read(head)
    assert head == render(values, *spelling(head, values))


@given(HEADS)
def test_fast_reader_is_exact(head: str) -> None:
    """The fast reader gives what the exact one gives, or nothing."""
    fast = spyc_fast.read(head)
    if fast is not None:
        assert typed(spyc_exact.read(head)[0]) == typed(fast)


@given(HEADS_OF_THE_PLUGIN)
def test_plugin_is_always_readable(head: str) -> None:
    """There is no value that makes the plugin write a head which can't be read."""
    assert isinstance(load(head), dict)


@given(
    st.text(st.characters(exclude_characters="\t\r\n\0\x0b", exclude_categories=["Cs"]))
    .filter(lambda text: text.strip(" ") == text and text != "\\n" and "|" not in text[:1])
    .filter(lambda text: not (text[:1] == text[-1:] and text[:1] in {"'", '"'})),
    st.sampled_from(list(VARIANTS)),
)
def test_text_survives(text: str, variant: str) -> None:
    """One line of text without outer blanks or quotes comes back, whatever stands in it."""
    head = dump({"key": text, "list": [text]}, variant)
    assert load(head) == {"key": text, "list": [text]}


@given(st.lists(st.text(alphabet="ab '\"\t:#\\|é", min_size=1), min_size=2, max_size=5))
def test_lines_survive_the_first_release(lines: list[str]) -> None:
    """Version 1.0 keeps blanks and quotes in the lines of a block, and so does the reader."""
    text = "\n".join(["first", *lines, "last"])
    assert load(dump({"key": text, "list": [text]}, "1.0")) == {"key": text, "list": [text]}


@given(
    st.binary() | st.lists(st.sampled_from([b"---", b"\n", b"\r\n", b" ", b"a: b"])).map(b"".join)
)
def test_split_and_join(data: bytes) -> None:
    """A file with front matter is put together again byte for byte."""
    try:
        parts = split(b"---\n" + data)
    except RecordError:
        return
    assert parts is not None
    assert b"---\n" + data == join(*parts)


def posts(corpus: Path) -> list[Path]:
    """The posts that the plugin wrote, and the seed that lies beside the corpus."""
    seed = corpus.resolve().parent / "seed"
    found = [*(corpus / "wpghs").rglob("*.md"), *(seed.iterdir() if seed.is_dir() else ())]
    return sorted(found)


@pytest.mark.skipif("WPMIGRATE_CORPUS" not in os.environ, reason="WPMIGRATE_CORPUS names no corpus")
def test_corpus() -> None:
    """Every post of the corpus is read, by the fast reader too, and written byte for byte."""
    counts: Counter[str] = Counter()
    for path in posts(Path(os.environ["WPMIGRATE_CORPUS"])):
        data = path.read_bytes()
        parts = split(data)
        assert parts is not None, path
        frame, raw, body = parts
        head = raw.decode()
        values = spyc_exact.read(head)[0]
        assert typed(load(head)) == typed(values), path
        again = render(values, *spelling(head, values))
        assert join(frame, again.encode(), body) == data, path
        counts["posts"] += 1
        counts["fast"] += spyc_fast.read(head) is not None
        for variant in VARIANTS:
            counts[f"nothing kept under {variant}"] += dump(values, variant) == head
    print(dict(counts))
    assert counts["posts"] > 0
