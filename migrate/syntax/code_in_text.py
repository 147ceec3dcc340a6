"""Code in a body that no HTML tag marks: shortcodes that show it, and Markdown's ways to write it.

What it holds is shown as it stands, so a tag in it is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from migrate.patterns import pattern

Span = tuple[int, int]

_SHORTCODE: Final = rb"\[(?<!\[\[)(?P<shortcode>code|sourcecode)(?=[\s\]])[^\[\]<>]*+(?<!/)\]"
_IN_HTML: Final = pattern(_SHORTCODE)

_IN_MARKDOWN: Final = pattern(
    _SHORTCODE
    + rb"""| ^[\t\ >]*+ (?: (?:[-*+]|[0-9]{1,9}[.)]) [\t\ ]++ )*+
             (?P<fence> `{3,}+(?=[^`\n]*+$) | ~{3,}+ )
           | ^(?P<indent> (?:\ {4} | \ {0,3}\t) [\t\r\ ]*+ [^\n] )
           | (?P<backticks>`++)
           | \\[<`]
           | <[A-Za-z][A-Za-z0-9+.\-]{1,31}+:[^\x00-\x20<>]*+>
           | <[A-Za-z0-9.!\#$%&'*+/=?^_{|}~\-]{1,64}+@[^\s<>]{1,255}+>
    """,
    re.VERBOSE | re.MULTILINE,
)
_INDENTED: Final = pattern(rb"(?:(?: {4}| {0,3}\t)[^\n]*+\n?|[\t\r ]*+\n)*+")
_BACKTICKS: Final = pattern(rb"`+")
_BLANK_LINE: Final = pattern(rb"\n[\t\r ]*+\n")


def may_hold_code(body: bytes) -> bool:
    """Say whether a body in HTML may show code without HTML's tags for it; a no is sure."""
    return _IN_HTML.search(body) is not None


class CodeInText:
    """Finds the code of one body; to be asked for from its beginning to its end."""

    def __init__(self, body: bytes, *, markdown: bool) -> None:
        """Take a body in Markdown, or else in HTML."""
        self._body = body
        self._opener = _IN_MARKDOWN if markdown else _IN_HTML
        self._runs: dict[int, list[int]] | None = None
        self._unclosed: set[bytes] = set()

    def next_from(self, at: int) -> Span | None:
        """Give the first code that begins at or behind a byte; None without one."""
        while found := self._opener.search(self._body, at):
            if end := self._end(found):
                return found.start(), end
            at = found.end()
        return None

    def _end(self, found: re.Match[bytes]) -> int | None:
        """Give where the code ends that begins here; None where none does."""
        match found.lastgroup:
            case "shortcode":
                return self._end_of_shortcode(found)
            case "fence":
                return self._end_of_fence(found)
            case "indent":
                return self._end_of_indented(found.start())
            case "backticks":
                return self._end_of_span(found)
        return found.end()

    def _end_of_shortcode(self, found: re.Match[bytes]) -> int | None:
        closer = b"[/" + found["shortcode"] + b"]"
        end = -1 if closer in self._unclosed else self._body.find(closer, found.end())
        if end < 0:
            self._unclosed.add(closer)
            return None
        return end + len(closer)

    def _end_of_fence(self, found: re.Match[bytes]) -> int:
        fence = found["fence"]
        closer = rb"^[\t >]*+%b{%d,}+[\t\r ]*+$" % (fence[:1], len(fence))
        closed = re.compile(closer, re.MULTILINE).search(self._body, found.end())
        return closed.end() if closed else len(self._body)

    def _end_of_indented(self, start: int) -> int | None:
        """Give the end of indented lines behind a blank one; elsewhere they go on with a text."""
        line_before = self._body.rfind(b"\n", 0, max(start - 1, 0)) + 1
        if self._body[line_before:start].strip():
            return None
        lines = _INDENTED.match(self._body, start)
        return lines.end() if lines else None

    def _end_of_span(self, found: re.Match[bytes]) -> int | None:
        """Give the end of a code span: the next run of as many backticks in the paragraph."""
        runs, length = self._same_runs(len(found[0])), len(found[0])
        following = bisect_left(runs, found.end())
        if following == len(runs) or _BLANK_LINE.search(self._body, found.end(), runs[following]):
            return None
        return runs[following] + length

    def _same_runs(self, length: int) -> list[int]:
        if self._runs is None:
            self._runs = {}
            for run in _BACKTICKS.finditer(self._body):
                self._runs.setdefault(len(run[0]), []).append(run.start())
        return self._runs.get(length, [])
