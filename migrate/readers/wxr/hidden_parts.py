"""Where CDATA, comments and instructions end in a file that is larger than memory.

Where one of those never ends, or swallows the end of its item, its beginning is taken for text.
What was found far ahead is kept: many beginnings may stand before one end.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.patterns import pattern
from migrate.readers.wxr.content import BLOCK
from migrate.readers.wxr.scan import Found, Scan
from migrate.syntax.wxr_hidden import BOUNDARY, ENDS, SECTION, Hidden
from migrate.syntax.wxr_markup import Markup

_END: Final = {mark: pattern(re.escape(end)) for mark, end in ENDS.items()}
_END_OR_BOUNDARY: Final = {
    mark: pattern(end.pattern + b"|" + BOUNDARY.pattern) for mark, end in _END.items()
}
NEAR: Final = 1 << 16


class HiddenParts:
    """Follows them from the beginning to the end; `without_end` names the marks that lack theirs.

    Beside what the scan holds, it holds what such a part hides, where that is more than text.
    """

    def __init__(self, scan: Scan, size: int) -> None:
        """Take the scan of a file of so many bytes."""
        self.without_end: set[bytes] = set()
        self._scan = scan
        self._size = size
        self._ahead: dict[re.Pattern[bytes], tuple[int, Found]] = {}  # the first from a place on
        self._upto = 0  # here the tags have been looked at
        self._inside = b""  # and this start tag is the last of them
        self._piece = (0, 0, Hidden(b""))

    def behind(self, found: Found, since: int) -> int:
        """Give the end of what a mark begins; behind the mark if it has none.

        `since` is where the open item, or what is outside, begins.
        """
        mark = found.text
        if mark in self.without_end:
            return found.end
        if mark == SECTION and not self._is_ahead(_END[mark], found.end):
            # Most sections are bodies: looking for bytes takes a tenth of a pattern's time.
            end_of_body = self._scan.past(ENDS[mark], found.end, BOUNDARY)
            if end_of_body is not None:
                return end_of_body
        first = self._next(_END_OR_BOUNDARY[mark], found.end)
        if first and not first.text.startswith(b"<"):
            return first.end
        end = self._next(_END[mark], found.end)
        if end is None:
            self.without_end.add(mark)
            return found.end
        self._upto = found.end if self._runs_over(found, end.end, since) else end.end
        return self._upto

    def _is_ahead(self, wanted: re.Pattern[bytes], at: int) -> bool:
        """Tell whether what was found last is the first behind this place, too."""
        first, found = self._ahead.get(wanted, (0, None))
        return found is not None and first <= at <= found.start

    def _next(self, wanted: re.Pattern[bytes], at: int) -> Found | None:
        if self._is_ahead(wanted, at):
            return self._ahead[wanted][1]
        found = self._scan.find(wanted, at)
        if found:
            self._ahead[wanted] = at, found
        return found

    def _runs_over(self, found: Found, end: int, since: int) -> bool:
        """Tell whether what is hidden here, an item's beginning or end in it, is broken."""
        if since > self._upto:
            self._upto, self._inside = since, b""
        if tags := Markup(self._scan.between(self._upto, found.start)).tags:
            self._inside = b"" if tags[-1].closing or tags[-1].empty else tags[-1].name
        base, hidden = self._around(found.start, end)
        return hidden.runs_over(found.text, found.start - base, end - base, self._inside)

    def _around(self, start: int, end: int) -> tuple[int, Hidden]:
        """Give a piece of the file that holds this range and what is near behind it."""
        base, upto, hidden = self._piece
        if not base <= start <= end + NEAR <= upto:
            base, upto = start, end + NEAR + BLOCK
            hidden = Hidden(self._scan.between(base, min(upto, self._size)))
            self._piece = base, upto, hidden
        return base, hidden
