"""The way back from `wpautop()`: HTML with the line ends that WordPress makes its tags of."""

from __future__ import annotations

import re
from typing import Final

from migrate.syntax.autop import autop

_MARKS: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(pre|script|style|svg|math|textarea|code)\b.*?(?:</\1>|\Z)
      | <p\s[^>]*+(?:>.*?(?:</p>|\Z)|\Z)
      | <blockquote[^>]*+(?:>|\Z)(?P<quoted><p>)?+
      | (?P<unquoted>(?:(?<!\s)\s++)?</p>(?=</blockquote>))
      | (?P<parting>(?:(?<!\s)\s++)?</?p>(?:\s++|</?p>)*+)
      | (?P<ending><br\s*+/?>\n)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_PARAGRAPH_END: Final = re.compile(r"(?<=</p>)\s*+", re.ASCII)


def unautop(text: str) -> str:
    """Give `text` without the `<p>` and `<br />` that WordPress adds when it shows a body.

    What is shown stays the same to the byte: `autop` of the outcome is `text`, or what `autop`
    makes of `text`. Where one tag doesn't allow that, the tags of its paragraph stay; where that
    isn't enough, all do.
    """
    shorter = _once(text)
    return shorter if _once(shorter) == shorter else text


def could_shorten(text: str) -> bool:
    """Say whether there is a bare `<p>` or a `<br />` at a line's end."""
    return any(found.lastgroup for found in _MARKS.finditer(text))


def is_shaped(text: str) -> bool:
    """Say whether `autop` made this text: whether it makes it of what `unautop` gives."""
    return autop(_shortened(text)) == text


def _once(text: str) -> str:
    shown = text, autop(text)
    whole = _shortened(text)
    if whole == text or autop(whole) in shown:
        return whole
    parts = _PARAGRAPH_END.split(text)
    if len(parts) == 1:
        return text
    shorter = "\n\n".join(_paragraph(part) for part in parts if part)
    shorter = shorter + "\n" if text.endswith("\n") else shorter
    return shorter if autop(shorter) in shown else text


def _paragraph(part: str) -> str:
    shorter = _shortened(part)
    return shorter if autop(shorter) == autop(part) else part


def _shortened(text: str) -> str:
    """Give line ends for each such tag, checked by nobody."""

    def ended(found: re.Match[str]) -> str:
        if found["ending"]:
            return "\n"
        if found["quoted"] or found["unquoted"]:
            return found[0].replace("<p>", "").replace("</p>", "")
        if not found["parting"]:
            return found[0]
        if found.end() == len(text):
            return "\n" if found[0].endswith("\n") else ""
        return "\n\n" if found.start() else ""

    return _MARKS.sub(ended, text)
