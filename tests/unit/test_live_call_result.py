"""The results of XML-RPC calls, as xmlrpc.client reads them."""

from __future__ import annotations

import xmlrpc.client as protocol
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.live.call_result import result

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
