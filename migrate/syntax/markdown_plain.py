"""Plain paragraphs and headings as Markdown that needs no proof: each says the same by its make.

Whatever could mean something to Markdown, or isn't spelled as people mostly do, is refused: None
stands for a block that has to go the long way (`markdown_text`). Of what is taken, the outcome is
what the library there makes of it.
"""

from __future__ import annotations

import html
import re
from typing import Final

from migrate.patterns import pattern

_TEXT: Final = (
    # No blank but the space, nothing invisible, and nothing that marks, links or escapes.
    r"(?:[^.\\`*_\[\]<>&~{}|^@:!\x00-\x1f\x7f\x85\xa0\xad\u061c\u1680\u180e\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\ufff9-\uffff]++"
    r"|(?<![wW][wW][wW])\.|:(?!//)|!(?![<\[])|(?<=[^\W_])_(?=[^\W_])|\[(?!(?:source)?code\])[\w-]++\](?![(\[:{])"
    r"|&amp;(?=\ )|&\#82(?:1[1267]|2[01]|30);|&(?:ldquo|rdquo|lsquo|rsquo|hellip|ndash|mdash);)++"
)
_BEGIN: Final = (
    r"(?:[^\W\d_]|\d(?!\d*[.)])|[\"'(\u201c\u2018\u201e\u00ab\u2026]"
    r"|\[[\w-]|&(?:\#82(?:1[67]|2[01])|[lr][ds]quo);)"
)
"""What a line of a paragraph may begin with: neither a number nor a mark of a list."""

_URL: Final = (
    r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)*+(?::\d++)?+"
    r"(?:/(?:[A-Za-z0-9/._=,;+?\#-]|%[0-9A-F]{2}|&amp;(?=[A-Za-z_]++=))*+)?+"
)
_INLINE: Final = rf"""(?:
    (?<=[\ (>\n])<(?:(?:strong|b)>(?=[^\W_]){_TEXT}(?<!\ )</(?:strong|b)
                  |(?:em|i)>(?=[^\W_]){_TEXT}(?<!\ )</(?:em|i))>(?=[\ .,;:?)\n]|<br|</p|</h)
  | <a\ href="{_URL}">{_TEXT}</a>
  | <span(?:\ [a-z-]++="[^"<>{{}}&\\`\[\]\n]*+")*+>{_TEXT}</span>
  | {_TEXT}
)"""
_LINE: Final = rf"(?={_BEGIN}|<(?:strong|b|em|i|a|span)[\ >]){_INLINE}++(?<!\ )"
PLAIN: Final = (
    rf"(?x:<p>({_LINE}(?:(?:<br\ ?/?>\n?|(?<!>)\n(?!<)){_LINE})*+)\n?</p>"
    rf"|<h(?P<level>[1-6])>({_LINE})</h(?P=level)>)"
)
"""A paragraph or a heading; its groups are what `said` takes."""

_PLAIN: Final = pattern(PLAIN)
_MARKED: Final = pattern(
    r"<br ?/?>\n?|</?(?:strong|b)>|</?(?:em|i)>|<a href=\"([^\"]*)\">(.*?)</a>|&[a-z#0-9]++;"
)
TAG: Final = r"</?[a-z][a-z0-9]*(?:\s+[a-z-]+(?:=\"[^\"<>]*\"|='[^'<>]*')?)*\s*/?>"
"""A tag as people spell it, which means the same to everybody."""

SIMPLE_TEXT: Final = r"[^<>{\r\0]++"
_SIMPLE: Final = pattern(rf"(</?([a-z0-9]++)[^>]*+>)(?:{SIMPLE_TEXT}|{TAG})*+")
_ODD: Final = pattern(
    r"<(?:iframe|math|no(?:embed|frames|script)|plaintext|pre|script|select|style|svg|template"
    r"|textarea|title|xmp)[\s/>]"
)
LONE_SPAN: Final = r"<p><span(?: [a-z-]+=\"[^\"<>&{}\\`\[\]\n]*\")*+ ?/?></p>"
"""Nothing but a mark: Markdown takes a tag alone on its line for a block."""

_LONE_TAG: Final = pattern(rf"{LONE_SPAN}|</[a-z0-9]+>")
_IDLE_BREAK: Final = pattern(r"<br ?/?>\s*(?:<br ?/?>|</p>\Z)")
_NOT_INLINE: Final = pattern(r"<(?!/?(?:a|b|br|em|font|i|img|small|span|strong|sub|sup|u)[\s/>])")

_BLANK_LINE: Final = pattern(r"\n[ \t]*\n")


def plain(block: str) -> str | None:
    """Give a paragraph or a heading as Markdown; None for one that isn't quite plain."""
    found = _PLAIN.fullmatch(block)
    return said(*found.groups()) if found else None


def is_unsayable(block: str) -> bool:
    """Say of a simple block whether it is an end tag, or a paragraph that Markdown can't say.

    That is a tag alone on its line, which Markdown takes for a block, or a line break that no
    text follows.
    """
    if _LONE_TAG.fullmatch(block):
        return True
    is_paragraph = block.startswith("<p>") and not _NOT_INLINE.search(block, 3, len(block) - 4)
    return is_paragraph and _IDLE_BREAK.search(block) is not None


def simple_block(block: str) -> tuple[str, str] | None:
    """Give name and start tag of a block that Markdown takes as HTML as it stands, else None.

    It has no blank line, nothing but whole tags and text, and nothing whose content isn't HTML.
    """
    found = _SIMPLE.fullmatch(block)
    return (found[2], found[1]) if found and not has_odd_places(block) else None


def has_odd_places(block: str) -> bool:
    """Tell whether a block has a blank line, or an element whose content isn't HTML."""
    return bool(_BLANK_LINE.search(block) or _ODD.search(block))


def said(paragraph: str | None, level: str | None, heading: str | None) -> str | None:
    """Give what stands in a plain paragraph, or in a heading of a level, as Markdown."""
    inside = paragraph or heading or ""
    if "  " in inside or (level and "#" in inside):  # behind a heading it would go
        return None
    if "<" in inside:
        inside = _MARKED.sub(_marked, inside)
    elif "&" in inside:
        quick = inside.replace("&amp;", "&")
        inside = html.unescape(inside) if ";" in quick else quick
    return f"{'#' * int(level)} {inside}" if level else inside


def _marked(found: re.Match[str]) -> str:
    tag = found[0]
    if tag.startswith("&"):
        return html.unescape(tag)
    if found[1] is not None:
        return f"[{_MARKED.sub(_marked, found[2])}]({html.unescape(found[1])})"
    if tag.startswith("<br"):
        return "  \n"
    return "*" if tag[-2] in "im" else "**"
