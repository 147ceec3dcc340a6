"""The quick way to read the answer to an XML-RPC call: XML as WordPress writes it, and none other.

IXR_Value::getXml() has one way to write each thing, and no `<` or `"` within a text. So its words
can be put into those of JSON one after the other, which is less than half the work of a parser of
XML. Whatever is written otherwise is for `call_result` to read, or to refuse.
"""

from __future__ import annotations

import re
from typing import Any, Final

from migrate import quick_json

__all__ = ["UnusualError", "usual"]

_HEAD: Final = re.compile(
    r'(?:<\?xml version="1\.0"(?: encoding="[\w-]+")?\?>)?\s*'
    r"<methodResponse>\s*<params>\s*<param>\s*<value>\s*"
)
_END: Final = re.compile(r"\s*</value>\s*</param>\s*</params>\s*</methodResponse>\s*")
_LONGEST_END: Final = 200

_WORDS: Final = (
    ("\\", "\\\\"),
    ("<array><data>\n</data></array>", "[]"),
    ("<array><data>\n  <value>", "["),
    ("</value>\n  <value>", ","),
    ("</value>\n</data></array>", "]"),
    ("<struct>\n  <member><name>", '{"'),
    ("</name><value>", '":'),
    ("</value></member>\n  <member><name>", ',"'),
    ("</value></member>\n</struct>", "}"),
    ("<string>", '"'),
    ("</string>", '"'),
    ("<boolean>1</boolean>", "true"),
    ("<boolean>0</boolean>", "false"),
    ("<int>", ""),
    ("</int>", ""),
    ("\n", "\\n"),  # what is left of these stands in texts
    ("\t", "\\t"),
)
_UNTYPED: Final = re.compile(r"<value>(?!\s*<)|<int>(?!-?[0-9]+</int>)")
_UNKNOWN: Final = re.compile("&(?!(?:amp|lt|gt|quot|#0?39);)")
_REFERENCES: Final = (
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", '\\"'),
    ("&#039;", "'"),
    ("&#39;", "'"),
    ("&amp;", "&"),
)
"""What htmlspecialchars() writes, the one last whose sign begins the others."""

_NO_XML: Final = ("\r", "\ufffe", "\uffff", "]]>")
"""What no XML holds, or only for another thing, and JSON does."""


class UnusualError(ValueError):
    """The answer is written in another way."""


def usual(xml: str) -> Any:
    """Give a call's result, as `call_result.result` does. Raises UnusualError, a ValueError."""
    head = _HEAD.match(xml)
    end = _END.search(xml, max(len(xml) - _LONGEST_END, 0))
    if head is None or end is None or end.end() < len(xml):
        raise UnusualError
    text = xml[head.end() : end.start()]
    if (
        text[:1] != "<"
        or '"' in text
        or any(odd in text for odd in _NO_XML)
        or _UNTYPED.search(text)
    ):
        raise UnusualError
    for written, said in _WORDS:
        text = text.replace(written, said)
    if "<" in text or _UNKNOWN.search(text):
        raise UnusualError
    if "&" in text:
        for written, said in _REFERENCES:
            text = text.replace(written, said)
    return quick_json.loads(text)
