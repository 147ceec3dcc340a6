"""The results of XML-RPC calls, as xmlrpc.client reads them."""

from __future__ import annotations

import xmlrpc.client as protocol
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.live.call_result import exact, result
from migrate.live.usual_call_result import UnusualError, usual

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.one_of(TEXT, st.booleans(), st.integers(-(2**31), 2**31 - 1), FLOATS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


def answer(value: str) -> str:
    """Give the answer that holds a value."""
    return f"<methodResponse><params><param>{value}</param></params></methodResponse>"


def escaped(text: str) -> str:
    """Escape a text as htmlspecialchars() does."""
    return escape(text).replace("&#x27;", "&#039;")


def written(value: Any) -> str:
    """Write a value as IXR_Value::getXml() does."""
    match value:
        case str():
            return f"<string>{escaped(value)}</string>"
        case bool():
            return f"<boolean>{int(value)}</boolean>"
        case int():
            return f"<int>{value}</int>"
        case float():
            return f"<double>{value}</double>"
        case list():
            items = "".join(f"  <value>{written(item)}</value>\n" for item in value)
            return f"<array><data>\n{items}</data></array>"
    members = "".join(
        f"  <member><name>{escaped(name)}</name><value>{written(held)}</value></member>\n"
        for name, held in value.items()
    )
    return f"<struct>\n{members}</struct>"


def from_wordpress(value: str) -> str:
    """Give the answer that holds a value, as IXR_Server::serve() puts it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<methodResponse>\n  <params>\n    <param>\n'
        f"      <value>\n      {value}\n      </value>\n    </param>\n  </params>\n"
        "</methodResponse>\n"
    )


SPECIAL = st.text("<>&\"'\\\n\t{}[]:,;#0é日\U0010f000")
USUAL = st.recursive(
    st.one_of(TEXT, SPECIAL, st.booleans(), st.integers(-(2**63), 2**63 - 1)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, min_size=1),
    max_leaves=20,
)


@given(USUAL)
def test_the_quick_way(value: Any) -> None:
    """What WordPress writes is read without a parser of XML, as that reads it."""
    xml = from_wordpress(written(value))
    assert usual(xml) == exact(xml) == value


ODD = [
    "<string>a\x01b</string>",
    "<string>&eacute;</string>",
    "<string>&#65;</string>",
    "<string>]]></string>",
    '<string>"</string>',
    "<string>a\rb</string>",
    "<string><b/></string>",
    "<string>a</int>",
    "<int>NaN</int>",
    "<int>1.5</int>",
    "<int>007</int>",
    "<boolean>2</boolean>",
    "<double>1</double>",
    "<dateTime.iso8601>20180301T08:00:00</dateTime.iso8601>",
    "<nil/>",
    "<!-- a --><int>1</int>",
    "<struct>\n</struct>",
    "<array><data> <value><int>1</int></value></data></array>",
    "<array><data>\n  <value><int>1</int></value>\n</struct>",
    "<int>1</int></value><value><int>2</int>",
    "1,2",
    "5",
    "<array><data>\n  <value>5</value>\n</data></array>",
]


@pytest.mark.parametrize("value", ODD)
def test_the_quick_way_steps_aside(value: str) -> None:
    """What WordPress doesn't write so is left to the parser, which reads or refuses it."""
    with pytest.raises(ValueError, match=r".*"):
        usual(from_wordpress(value))


def test_a_fault_is_unusual() -> None:
    """A fault is the parser's as well."""
    with pytest.raises(UnusualError):
        usual(protocol.dumps(protocol.Fault(403, "No"), methodresponse=True))


@given(VALUES)
def test_every_value_is_read(value: Any) -> None:
    """Lists, structures and scalars, as they were sent."""
    assert result(protocol.dumps((value,), methodresponse=True)) == value


def test_what_wordpress_writes() -> None:
    """Untyped texts, dates, base64, blanks and CDATA between and in them."""
    xml = """<?xml version="1.0" encoding="ISO-8859-1"?>
<methodResponse><params><param><value><struct>
  <member><name>plain</name><value>日 &amp; ü</value></member>
  <member><name>none</name><value></value></member>
  <member><name>date</name><value><dateTime.iso8601>20180301T08:00:00</dateTime.iso8601></value></member>
  <member><name>bytes</name><value><base64>aGk=
</base64></value></member>
  <member><name>list</name><value><array><data>
  <value><string><![CDATA[<b>]]></string></value></data></array></value></member>
</struct></value></param></params></methodResponse>"""
    told = result(xml)
    assert (told["plain"], told["none"], told["list"]) == ("日 & ü", "", ["<b>"])
    assert (str(told["date"]), told["bytes"].data) == ("20180301T08:00:00", b"hi")


def test_a_fault() -> None:
    """It is raised with its number."""
    with pytest.raises(protocol.Fault) as raised:
        result(protocol.dumps(protocol.Fault(403, "No"), methodresponse=True))
    assert (raised.value.faultCode, raised.value.faultString) == (403, "No")


ENTITY = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no XML",
        "<methodResponse/>",
        "<a><b></a>",
        answer("<value><odd>1</odd></value>"),
        answer("<value><int>x</int></value>"),
        answer("<value><struct><member/></struct></value>"),
        ENTITY + answer("<value><string>&e;</string></value>"),
        "<methodResponse><params><param>" + "<value><array><data>" * 2000,
    ],
)
def test_what_is_no_result(xml: str) -> None:
    """Nothing is guessed, and no entity is looked up."""
    with pytest.raises(ValueError, match=r"."):
        result(xml)
