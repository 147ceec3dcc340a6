"""The documents of a part: usually one, none round a bare item, several where files were joined."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from migrate.readers.wxr.known import Document
from migrate.readers.wxr.repair import Notes
from migrate.readers.wxr.survey import Survey
from migrate.syntax.wxr_markup import Tag
from migrate.syntax.wxr_names import Names

ROOTS: Final = (b"rss", b"channel")


class Documents:
    """Follows the tags of `<rss>` and `<channel>` through a part and notes what is missing."""

    def __init__(self, part: Survey) -> None:
        """Begin where no document has begun."""
        self._unnamed = Names({})
        self._first = part.cut.starts[0] if part.cut.starts else part.content.size
        self.current = Document(0, self._unnamed)
        self._part = part
        self._notes = Notes(part.findings.append, part.name, part.lines.at, 0)
        self._made = [self.current]
        self._open: list[bytes] = []
        self._begun = False

    def take(self, tag: Tag, offset: int) -> None:
        """Take a start or end tag of a root; `offset` is where its region begins in the part."""
        if tag.closing:
            if tag.name in self._open:
                del self._open[self._open.index(tag.name) :]
            return
        if not self._open:
            self._begin(offset + tag.start)
        elif tag.name in self._open:
            self._note_cut_off(offset + tag.start)
            self._open.clear()
            self._begin(offset + tag.start)
        self._open.append(tag.name)
        self.current.names = self.current.names.inside(tag)

    def finish(self) -> list[Document]:
        """Note what the last document lacks, and give all of them in order."""
        if self._open:
            self._note_cut_off(self._part.content.size)
        if not self._begun and self._part.cut.starts:
            self._notes.say(
                "source-no-channel",
                "items stand in it without <rss> and <channel>; they were read all the same",
                self._part.cut.starts[0],
            )
        for start, _ in self._part.cut.doctypes:
            self._notes.say(
                "source-doctype",
                "the document type declaration was passed over; nothing is fetched or expanded",
                start,
            )
        return self._made

    def _begin(self, start: int) -> None:
        if self._begun:
            self._notes.say(
                "source-several-documents",
                "another document begins inside the file; it was read as a further part",
                start,
            )
        if self._begun or self._first < start:
            self.current = Document(start, self._unnamed)
            self._made.append(self.current)
        self._begun = True

    def _note_cut_off(self, end: int) -> None:
        """Say that a document has no end, unless its last item, that has none either, says so."""
        unclosed = self._part.cut.unclosed
        first = bisect_left(unclosed, self.current.start)
        if first < len(unclosed) and unclosed[first] < end:
            return
        self._notes.say(
            "source-cut-off",
            "the document ends before </rss>: items may be missing behind the last one",
            end,
            fix="Export again, or look at the file where it breaks off",
        )
