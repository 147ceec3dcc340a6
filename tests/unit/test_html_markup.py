"""The scanner finds the tags that a browser finds, and leaves alone what is shown or run."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from migrate.syntax.html_markup import attribute, attributes, scan
from migrate.syntax.id_references import referred_to

PIECES = (
    *("<", "</", ">", "a", "b", " ", "\n", "=", '"', "'", "é", "\t", "/", "&amp;", "-", "--"),
    *("<b", "</b>", "<b a=b>", "<br>", "<i>", "<u id='a'", "id=", "<A B=C>", "x<y", "?", "!"),
    *("<!--", "-->", "--!>", "<!-->", "<!--->", "<!", "<script>", "</script", "</script>"),
    *("<script", "<textarea>", "</textarea>", "<style>", "</style >", "<iframe x=", "</iframe>"),
)
NEUTRAL = {"a", "b", "i", "u", "br", "script", "style", "textarea", "iframe"}
"""Elements that libxml2 reports just where they stand."""


def names(body: bytes, *, markdown: bool = False) -> list[bytes]:
    """Give the tags of a body as `name`, `/name` and `name/`."""
    return [
        b"/" * tag.is_end + tag.name + b"/" * tag.is_self_closing
        for tag in scan(body, markdown=markdown).tags
    ]


def raw(body: bytes, *, markdown: bool = False) -> list[bytes]:
    """Give the raw pieces of a body."""
    return [body[start:end] for start, end in scan(body, markdown=markdown).raw]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<p>a</P >", [b"p", b"/p"]),
        (b'<a title="a > b" href=x/>', [b"a"]),
        (b"<a href=x />", [b"a/"]),
        (b"<br/ >", [b"br"]),
        (b"<a b=\">\"c='>'>", [b"a"]),
        (b"<a =b><b c==d/>", [b"a", b"b"]),
        (b"a < b <1 </ b> <> </>", []),
        (b"<harbour-map/><o:p></o:p>", [b"harbour-map/", b"o:p", b"/o:p"]),
        (b'<i>a<b c="', [b"i"]),
        (b"<!--><i>", [b"i"]),
        (b"<!---><i>", [b"i"]),
        (b"<!-- <b> --!><i>", [b"i"]),
        (b"<!doctype><?php a ?><i>", [b"i"]),
        (b"<script><!-- <script> </script> <b> --></script><i>", [b"script", b"/script", b"i"]),
        (b"<iframe><b></iframe x><i>", [b"iframe", b"/iframe", b"i"]),
        (b"<iframe/><b><script/><i>", [b"iframe/", b"b", b"script/", b"i"]),
        (b"<iframe/><b></iframe>", [b"iframe/", b"/iframe"]),
        (b"<svg/><b>", [b"svg/", b"b"]),
        (b"<svg><b/><svg></svg><![CDATA[</svg>]]></svg><i>", [b"svg", b"/svg", b"i"]),
        (b"<code><code></code><b></code><i>", [b"code", b"/code", b"i"]),
        (b'<pre><a b="</pre>"></pre>', [b"pre", b"/pre"]),
        (b"<plaintext></plaintext><b>", [b"plaintext"]),
    ],
)
def test_tags(body: bytes, expected: list[bytes]) -> None:
    """Tags are what the HTML standard's tokenizer takes for tags."""
    assert expected == names(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<pre><b></pre>", [b"<b>"]),
        (b"a <!-- wp:html --> b", [b"<!-- wp:html -->"]),
        (b"a <![CDATA[ > <b> ]]> b", [b"<![CDATA[ > <b> ]]>"]),
        (b"a <!-- b", [b"<!-- b"]),
        (b"[code lang='a']<b>[/code]<i>", [b"[code lang='a']<b>[/code]"]),
        (b"[sourcecode]<b>[/sourcecode]", [b"[sourcecode]<b>[/sourcecode]"]),
        (b"[[code]]<b>[/code] [code/]<b>[/code] [codes]<b>", []),
        (b"[code] `a`", []),
    ],
)
def test_raw_in_html(body: bytes, expected: list[bytes]) -> None:
    """Comments, CDATA, code and what shortcodes show as code are raw."""
    assert expected == raw(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"a `<b>` c", [b"`<b>`"]),
        (b"`` ` <b> `` `", [b"`` ` <b> ``"]),
        (b"a ` b\n\nc ` d", []),
        (b"```html\n<b>\n```\n<i>", [b"```html\n<b>\n```"]),
        (b"~~~~\n<b>\n~~~\n~~~~\n<i>", [b"~~~~\n<b>\n~~~\n~~~~"]),
        (b"- a\n  ```\n  <b>\n  ```\n", [b"  ```\n  <b>\n  ```"]),
        (b"```\n<b>", [b"```\n<b>"]),
        (b"a\n\n    <b>\n\n    <i>\n\nb", [b"    <b>\n\n    <i>\n\n"]),
        (b"a\n    <b>\n", []),
        (b"<https://a.example.org/> <a.b@example.org>", None),
        (b"\\<b> \\`<i>", [b"\\<", b"\\`"]),
    ],
)
def test_raw_in_markdown(body: bytes, expected: list[bytes] | None) -> None:
    """Code spans, fenced and indented code, automatic links and escapes are raw in Markdown."""
    assert (body.split() if expected is None else expected) == raw(body, markdown=True)


def test_text_is_neither_tag_nor_raw() -> None:
    """A byte of a tag, a comment or of code is no text; those beside them are."""
    body = b"a<b>c<!--d-->e<code>f</code>g"
    markup = scan(body)
    text = bytes(body[at] for at in range(len(body)) if markup.is_text(at))

    assert text == b"aceg"


def test_attributes() -> None:
    """Attributes come as they stand, with small names and the values as they are written."""
    body = b"<A ID=x b='1 > 0' c = \"&amp;\" d e=/f/ id=y>"
    (tag,) = scan(body).tags
    found = list(attributes(body, tag))

    assert [(one.name, one.value) for one in found] == [
        (b"id", b"x"),
        (b"b", b"1 > 0"),
        (b"c", b"&amp;"),
        (b"d", b""),
        (b"e", b"/f/"),
        (b"id", b"y"),
    ]
    assert body[found[2].start : found[2].end] == b'c = "&amp;"'
    assert attribute(body, tag, b"id") == b"x"
    assert attribute(body, tag, b"href") is None


def test_references() -> None:
    """An id is referred to by an address, a label, or one of ARIA's attributes."""
    body = b'<a href="#a"><label for=b><i aria-labelledby="c d" title="e">'

    assert referred_to(body, scan(body)) == {b"a", b"b", b"c", b"d"}


class Starts:
    """A target of lxml's parser that keeps the start tags."""

    def __init__(self) -> None:
        """Begin with none."""
        self.seen: list[tuple[str, list[str]]] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Take a start tag."""
        if name in NEUTRAL:
            self.seen.append((name, list(attrs)))

    def close(self) -> list[tuple[str, list[str]]]:
        """Give what was seen."""
        return self.seen


def parsed(body: str) -> list[tuple[str, list[str]]]:
    """Give the start tags that libxml2 finds, with the names of their attributes."""
    target: Any = Starts()
    parser = etree.HTMLParser(target=target, encoding="utf-8")
    seen: list[tuple[str, list[str]]] = etree.fromstring(f"<body>{body}".encode(), parser)  # type: ignore[assignment]
    return seen


def scanned(body: bytes) -> list[tuple[str, list[str]]]:
    """Give the start tags that the scanner finds, with the names of their attributes."""
    starts = [tag for tag in scan(body).tags if not tag.is_end and tag.name.decode() in NEUTRAL]
    return [
        (tag.name.decode(), list(dict.fromkeys(a.name.decode() for a in attributes(body, tag))))
        for tag in starts
    ]


@pytest.mark.skipif(etree.LIBXML_VERSION < (2, 14), reason="libxml2 before 2.14 reads HTML 4")
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_parser_finds_the_same(body: str) -> None:
    """On any text the scanner finds the start tags that a real parser finds."""
    if re.search(r"(?is)<(script|style|textarea|iframe).*/>", body):
        return  # meant to be closed there, whatever HTML says

    assert parsed(body) == scanned(body.encode())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize(
    "piece",
    [
        *("<a ", "<!--", '"', "<", "</", '<a b="', "<a b = ", "<svg>", "<code>", "<iframe/>"),
        *("<b>", "<code/></code>", "<iframe/><script/><code/><svg/>", "<script><!--<script>"),
        *("[code]", "[code ", "` `` ", "~~~\n", "\n\n    a", "<ab:c", "<a.b@", "- ", "> ", "\n "),
    ],
)
def test_any_body_takes_one_pass(piece: str, markdown: bool) -> None:
    """A long row of anything is scanned in a time that grows with its length only."""
    body = (piece * (300_000 // len(piece))).encode()
    markup = scan(body, markdown=markdown)

    assert all(tag.end <= len(body) for tag in markup.tags)
