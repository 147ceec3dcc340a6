"""WordPress's `wpautop()`: the paragraphs and line breaks that a classic body is shown with.

After WordPress 6.7, to the byte; 6.1 takes `<math>` for a block and differs in nothing else. Each
step takes time in proportion to the text, whatever stands in it. Unlike WordPress's, it keeps a
`<WPPreserveNewline />` that an author wrote, and the text `<pre wp-pre-tag-1></pre>` in a `<pre>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Final

_BLOCK_NAMES: Final = (
    "address area article aside blockquote caption col colgroup dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map menu nav ol p "
    "pre section style summary table tbody td tfoot th thead tr ul"
)
BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_BLOCK: Final = f"(?:{_BLOCK_NAMES.replace(' ', '|')})"
SPACE: Final = " \t\n\r\x0b\x0c"
"""The blanks of a pattern's `s`, in ASCII."""

_FROM_SPACE: Final = r"[\s<](?:(?<=<)|(?<=\s)(?<!\s\s)\s*+<)"
"""The `<` of a tag and the blanks before it. A class at its beginning is looked for many times as
quickly as blanks that may be there; they are tried from the first of them alone."""

BLANK: Final = " \t\n\r\0\x0b"
"""What PHP's `trim()` takes away."""

_LINE_END_IN_TAG: Final = "<!-- wpnl -->"
"""Stands for a line end inside a tag meanwhile; its `>` ends the tag for the steps that follow."""


def _pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(text, re.ASCII | flags)


_PRE: Final = _pattern("<pre kept-(\\d+)></pre>")
TWO_BREAKS: Final = _pattern(r"<br\s*+/?>\s*+<br\s*+/?>")
_BLOCK_START: Final = _pattern(rf"<(?={_BLOCK}[\s/>])")
_BLOCK_END: Final = _pattern(rf"</{_BLOCK}>|<hr\s*+/?>")
_TAG: Final = _pattern(r"<(?:!(?=--).*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|[^>]*+>?)", re.DOTALL)

_LINE_IN_TAG: Final = _pattern(r"<(?:!|[^<>\n]*+\n)")
"""Where a tag may hold a line end: most texts have none, and their tags needn't be looked at."""

_Steps = tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]
"""Patterns, each with what it is replaced by."""

_FIRST: Final = itemgetter(1)
"""Gives a match's first group; a template would be parsed at each match."""


def _tight(tag: re.Match[str]) -> str:
    return f"<{tag[1]}" if tag[1].endswith(">") else tag[0]


# Per kind of element: the text that it takes, then what goes with blanks before or behind it.
# `\Z` keeps a tag that never ends from being looked at again and again.
_TIGHT: Final[tuple[tuple[tuple[str, ...], _Steps], ...]] = (
    (
        ("<option",),
        (
            (_pattern(r"\s(?<!\s\s)\s*+<option"), "<option"),
            (_pattern(r"</option>\s++"), "</option>"),
        ),
    ),
    (
        ("</object>",),
        (
            (_pattern(r"(<object[^>]*+(?:>|\Z))\s*+"), _FIRST),
            (_pattern(r"\s(?<!\s\s)\s*+</object>"), "</object>"),
            (_pattern(rf"{_FROM_SPACE}(/?(?:param|embed)[^>]*+(?:>|\Z))\s*+"), _tight),
        ),
    ),
    (
        ("<source", "<track"),
        (
            (_pattern(r"([<\[](?:audio|video)[^>\]]*+(?:[>\]]|\Z))\s*+"), _FIRST),
            (_pattern(r"\s(?<!\s\s)\s*+([<\[]/(?:audio|video)[>\]])"), _FIRST),
            (_pattern(rf"{_FROM_SPACE}((?:source|track)[^>]*+(?:>|\Z))\s*+"), _tight),
        ),
    ),
    (
        ("<figcaption",),
        (
            (_pattern(rf"{_FROM_SPACE}(figcaption[^>]*+(?:>|\Z))"), _tight),
            (_pattern(r"</figcaption>\s++"), "</figcaption>"),
        ),
    ),
)

BETWEEN: Final = _pattern(r"\n\s*\n")
_UNWRAPPED: Final[_Steps] = (
    (_pattern(r"<p>\s*+</p>"), ""),
    (_pattern(r"<p>([^<]++)</(div|address|form)>"), r"<p>\1</p></\2>"),
    (_pattern(rf"<p>\s*+(</?{_BLOCK}[^>]*+>)\s*+</p>"), _FIRST),
    (_pattern(r"<p><li(?:(.+?)</p>|.*)"), lambda found: f"<li{found[1]}" if found[1] else found[0]),
    (_pattern(r"<p><blockquote([^>]*+)>", re.IGNORECASE), r"<blockquote\1><p>"),
    (_pattern(r"</blockquote></p>"), "</p></blockquote>"),
    (_pattern(rf"<p>\s*+(</?{_BLOCK}[^>]*+>)"), _FIRST),
)
_P_END_BEHIND_BLOCK: Final = _pattern(rf"</?{_BLOCK}[^>]*+(?:>(\s*+</p>)?+|\Z)")
_BLOCK_TAG: Final = _pattern(f"</?{_BLOCK}")
_KEEPS_LINES: Final = _pattern(r"<(script|style|svg|math)")
_LINE_ENDS: Final = _pattern(r"(\n(?:\s*\n)?)")
_BREAK_BEFORE_BLOCK: Final = _pattern(
    r"<br />(\s*+</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*+>)"
)
_LAST_LINE_END: Final = _pattern(r"\n</p>$")


def autop(text: str) -> str:
    """Give `text` as WordPress shows it: blank lines part paragraphs, a line end is a `<br />`.

    A text of nothing but blanks gives none. A `</pre>` that nothing opened goes, as in WordPress,
    where another one stands in the text.
    """
    if not text.strip(BLANK):
        return ""
    text, kept = without_pre(f"{text}\n")
    text = _with_line_ends_at_blocks(text)
    if _LINE_IN_TAG.search(text):
        text = _TAG.sub(_without_line_ends, text)
    for literals, steps in _TIGHT:
        if any(literal in text for literal in literals):
            text = _replaced(text, steps)
    parts = [part.strip("\n") for part in BETWEEN.split(text) if part]
    text = "".join(f"<p>{part}</p>\n" for part in parts)
    text = broken(unwrapped(text))
    text = _LAST_LINE_END.sub("</p>", text)
    if kept:
        text = with_pre(text, kept)
    return text.replace(f" {_LINE_END_IN_TAG} ", "\n").replace(_LINE_END_IN_TAG, "\n")


def unwrapped(text: str) -> str:
    """Give parts, each in a `<p>`, without the tags of those `<p>` that stand next to blocks'."""
    return _without_ends_behind_blocks(_replaced(text, _UNWRAPPED))


def broken(text: str) -> str:
    """Give a text with a `<br />` for each line end, but for those next to a block's tag."""
    text = _without_breaks_behind_blocks(_broken_lines(text))
    return _BREAK_BEFORE_BLOCK.sub(_FIRST, text)


def without_pre(text: str) -> tuple[str, list[str]]:
    """Take each `<pre>` out; give the text with a mark for each, and what they are."""
    kept: list[str] = []
    if "<pre" not in text:
        return text, kept
    *parts, rest = text.split("</pre>")
    outside: list[str] = []
    for part in parts:
        before, opener, inside = part.partition("<pre")
        outside.append(before)
        if opener:
            outside.append(f"<pre kept-{len(kept)}></pre>")
            kept.append(f"<pre{inside}</pre>")
    return "".join([*outside, rest]), kept


def with_pre(text: str, kept: list[str]) -> str:
    """Put each `<pre>` back in the place of its mark."""
    return _PRE.sub(lambda found: kept[int(found[1])], text)


def _with_line_ends_at_blocks(text: str) -> str:
    text = TWO_BREAKS.sub("\n\n", text)
    text = _BLOCK_START.sub("\n\n<", text)
    text = _BLOCK_END.sub(lambda tag: f"{tag[0]}\n\n", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_line_ends(tag: re.Match[str]) -> str:
    return tag[0].replace("\n", f" {_LINE_END_IN_TAG} ")


def _replaced(text: str, steps: _Steps) -> str:
    for pattern, replacement in steps:
        text = pattern.sub(replacement, text)
    return text


def _without_ends_behind_blocks(text: str) -> str:
    """Take away each `</p>` right behind a block's tag."""
    pieces: list[str] = []
    done = 0
    for found in _P_END_BEHIND_BLOCK.finditer(text):
        if found[1]:
            pieces.append(text[done : found.start(1)])
            done = found.end()
    return "".join([*pieces, text[done:]])


def _without_breaks_behind_blocks(text: str) -> str:
    """Take away each break right behind a block's tag, with the blanks before it.

    Breaks are looked for, and not tags, of which there are many more.
    """
    pieces: list[str] = []
    done = 0
    at = text.find("<br />")
    while at >= 0:
        start = at
        while start and text[start - 1] in SPACE:
            start -= 1
        if text.endswith(">", 0, start):
            opened = text.rfind(">", 0, start - 1) + 1
            if _BLOCK_TAG.search(text, opened, start - 1):
                pieces.append(text[done:start])
                done = at + len("<br />")
        at = text.find("<br />", at + 1)
    return "".join([*pieces, text[done:]])


def _broken_lines(text: str) -> str:
    text = text.replace("<br>", "<br />").replace("<br/>", "<br />")
    if can_mark := "\0" not in text:  # between two paragraphs no break would stay
        text = text.replace("</p>\n<p", "</p>\0<p")
    pieces: list[str] = []
    done = 0
    for start, end in _spans_with_lines(text):
        pieces += (_broken(text[done:start]), text[start:end])
        done = end
    text = "".join([*pieces, _broken(text[done:])])
    return text.replace("\0", "\n") if can_mark else text


def _broken(text: str) -> str:
    """Put a break in the place of blanks up to a line end; not for the first behind a break."""
    *lines, last = _LINE_ENDS.split(text)
    for at in range(0, len(lines), 2):
        line, ends = lines[at : at + 2]
        shown = line.rstrip(SPACE)
        kept = ""
        if shown.endswith("<br />"):
            blanks = line[len(shown) :] + ends
            kept = blanks[0]
            ends = blanks[1:]
        lines[at] = f"{shown}{kept}"
        lines[at + 1] = "<br />\n" if ends else ""
    return "".join([*lines, last])


def _spans_with_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where scripts, styles and drawings stand, whose line ends mean nothing else."""
    done, endless = 0, set[str]()
    for opener in _KEEPS_LINES.finditer(text):
        name = opener[1]
        if opener.start() < done or name in endless:
            continue
        end = text.find(f"</{name}>", opener.end())
        if end < 0:
            endless.add(name)
            continue
        done = end + len(name) + 3
        yield opener.start(), done
