"""The text of an element, to the byte, and what was odd about how it was written.

Unlike an XML parser it keeps carriage returns (WordPress writes them raw into CDATA), characters
that XML 1.0 forbids, and what nobody escaped. Nothing here raises: what can't be text becomes
U+FFFD and is named.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from migrate.patterns import pattern
from migrate.syntax import wxr

Kind = Literal["ampersand", "markup", "section", "control", "bytes"]
"""What can be odd: a bare `&`, a bare `<`, a section without end, forbidden characters, no UTF-8"""

_OPENING: Final = b"<![CDATA["
_CLOSING: Final = b"]]>"
_SPECIAL: Final = pattern(
    rb"""<!\[CDATA\[
    | &(?:(?P<named>amp|lt|gt|quot|apos) | \#(?P<decimal>[0-9]{1,9})
        | \#x(?P<hexadecimal>[0-9A-Fa-f]{1,8}));
    | &""",
    re.VERBOSE,
)
_NAMED: Final = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_UNDECODABLE: Final = pattern("[\udc80-\udcff]+")
_LAST_CODE_POINT: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_SHOWN: Final = 8


class Oddity(NamedTuple):
    """One thing that is odd about a text: its first place, in line feeds before it, and what."""

    kind: Kind
    lines_before: int
    what: str


class Text(NamedTuple):
    """A text as valid UTF-8, and its oddities."""

    data: bytes
    oddities: list[Oddity]


def read(raw: bytes, *, look_for_controls: bool = True) -> Text:
    """Read what stands between an element's tags.

    `look_for_controls` may be false where it is known that no forbidden character is in it.
    """
    oddities: list[Oddity] = []
    data = _plain(raw) or _assembled(raw, oddities)
    data = _as_utf8(data, oddities)
    if look_for_controls or b"&#" in raw:
        _note_controls(data, oddities)
    return Text(data, oddities)


def read_attribute(raw: bytes) -> Text:
    """Read an attribute's value; white space in it counts as blanks unless it is escaped."""
    return read(re.sub(rb"[\t\r\n]", b" ", raw))


def _plain(raw: bytes) -> bytes:
    """Give the text in the two usual cases, one section or nothing special, else nothing."""
    if raw.startswith(_OPENING) and raw.find(_CLOSING) == len(raw) - len(_CLOSING):
        return raw[len(_OPENING) : -len(_CLOSING)]
    return raw if b"<" not in raw and b"&" not in raw else b""


def _assembled(raw: bytes, oddities: list[Oddity]) -> bytes:
    parts: list[bytes] = []
    bare: list[int] = []
    escaped = not _holds_markup(raw, oddities)
    at = 0
    while match := _SPECIAL.search(raw, at):
        parts.append(raw[at : match.start()])
        at = match.end()
        if match[0] == _OPENING:
            end = raw.find(_CLOSING, at)
            if end < 0:
                oddities.append(Oddity("section", raw.count(b"\n", 0, at), ""))
                break
            parts.append(raw[at:end])
            at = end + len(_CLOSING)
        elif escaped:
            parts.append(_character(match))
            if parts[-1] == match[0]:
                bare.append(match.start())
        else:
            parts.append(match[0])
    if bare:
        oddities.append(Oddity("ampersand", raw.count(b"\n", 0, bare[0]), str(len(bare))))
    return b"".join([*parts, raw[at:]])


def _holds_markup(raw: bytes, oddities: list[Oddity]) -> bool:
    """Tell whether tags or comments stand in the text: then nobody escaped it."""
    at = raw.find(b"<")
    while at >= 0 and raw.startswith(_OPENING, at):
        end = raw.find(_CLOSING, at)
        at = raw.find(b"<", end) if end >= 0 else -1
    if at < 0:
        return False
    shown = raw[at : at + 40].partition(b"\n")[0].decode("utf-8", "replace")
    oddities.append(Oddity("markup", raw.count(b"\n", 0, at), shown))
    return True


def _character(match: re.Match[bytes]) -> bytes:
    """Give what a reference stands for; itself where it stands for nothing."""
    if match["named"]:
        return _NAMED[match["named"]]
    digits = match["decimal"] or match["hexadecimal"]
    if not digits:
        return match[0]
    code = int(digits, 10 if match["decimal"] else 16)
    if code > _LAST_CODE_POINT or code in _SURROGATES:
        return match[0]
    return chr(code).encode("utf-8")


def _as_utf8(data: bytes, oddities: list[Oddity]) -> bytes:
    if data.isascii():
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "surrogateescape")
        runs = [run.encode("utf-8", "surrogateescape") for run in _UNDECODABLE.findall(text)]
        shown = ", ".join(run.hex(" ").upper() for run in runs[:_SHOWN])
        more = f" and {len(runs) - _SHOWN} more" if len(runs) > _SHOWN else ""
        oddities.append(Oddity("bytes", data.count(b"\n", 0, error.start), shown + more))
        return _UNDECODABLE.sub(lambda run: "\ufffd" * len(run[0]), text).encode("utf-8")
    return data


def _note_controls(data: bytes, oddities: list[Oddity]) -> None:
    _, found = wxr.take_forbidden(data)
    if found:
        names = sorted({f"U+{ord(c):04X}" for run in found.values() for c in run})
        lines = data.count(b"\n", 0, int(next(iter(found))))
        oddities.append(Oddity("control", lines, ", ".join(names)))
