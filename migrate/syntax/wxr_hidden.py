"""What CDATA sections, comments and instructions hide: where each ends, and whether too much is.

Each end is looked for once, however many beginnings stand before it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from migrate.patterns import pattern

SECTION: Final = b"<![CDATA["
ENDS: Final = {SECTION: b"]]>", b"<!--": b"-->", b"<?": b"?>"}
BOUNDARY: Final = pattern(rb"<(?:/?(?:item|channel|rss)[\s/>]|\?xml\s)")
"""Where an item or a document begins or ends."""

_CONTAINERS: Final = (b"", b"item", b"channel", b"rss")
_END_TAG: Final = pattern(rb"</([A-Za-z_\x80-\xff][\w.:\x80-\xff-]*+)")
_FOLLOWING: Final = pattern(rb"[^<]*+(?:</([^\s<>/]++)\s*+>|(<!\[CDATA\[|<!--))")


class _Held:
    """The end tags and the boundaries in one range, for ranges that end with it, too."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.end = end
        last = {tag[1]: tag.start() for tag in _END_TAG.finditer(data, start, end)}
        boundaries = (found.start() for found in BOUNDARY.finditer(data, start, end))
        self.boundary = max(boundaries, default=-1)
        self._last = sorted(last.items())
        self._of: dict[bytes, int] = {}

    def closing(self, name: bytes) -> int:
        """Give where the last end tag begins whose name begins so; -1 where there is none."""
        if name not in self._of:
            at, last = bisect_left(self._last, (name,)), -1
            while at < len(self._last) and self._last[at][0].startswith(name):
                at, last = at + 1, max(last, self._last[at][1])
            self._of[name] = last
        return self._of[name]


class Hidden:
    """Knows what is hidden in one piece of a file; asked of its beginning, it answers quickest."""

    def __init__(self, data: bytes) -> None:
        """Take the piece."""
        self._data = data
        self._ends: dict[bytes, tuple[int, int]] = {}  # from a place on, the next end begins there
        self._held: dict[bytes, _Held] = {}
        self._followed: dict[int, bytes] = {}

    def end(self, mark: bytes, at: int) -> int:
        """Give the end of what a mark begins that ends at a place; -1 where it has none."""
        first, begins = self._ends.get(mark, (0, -1))
        if not first <= at <= begins:
            begins = self._data.find(ENDS[mark], at)
            if begins < 0:
                begins = len(self._data)  # nor has any later one
            self._ends[mark] = at, begins
        return -1 if begins == len(self._data) else begins + len(ENDS[mark])

    def runs_over(self, mark: bytes, start: int, end: int, inside: bytes) -> bool:
        """Tell whether what a mark begins in this range runs beyond its element.

        `inside` is the start tag before it, empty for an end tag. A section that lost its end, or a
        comment that never had one, ends in what follows: it holds its element's end tag, or a whole
        item, and isn't followed by that end tag.
        """
        if inside in _CONTAINERS or not self._holds_end(mark, start, end, inside):
            return False
        return self._end_tag_behind(end) != inside

    def _holds_end(self, mark: bytes, start: int, end: int, inside: bytes) -> bool:
        """Tell whether the end of an element stands in a range, or, in a section, of an item."""
        held = self._held.get(mark)
        if held is None or held.end != end:
            if self._data.find(b"</" + inside, start, end) < 0 and (
                mark != SECTION or BOUNDARY.search(self._data, start, end) is None
            ):
                return False
            held = self._held[mark] = _Held(self._data, start, end)
        return held.closing(inside) >= start or (mark == SECTION and held.boundary >= start)

    def _end_tag_behind(self, at: int) -> bytes:
        """Give the name of the end tag that follows text, sections and comments; empty if none."""
        passed: list[int] = []
        while at not in self._followed:
            passed.append(at)
            found = _FOLLOWING.match(self._data, at)
            at = self.end(found[2], found.end()) if found and found[2] else -1
            if at < 0:
                name = found[1] or b"" if found else b""
                break
        else:
            name = self._followed[at]
        self._followed |= dict.fromkeys(passed, name)
        return name
