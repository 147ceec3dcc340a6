"""What `wpautop()` makes of usual bodies, in one walk; it steps aside for all others.

The start tag of a block begins a part of the text, an end tag ends one, and so does a blank line.
Where each `<` begins a tag that is known here and ends in its line, what becomes of a part hangs on
its own tags and text alone, but for the few that are refused: those that would leave an end or a
line break to the part behind them.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.syntax.autop_exact import (
    BETWEEN,
    BLOCKS,
    SPACE,
    TWO_BREAKS,
    broken,
    unwrapped,
    with_pre,
    without_pre,
)

_NAMES_IN_LINES: Final = (
    "a abbr acronym b big cite code del dfn em font i iframe img ins kbd mark q s samp small span "
    "strike strong sub sup time tt u var"
)
_IN_LINES: Final = frozenset(_NAMES_IN_LINES.split())
_ENDS_OF_PARAGRAPHS: Final = ("</address>", "</div>", "</form>")
"""Before these a paragraph is closed that holds nothing but text."""

_ODD: Final = frozenset({"address", "blockquote", "div", "form"})
_PLAIN: Final = BLOCKS - _ODD - {"figcaption", "hr", "pre", "style"}
_OTHER, _INLINE, _BREAK, _START, _ODD_START, _RULE, _END, _ODD_END = range(-1, 7)
_NAMED: Final = {
    **dict.fromkeys(_IN_LINES, _INLINE),
    **dict.fromkeys(_PLAIN, _START),
    **dict.fromkeys(_ODD, _ODD_START),
    "br": _BREAK,
}
"""Names of tags with attributes."""

_BARE: Final = {
    **_NAMED,
    **dict.fromkeys([f"/{name}" for name in _IN_LINES], _INLINE),
    **dict.fromkeys([f"/{name}" for name in _PLAIN], _END),
    **dict.fromkeys([f"/{name}" for name in _ODD], _ODD_END),
    **dict.fromkeys(["hr", "hr /", "hr/"], _RULE),
    **dict.fromkeys(["br /", "br/"], _BREAK),
}
"""Tags without attributes, as they stand between `<` and `>`."""

_OF_WORDPRESS: Final = "!-- wpnl --"
_BLANKS: Final = (*SPACE, "\0")
_ODD_BEGINNING: Final = re.compile(r"[ \t\v\f]*[\n<\0]")
_ODD_WITHOUT_TEXT: Final = ("<p>", "<p ", "<blockquote")


class _UnusualError(Exception):
    """The text has to go the exact way."""


class _HoldsMoreError(Exception):
    """There are a `<pre>`, or two line breaks side by side, which are looked for first."""


def autop(text: str) -> str | None:
    """Give `text` as WordPress shows it; None where it isn't usual."""
    text = f"{text}\n"
    try:
        try:
            return _shown(text, holds_more=False)
        except _HoldsMoreError:
            text, kept = without_pre(text)
            if any(_OF_WORDPRESS in one for one in kept):
                return None
            text = TWO_BREAKS.sub("\n\n", text)
            return with_pre(_shown(text, holds_more=True), kept)
    except _UnusualError:
        return None


def _shown(text: str, *, holds_more: bool) -> str:
    text = text.lstrip("\n")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n")
    if text.startswith(_BLANKS) and _ODD_BEGINNING.match(text):
        raise _UnusualError
    shown = "\n".join([*_parts(text, holds_more), ""])
    return f"{shown[:-6]}</p>\n" if shown.endswith("\n</p>\n") else shown


def _parts(text: str, holds_more: bool) -> list[str]:
    """Give what each part becomes; a part begins at `start`, its text at `inside`."""
    shown = list[str]()
    first, *others = text.split("<")
    at, start, inside, break_at, is_plain = len(first), 0, 0, -1, True
    for other in others:
        tag, closed, rest = other.partition(">")
        kind = _BARE.get(tag, _OTHER)
        if kind < 0 or not closed:
            kind = _kind(tag, closed, holds_more)
        if kind >= _START:
            behind = at + len(tag) + 2
            whole, part = "\n", ""  # not known to be one line with text
            if is_plain and kind == _END and start < inside < at and text[inside] > " ":
                whole = part = text[start:behind]
            elif is_plain and kind < _END and start == inside:
                whole = text[start:at].strip("\n")
                part = f"<p>{whole}</p>"
            if "\n" in whole or whole[:1] <= " ":
                end = text[at:behind] if kind >= _END else ""
                _show(shown, text[start:inside], text[inside:at], end)
            else:
                shown.append(part)
            if kind == _RULE:
                shown.append(text[at:behind])
            start, inside, is_plain = at if kind < _RULE else behind, behind, kind != _ODD_START
        elif kind == _BREAK:
            if break_at == at and not holds_more:
                raise _HoldsMoreError
            is_plain = False
            break_at = -1 if rest.strip(SPACE) else at + len(other) + 1
        at += len(other) + 1
    _show(shown, text[start:inside], text[inside:], "")
    return shown


def _kind(tag: str, closed: str, holds_more: bool) -> int:
    """Give the kind of a tag with attributes, a comment, or a `<pre>`."""
    name, blank, values = tag.partition(" ")
    kind = _NAMED.get(name, _OTHER)
    if name in ("pre", "/pre") and not holds_more:
        raise _HoldsMoreError
    if not closed or "\n" in values:
        raise _UnusualError
    if kind >= 0 and blank:
        return kind
    if name == "pre" or tag == "/pre":
        return _START if name == "pre" else _END
    if tag.startswith("!--") and tag.endswith("--") and tag != _OF_WORDPRESS:
        return _INLINE
    raise _UnusualError


def _show(shown: list[str], opener: str, inside: str, end: str) -> None:
    """Add what becomes of text from a block's tag, or none, up to another one's end tag or none."""
    if "\n" in inside:
        inside = inside if opener else inside.lstrip("\n")
        inside = inside if end else inside.rstrip("\n")
    if "\n" not in inside:
        if opener or end or inside.strip(SPACE):
            shown.append(_part(opener, inside, end))
        return
    parts = [one.strip("\n") for one in BETWEEN.split(f"\n\n{opener}{inside}{end}\n\n") if one]
    last = len(parts) - 1
    for at, part in enumerate(parts):
        first, behind = opener if at == 0 else "", end if at == last else ""
        shown.append(_part(first, part[len(first) : len(part) - len(behind)], behind))


def _part(opener: str, inside: str, end: str) -> str:
    """Give what becomes of a part: a block's tag, text with tags in its lines, an end tag."""
    if not inside.strip(SPACE):
        return _without_text(opener, inside, end)
    if not end and opener.startswith("<li"):
        raise _UnusualError
    if opener.startswith("<blockquote") or end == "</blockquote>":
        return broken(unwrapped(f"<p>{opener}{inside}{end}</p>"))
    paragraph = opener or "<p>"
    if end in _ENDS_OF_PARAGRAPHS and paragraph == "<p>" and "<" not in inside:
        end = f"</p>{end}"
    *lines, last = inside.split("\n")
    if "<br" in inside or not last.strip(SPACE):
        return broken(f"{paragraph}{inside}{end or '</p>'}")
    behind_tag = ""
    if lines and not lines[0].strip(SPACE):  # there no line end becomes a break
        behind_tag = "\n"
        del lines[0]
    shown = "".join([*(f"{line.rstrip(SPACE)}<br />\n" for line in lines), last])
    return f"{paragraph}{behind_tag}{shown}{end or '</p>'}"


def _without_text(opener: str, inside: str, end: str) -> str:
    if not end and opener != "<p>":
        return opener
    if inside or opener.startswith(_ODD_WITHOUT_TEXT) or end in ("</p>", "</blockquote>"):
        raise _UnusualError
    return f"{opener}{end}"
