"""The WXR reader as the pipeline sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from migrate.errors import RecordError, SourceError
from migrate.model.finding import Finding, Note
from migrate.model.progress import READING, Watch, unwatched
from migrate.model.reading import Reading
from migrate.model.rows import PlacedRows
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.readers.wxr import usual
from migrate.readers.wxr.content import Content
from migrate.readers.wxr.head import HeadReader
from migrate.readers.wxr.item import Item, refuse_nothing
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.limits import refuse_long_text
from migrate.readers.wxr.repair import Notes
from migrate.readers.wxr.source import Part, parts
from migrate.readers.wxr.survey import Lines, Survey
from migrate.readers.wxr.usual_items import UsualItems


class WxrReader:
    """Reads one export: a WXR file (.xml, .xml.gz, .zip), a folder of its parts, or a list of them.

    Parts are opened and cut once, in one pass; of each item its place stays in memory, of its text
    nothing. `encoding` decides over what the files declare. `watch` is told how far that is. A
    pickled reader takes along what it knows of the head, so that another process needn't look for
    it again, and tells nobody.
    """

    tells_states = False

    def __init__(
        self, source: Path | Sequence[Path], encoding: str = "", watch: Watch = unwatched
    ) -> None:
        """Name the source; nothing is opened yet."""
        self._source = source
        self._encoding = encoding
        self._watch = watch

    def __getstate__(self) -> dict[str, Any]:
        kept = ("_source", "_encoding", "_known")
        known = {name: value for name, value in self.__dict__.items() if name in kept}
        return known | {"_watch": unwatched}

    def head(self, note: Note) -> Head:
        """Give site, authors and terms, parents first; notes what is odd about the files."""
        head = self._known.head
        _, findings = self._listed
        for finding in chain(findings, *(survey.findings for survey in self._surveys.values())):
            note(finding)
        return head

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the items, in the order of the parts' names."""
        del note
        for survey in self._surveys.values():
            for start, end in survey.cut.items():
                yield Handle(survey.name, start, end)

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one item; RecordError where nothing of it can be read."""
        content, lines = self._opened(handle.path)
        notes = Notes(note, handle.path, lines.at, handle.start)
        refuse_long_text(content, handle.start, handle.end, notes)
        data = content.read(handle.start, handle.end)
        if len(data) < handle.end - handle.start:
            raise RecordError(
                "source-changed",
                "the file became shorter while it was read",
                line=notes.line(0),
                fix="Run again",
            )
        document = self._known.document(handle.path, handle.start)
        found = usual.read(data, self._known) if self._is_usual(handle.path, document) else None
        if found is not None:
            place = self._places(found, document)
            return Reading(found.post, line_of=lambda field: notes.line(place(field)))
        refuse_nothing(data, notes)
        item = Item(data, document, self._known, notes)
        return Reading(item.post(), line_of=lambda field: notes.line(item.place(field)))

    def _places(self, found: usual.Usual, document: Document) -> Callable[[str], int]:
        """Give what tells where a field starts in an item that was read the quick way."""
        exact: list[Item] = []

        def place(field: str) -> int:
            at = found.place(field)
            if at is not None:
                return at
            if not exact:
                notes = Notes(_ignore, "", lambda _: 0, 0)
                exact.append(Item(found.data, document, self._known, notes))
                exact[0].post()
            return exact[0].place(field)

        return place

    def _is_usual(self, part: str, document: Document) -> bool:
        key = part, document.start
        if key not in self._usual:
            self._usual[key] = usual.is_usual(document)
        return self._usual[key]

    @cached_property
    def _usual(self) -> dict[tuple[str, int], bool]:
        """The documents, by part and place, of which it was asked whether they are usual."""
        return {}

    def rows(self, handles: Sequence[Handle]) -> list[PlacedRows]:
        """Read items beside one another where nothing is odd about them."""
        found: list[PlacedRows] = []
        start = 0
        for part, some in groupby(handles, attrgetter("path")):
            named = [*some]
            found += [
                ([start + at for at in places], rows) for places, rows in self._rows_of(part, named)
            ]
            start += len(named)
        return found

    def _rows_of(self, part: str, handles: list[Handle]) -> list[PlacedRows]:
        first, last = (self._known.document(part, handles[at].start) for at in (0, -1))
        if first is not last or not self._is_usual(part, first):
            return []
        try:
            content, lines = self._opened(part)
        except RecordError:
            return []

        def line_of(at: int, place: int | None, field: str) -> int | None:
            handle = handles[at]
            return self.line_of(handle, field) if place is None else lines.at(handle.start + place)

        return self._usual_items.rows(content.read, handles, line_of)

    @cached_property
    def _usual_items(self) -> UsualItems:
        return UsualItems(self._known)

    def state(self, handle: Handle) -> str:
        """Give nothing: an item is as quickly read."""
        del handle
        return ""

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field's element starts, from the file as it is now."""
        try:
            return self.read(handle, lambda _: None).line_of(field)
        except RecordError:
            return None

    @cached_property
    def _listed(self) -> tuple[list[Part], list[Finding]]:
        """The parts, and what was found while looking for them."""
        findings: list[Finding] = []
        return parts(self._source, findings.append), findings

    @cached_property
    def _contents(self) -> dict[str, tuple[Content, Lines]]:
        listed, _ = self._listed
        opened = {part.name: Content(part, self._encoding, self._watch) for part in listed}
        return {name: (content, Lines(content)) for name, content in opened.items()}

    @cached_property
    def _surveys(self) -> dict[str, Survey]:
        total = sum(content.size for content, _ in self._contents.values())
        surveys: dict[str, Survey] = {}
        before = 0
        for name, (content, lines) in self._contents.items():
            watch = partial(self._tell, total, before)
            surveys[name] = Survey(name, content, lines, watch)
            before += content.size
        return surveys

    @cached_property
    def _known(self) -> Known:
        head = HeadReader()
        for survey in self._surveys.values():
            head.take(survey)
        return head.known()

    def _tell(self, total: int, before: int, done: int) -> None:
        """Say how far the parts are, of which one has so many bytes done and so many before it."""
        self._watch(READING, before + done, total)

    def _opened(self, name: str) -> tuple[Content, Lines]:
        try:
            return self._contents[name]
        except (SourceError, KeyError) as error:
            raise RecordError(
                "source-unreadable",
                "the file can't be read any more",
                line=1,
                fix="Leave the source alone while it is read, and run again",
            ) from error


def _ignore(_finding: Finding) -> None:
    pass
