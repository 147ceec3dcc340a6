"""Where a document's items begin and end: the one pass over the whole of it.

A mark that looks like a tag is none inside CDATA, a comment or an instruction. Where one of those
never ends, or swallows the end of its item, its beginning is taken for text: so a broken item
doesn't take the following ones with it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct, field

from migrate.errors import SourceError
from migrate.patterns import pattern
from migrate.readers.wxr import whole_item
from migrate.readers.wxr.content import BLOCK, Content
from migrate.readers.wxr.hidden_parts import NEAR, HiddenParts
from migrate.readers.wxr.scan import AHEAD, Found, Scan
from migrate.syntax.wxr_hidden import ENDS

_MARK: Final = pattern(
    rb"<(?:!\[CDATA\[|!--|\?|!DOCTYPE|!doctype|/?(?:item|channel|rss)(?:>|(?=[\s/])))"
)
_PLAIN: Final = pattern(
    rb"""(?: [^<]++
      | </?(?!(?:item|channel|rss)[\s/>])[A-Za-z_][^<>]*+>
      | <!\[CDATA\[[^]<]{0,99}+\]\]>
    )*+""",
    re.VERBOSE,
)
"""All that may be passed over at once: text, other tags, short sections without markup."""

_BETWEEN: Final = pattern(rb"\s{0,99}+(?=<item>)")
"""The few blanks before an item that begins as most do."""

_GREATER: Final = pattern(rb">")
_DOCTYPE: Final = pattern(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)


class Cut(Struct):
    """The places of a document's items, and of what stands outside them.

    `starts` and `ends` belong together; `unclosed` names the starts of items without end tag,
    `doctypes` the places of document type declarations.
    """

    starts: array[int] = field(default_factory=lambda: array("Q"))
    ends: array[int] = field(default_factory=lambda: array("Q"))
    outside: list[tuple[int, int]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    doctypes: list[tuple[int, int]] = field(default_factory=list)

    def items(self) -> Iterator[tuple[int, int]]:
        """Give the ranges of the items."""
        return zip(self.starts, self.ends, strict=True)


def cut(content: Content, watch: Callable[[int], None]) -> Cut:
    """Find the items of a document; `watch` is told how many bytes are through.

    Raises SourceError where it declares entities: they are never expanded.
    """
    cutter = _Cutter(content, watch)
    cutter.run()
    return cutter.made


class _Cutter:
    def __init__(self, content: Content, watch: Callable[[int], None]) -> None:
        self.made = Cut()
        self._watch = watch
        self._told = 0
        self._size = content.size
        self._scan = Scan(content)
        self._item: int | None = None  # where the open item starts
        self._done = 0  # upto here everything is given out
        self._hides = 0  # upto here it isn't worth looking for the ends of whole items
        self._hidden = HiddenParts(self._scan, content.size)

    def run(self) -> None:
        at = 0
        while found := self._scan.find(_MARK, self._after_plain(at)):
            if found.text in ENDS:
                at = self._hidden.behind(found, self._since(found.start))
            elif found.text[1:2] == b"!":
                at = self._after_doctype(found)
            else:
                at = self._after_tag(found)
            self._tell(at)
        if self._item is not None:
            self._close(self._size, whole=False)
        self._leave(self._size)
        self._watch(self._size)

    def _tell(self, at: int) -> None:
        if at - self._told >= BLOCK and at < self._size:
            self._watch(at)
            self._told = at

    def _after_plain(self, at: int) -> int:
        """Pass over what holds no mark; not where sections lack their end: each costs a search."""
        return at if self._hidden.without_end else self._scan.skip(_PLAIN, at)

    def _after_tag(self, found: Found) -> int:
        name, greater, _ = found.text.partition(b">")
        tag = found if greater else self._scan.find(_GREATER, found.end)
        end = tag.end if tag else self._size
        if name == b"</item":
            if self._item is not None:
                self._close(end, whole=tag is not None)
        else:
            if self._item is not None:  # a document or an item begins or ends inside this one
                self._close(found.start, whole=False)
            if name == b"<item":
                self._open(found.start)
                if whole := self._end_of_whole(found.start):
                    self._close(whole, whole=True)
                    return self._after_row(whole)
                if tag and not greater and self._scan.between(end - 2, end) == b"/>":
                    self._close(end, whole=True)
        return end

    def _after_row(self, at: int) -> int:
        """Pass over the items that follow one another here, in which plainly nothing is broken."""
        block, base = self._scan.ahead(at)
        enough = len(block) - AHEAD
        starts, ends = self.made.starts, self.made.ends
        while blanks := _BETWEEN.match(block, at - base):
            start = blanks.end()
            if start > enough:
                block, moved = self._scan.ahead(start + base)
                start, base, enough = start + base - moved, moved, len(block) - AHEAD
            if base + start < self._hides:
                break
            end, hides = whole_item.look(block, start)
            if not end:
                self._hides = base + hides
                break
            starts.append(base + start)
            at = base + end
            ends.append(at)
        self._done = at
        return at

    def _end_of_whole(self, start: int) -> int:
        """Give the end of an item in which plainly nothing is broken; else 0."""
        if start < self._hides or self._hidden.without_end:
            return 0
        block, base = self._scan.ahead(start)
        end, hides = whole_item.look(block, start - base)
        self._hides = base + hides
        return end and base + end

    def _open(self, start: int) -> None:
        self._leave(start)
        self._item = start

    def _close(self, end: int, *, whole: bool) -> None:
        start = self._item or 0
        self.made.starts.append(start)
        self.made.ends.append(end)
        if not whole:
            self.made.unclosed.append(start)
        self._item = None
        self._done = end

    def _leave(self, start: int) -> None:
        """Keep what stands between the last item and here, unless it is blank."""
        gap = start - self._done
        if not gap:
            return
        if gap > NEAR or self._scan.between(self._done, start).strip():
            self.made.outside.append((self._done, start))

    def _after_doctype(self, found: Found) -> int:
        if self._item is not None:
            return found.end
        near = self._scan.between(found.start, min(found.start + NEAR, self._size))
        match = _DOCTYPE.match(near)
        if match is None or b"<!ENTITY" in match[0].upper():
            raise SourceError(
                "it declares entities of its own, and those are never expanded",
                fix="WordPress exports none: look where the file comes from, remove its DOCTYPE",
            )
        end = found.start + match.end()
        self.made.doctypes.append((found.start, end))
        return end

    def _since(self, at: int) -> int:
        """Give where the open item begins, or what is outside, as far as it is near."""
        return max(self._done, at - NEAR) if self._item is None else self._item
