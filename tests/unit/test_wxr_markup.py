"""Tags, elements and texts are what an XML parser makes of them, wherever XML is well formed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from migrate.syntax import wxr_text
from migrate.syntax.php_serialized import has_wrong_length
from migrate.syntax.wxr_markup import Markup, attributes
from migrate.syntax.wxr_names import Name, Names

SAFE = st.text(st.sampled_from("ab]>'\"é😀 \n=/;-?!x"), max_size=8)
PIECES = st.one_of(
    SAFE,
    st.text(st.sampled_from("ab]<>&é\n"), max_size=8)
    .filter(lambda text: "]]>" not in text and "</a" not in text)
    .map(lambda text: f"<![CDATA[{text}]]>"),
    st.sampled_from(["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#13;", "&#xe9;", "&#128512;"]),
)
SECTION = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
TEXTS = (
    st.lists(PIECES, max_size=5)
    .map("".join)
    .filter(lambda text: "]]>" not in SECTION.sub(" ", text))  # XML forbids it
)


@given(TEXTS)
def test_a_text_is_what_a_parser_reads(written: str) -> None:
    """Sections, references and character data, in any mixture."""
    expected = etree.fromstring(f"<a>{written}</a>".encode()).text or ""
    read = wxr_text.read(written.encode())

    assert (expected.encode(), []) == (read.data, read.oddities)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "x:c"]), TEXTS), max_size=5))
def test_elements_are_what_a_parser_finds(children: list[tuple[str, str]]) -> None:
    """Side by side, with comments and instructions between them."""
    inner = "".join(f"<{n} k='>'>{t}</{n}><!-- <a> --><?p <b> ?><e/>" for n, t in children)
    document = f"<r xmlns:x='urn:x'>{inner}</r>".encode()
    found = [
        (child.tag.rpartition("}")[2], child.text or "")
        for child in etree.fromstring(document).iterchildren("*")
    ]
    markup = Markup(document)
    elements = markup.elements(1, len(markup.tags) - 1)

    assert found == [
        (
            element.tag.name.decode().rpartition(":")[2],
            wxr_text.read(markup.inside(element)).data.decode(),
        )
        for element in elements
    ]


@given(st.binary(max_size=60).map(lambda junk: b"<item>" + junk.replace(b"x", b"<![CDATA[") + b">"))
def test_no_bytes_are_too_broken(junk: bytes) -> None:
    """Anything gives tags, elements and texts that are UTF-8."""
    markup = Markup(junk)

    for element in markup.elements():
        wxr_text.read(markup.inside(element)).data.decode("utf-8")
        attributes(element.tag)


def test_attributes_are_read_as_a_parser_reads_them() -> None:
    """White space counts as blanks unless it is escaped."""
    written = b"<a b='x\n&amp;&#10;y' c=\"'\"/>"
    attrib = etree.fromstring(written).attrib
    expected = {str(name): str(value) for name, value in attrib.items()}
    found = attributes(Markup(written).tags[0])

    assert expected == {
        name.decode(): wxr_text.read_attribute(raw).data.decode() for name, raw in found.items()
    }


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"<wp:status>", Name("wp:status", guessed=True)),
        (b"<wp:status xmlns:wp='http://wordpress.org/export/1.1/'>", Name("wp:status")),
        (b"<w:status xmlns:w='https://wordpress.org/export/1.2/'>", Name("wp:status")),
        (b"<status xmlns='http://wordpress.org/export/1.0/'>", Name("wp:status")),
        (b"<dc:creator xmlns:dc='http://purl.org/dc/terms'>", Name("dc:creator", guessed=True)),
        (b"<itunes:author xmlns:itunes='urn:x'>", Name("itunes:author")),
        (b"<title>", Name("title")),
    ],
)
def test_names(written: bytes, said: Name) -> None:
    """A name is what its namespace makes it; without one, what its prefix usually means."""
    assert said == Names({}).of(Markup(written).tags[0])


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        (b'a:1:{s:1:"a";s:2:"\xc3\xa9";}', False),
        (b'a:1:{s:1:"a";s:1:"\xc3\xa9";}', True),
        (b'O:8:"stdClass":1:{s:1:"a";a:2:{i:0;d:0.5;i:1;N;}}', False),
        (b'a:1:{i:0;O:8:"stdClass":1:{s:9:"a";b:1;}}', True),
        (b's:3:"a";', True),
        (b"a: b", False),
        (b"s:5 o'clock", False),
        (b"", False),
    ],
)
def test_lengths_of_serialized_strings(value: bytes, wrong: bool) -> None:
    """Only a string whose stated length isn't its own is wrong; what isn't serialized never is."""
    assert wrong == has_wrong_length(value)
