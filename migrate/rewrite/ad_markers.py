"""`ad-markers`: the `[ad_1]`, `[ad_2]` that feed importers leave for advertisements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Final

from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.whole_lines import is_joined, with_line

_MARKERS: Final = re.compile(rb"\[ad_\d{1,3}\](?:[\t ]*+\[ad_\d{1,3}\])*+")
_BREAK_BEFORE: Final = re.compile(rb"<br[\t ]*+/?>[\t ]*+\Z", re.IGNORECASE)
_BREAK_BEHIND: Final = re.compile(rb"[\t\r\n ]*+<br[\t ]*+/?>[\t ]*+(?:\r?\n)?", re.IGNORECASE)
_HALF_OF_ONE: Final = re.compile(rb"\[[ad_\d]*+\Z")
_LINKING: Final = (b"(", b"[", b":")
"""What makes a link of a marker before it, in Markdown."""

_LONGEST: Final = 40
"""How many bytes before a marker are looked at for a break."""


class AdMarkers(Rule):
    """Takes the markers out, with the blanks and line breaks that stand only because of them.

    A line that holds only a marker goes with its end, a `<br>` before the marker too: it kept the
    advertisement from the text. At the very beginning so does the `<br>` behind it, since a
    break before the first word keeps nothing apart.
    """

    looks_for = "`[ad_1]`, `[ad_2]` …, which feed importers leave for advertisements"
    does = "takes them out, with the line that they had for themselves"
    bodies = ANY_BODY

    def rewrite(self, draft: Draft) -> None:
        """Take the markers out of the text of the body."""
        markers = [*_MARKERS.finditer(draft.body)]
        if draft.post.content_format == "markdown":
            markers = [marker for marker in markers if not _makes_a_link(draft.body, marker)]
        if markers:
            texts = draft.are_text([marker.start() for marker in markers])
            edits = _edits(draft.body, compress(markers, texts))
            draft.edit(edits, "advertisement marker taken out", keeps_plain=True)


def _makes_a_link(body: bytes, marker: re.Match[bytes]) -> bool:
    return body[marker.end() : marker.end() + 1] in _LINKING


def _edits(body: bytes, markers: Iterable[re.Match[bytes]]) -> Iterator[Edit]:
    done = 0
    for marker in markers:
        if not _is_inside(body, marker.start()):
            start, end = _with_breaks(body, *marker.span())
            yield Edit(max(start, done), end, b"")
            done = end


def _is_inside(body: bytes, start: int) -> bool:
    """Say whether a marker stands inside another, or where its place would become a tag."""
    half = _HALF_OF_ONE.search(body, max(start - _LONGEST, 0), start)
    return half is not None or is_joined(body, start)


def _with_breaks(body: bytes, start: int, end: int) -> tuple[int, int]:
    if not body[: min(start, _LONGEST)].strip() and start < _LONGEST:
        behind = _BREAK_BEHIND.match(body, end)
        return (0, behind.end()) if behind else with_line(body, start, end)
    before = _BREAK_BEFORE.search(body, max(start - _LONGEST, 0), start)
    for first in (before.start() if before else start, start):
        line = with_line(body, first, end)
        if line != (first, end):
            return line
    return start - _is_between_blanks(body, start, end), end


def _is_between_blanks(body: bytes, start: int, end: int) -> bool:
    return body[start - 1 : start] == b" " and body[end : end + 1] in b" \r\n"
