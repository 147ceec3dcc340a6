"""Call result: the value that the answer to an XML-RPC call holds.

What isn't written in the usual way is parsed by lxml, several times faster than xmlrpc.client does;
no entity is looked up, so that none can grow. What the answer says is of xmlrpc.client's types.
"""

from __future__ import annotations

import xmlrpc.client as protocol
from base64 import b64decode
from collections.abc import Callable
from typing import Any, Final

from lxml import etree

from migrate.live.answer import plain_text
from migrate.live.usual_call_result import usual

__all__ = ["exact", "result"]


_VALUES: Final[dict[str, Callable[[str], Any]]] = {
    "string": str,
    "int": int,
    "i4": int,
    "i8": int,
    "double": float,
    "boolean": lambda text: text.strip() == "1",
    "dateTime.iso8601": protocol.DateTime,
    "base64": lambda text: protocol.Binary(b64decode(text)),
    "nil": lambda _: None,
}


def result(xml: str) -> Any:
    """Give a call's result. Raises Fault where the site says one, ValueError for anything else."""
    try:
        return usual(xml)
    except ValueError:
        return exact(xml)


def exact(xml: str) -> Any:
    """Give the same, however it is written."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        document = etree.fromstring(xml.encode("utf-8", "replace"), parser)
        fault = document.find("fault/value")
        told = _value(document.find("params/param/value") if fault is None else fault)
        code = None if fault is None else int(told["faultCode"])
    except (etree.XMLSyntaxError, RecursionError, LookupError, TypeError) as error:
        raise ValueError(f"no result ({error})") from None
    if code is not None:
        raise protocol.Fault(code, plain_text(str(told.get("faultString", ""))))
    return told


def _value(element: etree._Element | None) -> Any:
    if element is None:
        raise TypeError("neither a result nor a fault")
    if not len(element):
        return element.text or ""  # without a type it is a string
    held = element[0]
    match held.tag:
        case "struct":
            return {member[0].text or "": _value(member[1]) for member in held}
        case "array":
            return [_value(value) for value in held[0]]
        case str() as kind if kind in _VALUES and not len(held):
            return _VALUES[kind](held.text or "")
    raise ValueError(f"a value of the type {held.tag}")
