"""No body and no head keeps the program busy for long, however much markup it holds.

Nothing here looks at a clock: what is counted is how often a text goes through the parsers, and
`python -m tests.fuzz.magnified` measures.
"""

from __future__ import annotations

import pytest
from html_to_markdown import ConversionError

from migrate.errors import RecordError
from migrate.model.post import ContentFormat, Post
from migrate.rewrite.rule import Rule
from migrate.rewrite.rules import RULES, rule_class
from migrate.syntax import autop, key_value, markdown_text, toml_text, unautop, yaml_load
from migrate.syntax.measures import MOST_LINES, MOST_VALUES
from migrate.syntax.values import Plain
from tests.rewriting import rewritten

LARGE: dict[str, tuple[ContentFormat, bytes]] = {
    "shortcodes": ("html", b"[a]" * 150_001),
    "autop": ("html", b"<b>a</b>\n\n" * 20_000),
    "unautop": ("html", b"<p>a</p>" * 20_000),
    "blocks": ("html", b"<p>a</p>" * 20_000),
    "to-markdown": ("html", b"<b>a</b> " * 6_000),
    "markdown": ("markdown", b"*a* " * 40_000),
    "rst": ("rst", b"*a* " * 15_000),
}
"""Rule → a body of more markup than it takes on."""


@pytest.mark.parametrize("rule", ["autop", "blocks"])
def test_too_many_lines(rule: str) -> None:
    """Line ends count as well where they become breaks."""
    post = Post(type="post", status="publish", content=b"a\n" * 70_001, content_format="html")
    assert [one.code for one in rewritten(rule, post)] == ["rewrite-body-large"]


@pytest.mark.parametrize("rule", LARGE)
def test_too_much_markup(rule: str) -> None:
    """A body beyond the measure of a rule stays as it is, and is named."""
    kind, body = LARGE[rule]
    post = Post(type="post", status="publish", content=body, content_format=kind)

    found = rewritten(rule, post)

    assert [(one.code, one.severity) for one in found] == [("rewrite-body-large", "warning")]
    assert (post.content, post.content_format) == (body, kind)


def test_every_measure_is_kept() -> None:
    """Those are all rules that have a measure: the ones that turn whole bodies."""
    measured = {name for name in RULES if rule_class(name).is_too_much is not Rule.is_too_much}
    assert measured == set(LARGE)


@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_a_long_text_is_within_the_measure(kind: ContentFormat) -> None:
    """A megabyte of paragraphs as people write them is turned."""
    body = b"The tide *turned* at noon, and the [boats](/boats/) came in with all their fish. " * 4
    post = Post(type="post", status="publish", content_format=kind)
    post.content = (body + b"\n\n") * 3_000
    rule = {"html": "autop", "markdown": "markdown"}[kind]
    assert not rule_class(rule)().is_too_much(post.content)


@pytest.mark.parametrize(
    "piece",
    ["<p>a</p>", "<p>a<p>", "<p> a\nb </p>\n", "<p></p>", "<p class=a>b</p><p>", "<p><pre>"],
)
def test_unautop_shows_a_text_few_times(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many paragraphs it has, a body is shown as a whole, and that ten times at most."""
    shown: list[int] = []

    def counted(text: str) -> str:
        shown.append(len(text))
        return autop.autop(text)

    monkeypatch.setattr(unautop, "autop", counted)
    body = piece * 2_000
    unautop.unautop(body)

    assert len(shown) <= 10
    assert sum(shown) < 40 * len(body)


@pytest.mark.parametrize("piece", [b"<blockquote>fog ", b"<pre>\n", b"<PRE>\n"])
def test_deep_html_is_not_given_to_the_library(
    piece: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elements in each other beyond all use stay HTML: the library's time grows with the square."""
    given: list[str] = []

    def counted(html: str, _options: object) -> object:
        given.append(html)
        raise ConversionError

    monkeypatch.setattr(markdown_text, "convert", counted)
    markdown_text.to_markdown(piece * 500)
    assert "".join(given).count(piece.decode()) == 0


def test_many_pieces_of_code_side_by_side_are_turned() -> None:
    """They aren't deep, however many a block holds."""
    code = b"<pre><code>fog\n</code></pre>\n" * 200
    written = markdown_text.to_markdown(b"<blockquote>" + code + b"</blockquote>")
    assert written is not None
    assert (written.text.count("fog"), written.kept) == (200, 0)


@pytest.mark.parametrize("word", [b"a-", b"{%", b"a:", "é/".encode(), b"a'"])
def test_long_words_of_rst(word: bytes) -> None:
    """Behind each of its signs docutils reads on to the end of a word."""
    is_too_much = rule_class("rst").is_too_much
    assert is_too_much(word * 7_000)
    assert not is_too_much(word * 1_000)
    assert is_too_much((word * 500 + b" ") * 200)


def test_addresses_in_an_endless_paragraph_of_rst() -> None:
    """At each of them docutils keeps the rest of the paragraph: a megabyte took one GB."""
    is_too_much = rule_class("rst").is_too_much
    line = b"The ferry <http://a.example> is late, and all of its passengers wait at the quay. "
    assert is_too_much(line * 9_000)
    assert not is_too_much((line * 90 + b"\n\n") * 100)


def test_heads_hold_so_much() -> None:
    """A head with more values or lines than a post can need is refused, with a way out."""
    yaml = "".join(f"a{number}: b\n" for number in range(MOST_VALUES // 2))
    with pytest.raises(RecordError, match="more than 25,000 keys and values") as caught:
        yaml_load.load(yaml)
    assert (caught.value.code, caught.value.line) == ("source-yaml-syntax", 1)
    assert yaml_load.load(yaml.partition("a9:")[0])

    toml = "".join(f"a{number} = 1\n" for number in range(MOST_LINES + 1))
    for load in (toml_text.load, key_value.load):
        with pytest.raises(RecordError, match="more than 20,000 lines"):
            load(toml if load is toml_text.load else toml.replace(" =", ":"))


@pytest.mark.parametrize(
    "line",
    [
        "PARTS = 1",
        "a = {PARTS = 1}",
        '"=".PARTS = 1',
        "[ PARTS ]",
        "a = 'b' # \"\n'\\\"' . PARTS = 1",
        '"\\"" . PARTS = 1',
        '# """\nPARTS = 1',
        'a = {b = """c"""", PARTS = "d"}',
    ],
)
def test_a_key_of_many_parts_is_not_read(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dotted key of TOML nests as lists and maps do, and tomllib's time grows by the square."""
    monkeypatch.delattr("tomllib.loads")

    with pytest.raises(RecordError, match="nested too deeply"):
        toml_text.load(line.replace("PARTS", "a." * 2_000 + "a"))


@pytest.mark.parametrize(
    "number", ["1" * 5_000, "0x" + "f" * 5_000, "[{a = -" + "1" * 5_000 + "}]"]
)
def test_an_integer_without_end_is_named(number: str) -> None:
    """Python refuses to read an integer of thousands of digits, and to write one: it is named."""
    with pytest.raises(RecordError, match="thousands of digits") as caught:
        toml_text.load(f"a = 1\nb = {number}\n")

    assert (caught.value.code, caught.value.line) == ("source-front-matter-syntax", 2)


def test_an_integer_without_end_is_written_as_text() -> None:
    """A value of another dialect that TOML would take for such an integer gets quotes."""
    for digits in ("1" * 5_000, "0x" + "f" * 5_000):
        assert toml_text.load(toml_text.dump({"a": Plain(digits)})) == {"a": digits}


def test_text_with_many_dots_is_read() -> None:
    """What stands between quotes are sentences, however many."""
    said = "Fog. " * 2_000
    for quotes in ('"', "'", '"""', "'''"):
        assert toml_text.load(f"a = {quotes}{said}{quotes} # {said}\n") == {"a": said}
