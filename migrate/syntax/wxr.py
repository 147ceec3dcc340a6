"""How WXR is spelled: escaping, forbidden characters, line ends, the provenance instruction.

WXR is RSS 2.0 with WordPress's own elements; the reference is `export_wp()` in WordPress's
wp-admin/includes/export.php. Text is handled as UTF-8 bytes, which is what a body is.
"""

from __future__ import annotations

import json
import re
from itertools import repeat
from operator import contains
from typing import Any, Final

from migrate.model import canonical
from migrate.patterns import pattern

VERSION: Final = "1.2"
NAMESPACES: Final = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
ZERO_DATE: Final = "0000-00-00 00:00:00"

FILLED: Final = "filled"
OPTIONS: Final = "options"
"""The keys of a channel's provenance: what the head states unasked, and the site's options."""
SECTION: Final = b"<![CDATA["
SECTION_END: Final = b"]]>"
_FEW_BRACKETS: Final = 20

# XML 1.0, production 2 (Char): all of C0 but tab, LF and CR, and the two noncharacters.
_CONTROLS: Final = tuple(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0D))
_FORBIDDEN: Final = pattern(
    b"[" + re.escape(bytes(_CONTROLS)) + b"]+|(?:\xef\xbf[\xbe\xbf])+",
)
_BEFORE_NONCHARACTER: Final = 0xEF
_PROVENANCE: Final = pattern(rb"<\?wpmigrate (.*?)\?>", re.DOTALL)


def take_forbidden(data: bytes) -> tuple[bytes, dict[str, str]]:
    """Take out the characters that XML 1.0 forbids.

    Gives what is left, and {offset in the original bytes: characters} for `put_forbidden`.
    """
    if not has_forbidden(data):
        return data, {}
    removed = {str(m.start()): m[0].decode("utf-8") for m in _FORBIDDEN.finditer(data)}
    return _FORBIDDEN.sub(b"", data), removed


def put_forbidden(data: bytes, removed: dict[str, str]) -> bytes:
    """Put back what `take_forbidden` took out."""
    parts: list[bytes] = []
    taken = done = 0
    for offset, characters in sorted((int(k), v) for k, v in removed.items()):
        upto = offset - taken
        encoded = characters.encode("utf-8")
        parts += [data[done:upto], encoded]
        done = upto
        taken += len(encoded)
    return b"".join([*parts, data[done:]])


def has_forbidden(data: bytes) -> bool:
    """Tell whether there are characters that XML 1.0 forbids."""
    # A scan for each single byte is a memchr: together ten times quicker than one regex. A bound
    # method of bytes would take as long as the scan, a `bytes in bytes` asks for a number first.
    if any(map(contains, repeat(data), _CONTROLS)):
        return True
    return _BEFORE_NONCHARACTER in data and (b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data)


def section_end(data: bytes, start: int = 0) -> int:
    """Give where the first `]]>` begins behind a place; -1 where there is none."""
    at = data.find(b"]", start)  # a single byte is found twenty times quicker than three
    for _ in range(_FEW_BRACKETS):
        if at < 0 or data.startswith(SECTION_END, at):
            return at
        at = data.find(b"]", at + 1)
    return data.find(SECTION_END, at) if at >= 0 else at


def cdata(data: bytes) -> bytes:
    """Give a CDATA section (or several) that a parser reads back as exactly these bytes.

    `]]>` is split over two sections as in WordPress's `wxr_cdata()`. A carriage return leaves the
    section as a character reference: inside one, every XML parser turns it into a line feed.
    """
    if b"]]>" in data:
        data = data.replace(b"]]>", b"]]]]><![CDATA[>")
    if b"\r" in data:
        data = data.replace(b"\r", b"]]>&#13;<![CDATA[")
    return b"<![CDATA[" + data + b"]]>"


def text(data: bytes) -> bytes:
    """Escape character data that stands outside CDATA, or in an attribute."""
    return (
        data.replace(b"&", b"&amp;")
        .replace(b"<", b"&lt;")
        .replace(b">", b"&gt;")
        .replace(b'"', b"&quot;")
        .replace(b"\r", b"&#13;")
    )


def attribute(data: bytes) -> bytes:
    """Escape an attribute's value; white space too, which a parser would turn into blanks."""
    return text(data).replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")


def provenance_instruction(provenance: dict[str, Any]) -> bytes:
    """Give the processing instruction that carries a record's provenance, or nothing."""
    if not provenance:
        return b""
    said = canonical.dumps(provenance)
    for character in "<>\x7f\ufffe\uffff":
        said = said.replace(character, f"\\u{ord(character):04x}")
    return b"<?wpmigrate " + said.encode("utf-8") + b"?>"


def read_provenance(instruction: bytes) -> dict[str, Any]:
    """Read what `provenance_instruction` wrote; an empty dict where there is none."""
    end = instruction.rfind(b"?>") + 2  # what opens behind it never closes
    match = _PROVENANCE.search(instruction, 0, end)
    return dict(json.loads(match[1])) if match else {}
