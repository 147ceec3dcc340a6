"""The way back from `wpautop()`: HTML with the line ends that WordPress makes its tags of."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Final

from migrate.syntax.autop import autop
from migrate.syntax.autop_exact import SPACE

_MARKS: Final = re.compile(
    r"""<(?: !--.*?(?:-->|\Z)
      | (pre|script|style|svg|math|textarea|code)\b.*?(?:</\1>|\Z)
      | p\s[^>]*+(?:>.*?(?:</p>|\Z)|\Z)
      | blockquote[^>]*+(?:>|\Z)(?P<quoted><p>)?+
      | (?P<unquoted>/p>(?=</blockquote>))
      | (?P<parting>/?p>(?:\s++|</?p>)*+)
      | (?P<ending>br\s*+/?>\n)
    )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_PARAGRAPH_END: Final = re.compile(r"(?<=</p>)\s*+", re.ASCII)

_MOST_APART: Final = 1_000
"""How many paragraphs are shown each by itself, which takes some 100 µs whatever they hold."""

_Shown = Callable[[str], str]
"""`autop()` that shows each text once."""


def unautop(text: str) -> str:
    """Give `text` without the `<p>` and `<br />` that WordPress adds when it shows a body.

    What is shown stays the same to the byte: `autop` of the outcome is `text`, or what `autop`
    makes of `text`. Where one tag doesn't allow that, the tags of its paragraph stay; where that
    isn't enough, all do.
    """
    shown = functools.cache(autop)
    shorter = _once(text, shown)
    return shorter if _once(shorter, shown) == shorter else text


def could_shorten(text: str) -> bool:
    """Say whether there is a bare `<p>` or a `<br />` at a line's end."""
    return any(found.lastgroup for found in _MARKS.finditer(text))


def is_shaped(text: str) -> bool:
    """Say whether `autop` made this text: whether it makes it of what `unautop` gives."""
    return autop(_shortened(text)) == text


def _once(text: str, shown: _Shown) -> str:
    whole = _shortened(text)
    if whole == text or shown(whole) in (text, shown(text)):
        return whole
    parts = _PARAGRAPH_END.split(text)
    if len(parts) == 1:
        return text
    shorter = "\n\n".join(_paragraphs([part for part in parts if part]))
    shorter = shorter + "\n" if text.endswith("\n") else shorter
    return shorter if shown(shorter) in (text, shown(text)) else text


def _paragraphs(parts: list[str]) -> list[str]:
    """Give each part shortened where WordPress shows it as before; all are asked for at once.

    That tells nothing where one of them, with a `<pre>` that never ends for example, reaches into
    the next. Of few parts each is asked for by itself then; many stay as they are.
    """
    shortened = [_shortened(part) for part in parts]
    word = _unused("xnext", parts)
    pair = [_shown_apart(texts, word) for texts in (parts, shortened)]
    if len(pair[0]) != len(parts) or len(pair[1]) != len(parts):
        if len(parts) > _MOST_APART:
            return parts
        pair = [[autop(part) for part in texts] for texts in (parts, shortened)]
    return [
        shorter if before == after else part
        for part, shorter, before, after in zip(parts, shortened, *pair, strict=True)
    ]


def _shown_apart(parts: list[str], word: str) -> list[str]:
    """Give what WordPress shows of each part, of which a paragraph tells one from the next."""
    return autop(f"\n\n{word}\n\n".join(parts)).split(f"<p>{word}</p>\n")


def _unused(word: str, parts: list[str]) -> str:
    while any(word in part for part in parts):
        word += "x"
    return word


def _shortened(text: str) -> str:
    """Give line ends for each such tag, checked by nobody."""
    pieces, done = list[str](), 0
    for found in _MARKS.finditer(text):
        before = text[done : found.start()]
        if found["parting"]:
            goes_on = text[done - 1 : done] == "\n"  # blanks behind a break that became a line end
            before = before.rstrip(SPACE) or (before if goes_on else "")
        is_first = not done and not before
        done = found.end()
        pieces += (before, _instead(found, is_first=is_first, is_last=done == len(text)))
    return "".join([*pieces, text[done:]])


def _instead(found: re.Match[str], *, is_first: bool, is_last: bool) -> str:
    if found["ending"]:
        return "\n"
    if found["quoted"] or found["unquoted"]:
        return found[0].replace("<p>", "").replace("</p>", "")
    if not found["parting"]:
        return found[0]
    if is_last:
        return "\n" if found[0].endswith("\n") else ""
    return "" if is_first else "\n\n"
