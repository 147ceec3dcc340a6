"""WordPress's `wpautop()`: the paragraphs and line breaks that a classic body is shown with.

After WordPress 6.7, to the byte; 6.1 takes `<math>` for a block and differs in nothing else. Each
step takes time in proportion to the text, whatever stands in it. Unlike WordPress's, it keeps a
`<WPPreserveNewline />` that an author wrote, and the text `<pre wp-pre-tag-1></pre>` in a `<pre>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_BLOCK: Final = (
    "(?:address|area|article|aside|blockquote|caption|col|colgroup|dd|details|div|dl|dt|fieldset"
    "|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|legend|li|map|menu|nav|ol|p|pre"
    "|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)"
)
_SPACE_BEFORE: Final = r"(?:(?<!\s)\s++)?"

_BLANK: Final = " \t\n\r\0\x0b"
"""What PHP's `trim()` takes away."""

_LINE_END_IN_TAG: Final = "<!-- wpnl -->"
"""Stands for a line end inside a tag meanwhile; its `>` ends the tag for the steps that follow."""


def _pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(text, re.ASCII | flags)


_PRE: Final = _pattern("<pre kept-(\\d+)></pre>")
_TWO_BREAKS: Final = _pattern(r"<br\s*+/?>\s*+<br\s*+/?>")
_BLOCK_START: Final = _pattern(rf"(<{_BLOCK}[\s/>])")
_BLOCK_END: Final = _pattern(rf"(</{_BLOCK}>|<hr\s*+/?>)")
_TAG: Final = _pattern(r"<(?:!(?=--).*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|[^>]*+>?)", re.DOTALL)

# Per kind of element: the text that it takes, then what goes with blanks before or behind it.
# The second halves (`\Z`) keep a tag that never ends from being looked at again and again.
_TIGHT: Final = (
    (
        ("<option",),
        (
            (_pattern(r"(?<!\s)\s++<option"), "<option"),
            (_pattern(r"</option>\s++"), "</option>"),
        ),
    ),
    (
        ("</object>",),
        (
            (_pattern(r"(<object[^>]*+(?:>|\Z))\s*+"), r"\1"),
            (_pattern(r"(?<!\s)\s++</object>"), "</object>"),
            (
                _pattern(
                    rf"{_SPACE_BEFORE}(</?(?:param|embed)[^>]*+>)\s*+"
                    r"|(</?(?:param|embed)[^>]*+\Z)"
                ),
                r"\1\2",
            ),
        ),
    ),
    (
        ("<source", "<track"),
        (
            (_pattern(r"([<\[](?:audio|video)[^>\]]*+(?:[>\]]|\Z))\s*+"), r"\1"),
            (_pattern(r"(?<!\s)\s++([<\[]/(?:audio|video)[>\]])"), r"\1"),
            (
                _pattern(
                    rf"{_SPACE_BEFORE}(<(?:source|track)[^>]*+>)\s*+"
                    r"|(<(?:source|track)[^>]*+\Z)"
                ),
                r"\1\2",
            ),
        ),
    ),
    (
        ("<figcaption",),
        (
            (_pattern(rf"{_SPACE_BEFORE}(<figcaption[^>]*+>)|(<figcaption[^>]*+\Z)"), r"\1\2"),
            (_pattern(r"</figcaption>\s++"), "</figcaption>"),
        ),
    ),
)

_BETWEEN: Final = _pattern(r"\n\s*\n")
_UNWRAPPED: Final = (
    (_pattern(r"<p>\s*+</p>"), ""),
    (_pattern(r"<p>([^<]++)</(div|address|form)>"), r"<p>\1</p></\2>"),
    (_pattern(rf"<p>\s*+(</?{_BLOCK}[^>]*+>)\s*+</p>"), r"\1"),
    (_pattern(r"<p>(<li.+?)</p>|(<p><li.*)"), r"\1\2"),
    (_pattern(r"<p><blockquote([^>]*+)>", re.IGNORECASE), r"<blockquote\1><p>"),
    (_pattern(r"</blockquote></p>"), "</p></blockquote>"),
    (_pattern(rf"<p>\s*+(</?{_BLOCK}[^>]*+>)"), r"\1"),
)
_ANY_BLOCK_TAG: Final = _pattern(rf"</?{_BLOCK}")
_BEFORE_P_END: Final = _pattern(r">(?=(\s*+</p>))")
_BEFORE_BREAK: Final = _pattern(r">(?=(\s*+<br />))")
_KEEPS_LINES: Final = _pattern(r"<(script|style|svg|math)")
_LINE_END: Final = _pattern(r"(?:(?<!<br />)(?<!\s)|(?<=<br />\s))\s*\n")
_BREAK_BEFORE_BLOCK: Final = _pattern(
    r"<br />(\s*+</?(?:p|li|div|dl|dd|dt|th|pre|td|ul|ol)[^>]*+>)"
)
_LAST_LINE_END: Final = _pattern(r"\n</p>$")


def autop(text: str) -> str:
    """Give `text` as WordPress shows it: blank lines part paragraphs, a line end is a `<br />`.

    A text of nothing but blanks gives none. A `</pre>` that nothing opened goes, as in WordPress,
    where another one stands in the text.
    """
    if not text.strip(_BLANK):
        return ""
    text, kept = _without_pre(f"{text}\n")
    text = _with_line_ends_at_blocks(text)
    text = _TAG.sub(_without_line_ends, text)
    for literals, steps in _TIGHT:
        if any(literal in text for literal in literals):
            text = _replaced(text, steps)
    parts = [part.strip("\n") for part in _BETWEEN.split(text) if part]
    text = "".join(f"<p>{part}</p>\n" for part in parts)
    text = _replaced(text, _UNWRAPPED)
    text = _without_behind_block_tags(text, _BEFORE_P_END)
    text = _with_breaks(text)
    text = _without_behind_block_tags(text, _BEFORE_BREAK)
    text = _BREAK_BEFORE_BLOCK.sub(r"\1", text)
    text = _LAST_LINE_END.sub("</p>", text)
    if kept:
        text = _PRE.sub(lambda found: kept[int(found[1])], text)
    return text.replace(f" {_LINE_END_IN_TAG} ", "\n").replace(_LINE_END_IN_TAG, "\n")


def _without_pre(text: str) -> tuple[str, list[str]]:
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


def _with_line_ends_at_blocks(text: str) -> str:
    text = _TWO_BREAKS.sub("\n\n", text)
    text = _BLOCK_START.sub("\n\n\\1", text)
    text = _BLOCK_END.sub("\\1\n\n", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_line_ends(tag: re.Match[str]) -> str:
    return tag[0].replace("\n", f" {_LINE_END_IN_TAG} ")


def _replaced(text: str, steps: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in steps:
        text = pattern.sub(replacement, text)
    return text


def _without_behind_block_tags(text: str, unwanted: re.Pattern[str]) -> str:
    """Take away what `unwanted` finds behind the `>` of a block's tag."""
    pieces: list[str] = []
    done = 0
    for found in unwanted.finditer(text):
        end = found.start()
        if end < done:
            continue
        tag = max(text.rfind(">", done, end) + 1, done)
        if _ANY_BLOCK_TAG.search(text, tag, end):
            pieces.append(text[done : end + 1])
            done = found.end(1)
    return "".join([*pieces, text[done:]])


def _with_breaks(text: str) -> str:
    text = text.replace("<br>", "<br />").replace("<br/>", "<br />")
    pieces: list[str] = []
    done = 0
    for start, end in _spans_with_lines(text):
        pieces += (_LINE_END.sub("<br />\n", text[done:start]), text[start:end])
        done = end
    return "".join([*pieces, _LINE_END.sub("<br />\n", text[done:])])


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
