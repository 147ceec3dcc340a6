"""Text inside Markdown that comes from posts: it shows as it is, whatever it holds."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from migrate.model.action import HIDDEN, cut
from migrate.model.finding import Finding
from migrate.report.harmless import harmless, on_one_line

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#!|~&$@]|:(?=//|\w+:)")
_CALLS: Final = re.compile(r"([@#])(?=\w)")
"""What a forge makes a mention or a reference of, however it is spelled, unless parted."""

_INVISIBLE: Final = "\u200b"


def plain(text: str) -> str:
    """Give the text on one line with all that could be markup as character references."""
    quiet = _CALLS.sub(lambda match: match[1] + _INVISIBLE, on_one_line(text))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", quiet)


def code(text: str) -> str:
    """Give the text as code."""
    return f"<code>{plain(text)}</code>" if text else ""


def preformatted(text: str) -> str:
    """Give lines as they stand, in a block of their own."""
    return f"\n<pre>\n{escape(harmless(text))}</pre>\n"


def change(finding: Finding) -> str:
    """Give what a change was made from and to, round the first difference; empty for none."""
    if not finding.is_change:
        return ""
    if finding.after == HIDDEN:
        return f": {plain(HIDDEN)}"
    shown = cut(finding.field, finding.before, finding.after)
    before, after = (code(text) or "nothing" for text in (shown.before, shown.after))
    return f": {before} → {after}"
