"""How WXR spells text, so that an XML parser reads back what WordPress stored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from migrate.syntax import wxr

CONTROLS = "\x00\x01\x08\x0b\x0c\x0e\x1f\ufffe\uffff"
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("]>\r\n<&\"'é\u2028😀" + CONTROLS), st.characters(codec="utf-8")
    )
).map(str.encode)


def parsed(inner: bytes) -> bytes:
    """Give the text that an XML parser reads."""
    element = etree.fromstring(b"<a>" + inner + b"</a>")
    return (element.text or "").encode()


@given(TEXTS)
def test_a_parser_reads_back_the_bytes_of_a_section(data: bytes) -> None:
    """CDATA, with the forbidden characters taken out, comes back as it went in."""
    kept, _ = wxr.take_forbidden(data)

    assert kept == parsed(wxr.cdata(kept))


@given(TEXTS)
def test_a_parser_reads_back_the_bytes_of_escaped_text(data: bytes) -> None:
    """Character data comes back as it went in, carriage returns included."""
    kept, _ = wxr.take_forbidden(data)

    assert kept == parsed(wxr.text(kept))


@given(TEXTS)
def test_a_parser_reads_back_an_attribute(data: bytes) -> None:
    """An attribute's line feeds and tabs aren't turned into blanks."""
    kept, _ = wxr.take_forbidden(data)
    element = etree.fromstring(b'<a b="' + wxr.attribute(kept) + b'"/>')

    assert kept == (element.get("b") or "").encode()


@given(TEXTS)
def test_what_was_taken_out_can_be_put_back(data: bytes) -> None:
    """The offsets lead every forbidden character back to its place."""
    assert data == wxr.put_forbidden(*wxr.take_forbidden(data))


def test_forbidden_characters_are_named_by_their_offset() -> None:
    """The offset counts bytes of the original text, and neighbours stay together."""
    expected = (b"\xc3\xa9ab\xef\xbf\xbd", {"2": "\x0c", "4": "\x00\x01", "7": "\ufffe"})

    assert expected == wxr.take_forbidden("é\x0ca\x00\x01b\ufffe\ufffd".encode())


def test_the_end_mark_of_a_section_is_split_as_in_core() -> None:
    """`]]>` goes over two sections, as WordPress's wxr_cdata() writes it."""
    assert wxr.cdata(b"a]]>b") == b"<![CDATA[a]]]]><![CDATA[>b]]>"


def test_a_carriage_return_leaves_the_section() -> None:
    """A raw CR would be read as a line feed by every parser."""
    assert wxr.cdata(b"a\r\nb") == b"<![CDATA[a]]>&#13;<![CDATA[\nb]]>"


@given(st.dictionaries(st.text(), st.text(), min_size=1))
def test_provenance_survives_a_parser(said: dict[str, str]) -> None:
    """The instruction is well formed whatever it says, and says the same when read back."""
    instruction = wxr.provenance_instruction(said)
    element = etree.fromstring(b"<a>" + instruction + b"</a>")

    assert etree.tostring(element[0]).startswith(b"<?wpmigrate ")
    assert said == wxr.read_provenance(instruction)


def test_nothing_to_say_is_no_instruction() -> None:
    """An item without provenance carries no processing instruction."""
    assert wxr.provenance_instruction({}) == b""
