"""One run on one screen: locate → read → map → write, chunk by chunk, joined in source order.

`process` is all that a chunk does. It is pure and its arguments are picklable, so it matters to
nobody which process runs it; what only the whole source knows is left to whoever joins the results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, Generic, Protocol, TypeVar

from migrate.errors import RecordError, SourceError
from migrate.mapping.advice import advise
from migrate.model.action import Action
from migrate.model.finding import Finding, Note, from_error
from migrate.model.post import Post, RecordRef
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.output import spool
from migrate.report.totals import Totals

Made = TypeVar("Made")
Encode = Callable[[Post, Note], Made]

CHUNK: Final = 64
"""Records in a chunk: enough to hide the cost of handing one over, few enough to be held."""


class Reader(Protocol):
    """A source: names its records cheaply, then reads them one at a time, in any process."""

    def head(self, note: Note) -> Head:
        """Give all that is no post: site, authors, terms."""

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records, in source order."""

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record; RecordError where it can't be."""

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field of a record starts."""


class Joiner(Protocol):
    """Sees everything that was made, in source order, then writes the output."""

    def add(self, made: Any, note: Note) -> None:
        """Take what was made of one record."""

    def finish(self, out: BinaryIO, note: Note) -> None:
        """Write the output."""


class FileWriter(Protocol):
    """A format of one file."""

    def encode(self, post: Post, note: Note) -> Any:
        """Make what the joiner needs of one record: pure, for any process."""

    def joiner(self, spool: BinaryIO, known: Head) -> Joiner:
        """Make the object that joins."""


class Report(Protocol):
    """Takes what a run has to say."""

    def finding(self, finding: Finding) -> None:
        """Take one finding."""

    def action(self, action: Action) -> None:
        """Take one action."""


@dataclass(slots=True)
class Result(Generic[Made]):
    """What came of one handle: something made, or the reason why not; and what was found."""

    handle: Handle
    made: Made | None = None
    ref: RecordRef | None = None
    passed_over: str = ""
    findings: list[Finding] = field(default_factory=list)


def process(reader: Reader, encode: Encode[Made], handles: Sequence[Handle]) -> list[Result[Made]]:
    """Turn a chunk of handles into results: pure, and the same however the source is cut."""
    return [_process_one(reader, encode, handle) for handle in handles]


def _process_one(reader: Reader, encode: Encode[Made], handle: Handle) -> Result[Made]:
    result: Result[Made] = Result(handle)
    try:
        reading = reader.read(handle, result.findings.append)
        result.passed_over = reading.passed_over
        if reading.post is not None:
            result.ref = reading.post.ref()
            advise(reading.post, result.findings.append)
            result.made = encode(reading.post, result.findings.append)
    except RecordError as error:
        result.findings.append(from_error(error, handle.path))
        return result
    for finding in result.findings:
        _place(finding, result, reading.line_of)
    return result


def _place(finding: Finding, result: Result[Any], line_of: Callable[[str], int | None]) -> None:
    """Say where a finding is; a stage that saw only the record counts lines within the field."""
    finding.path = finding.path or result.handle.path
    finding.record = finding.record or result.ref
    if finding.field and not finding.placed:
        start = line_of(finding.field)
        finding.line = start and start + (finding.line or 1) - 1
    finding.placed = True


class Run:
    """One run over one source: hands out chunks and counts and reports what comes back."""

    def __init__(
        self,
        reader: Reader,
        reports: Sequence[Report],
        totals: Totals,
        progress: Callable[[int, int], None],
    ) -> None:
        """`progress` is told (records done, records in all) after each chunk."""
        self._reader = reader
        self._reports = reports
        self._progress = progress
        self.totals = totals
        self.head = reader.head(self.note)
        self.handles = list(reader.locate(self.note))

    def note(self, finding: Finding) -> None:
        """Count and report one finding."""
        self.totals.count_finding(finding)
        for report in self._reports:
            report.finding(finding)

    def act(self, action: Action) -> None:
        """Count and report one action."""
        self.totals.count_action(action)
        for report in self._reports:
            report.action(action)

    def chunks(self, encode: Encode[Made]) -> Iterator[list[Result[Made]]]:
        """Give the records' results, chunk by chunk in source order, counted and reported.

        Raises SourceError at the end where the source holds nothing that looks like a record.
        """
        for start in range(0, len(self.handles), CHUNK):
            results = process(self._reader, encode, self.handles[start : start + CHUNK])
            for result in results:
                self._count(result)
            yield [result for result in results if result.made is not None]
            self._progress(min(start + CHUNK, len(self.handles)), len(self.handles))
        if not self.totals.read and not self.totals.unreadable:
            raise SourceError(
                "SOURCE holds no post", fix="Name a folder or a file with front-matter posts"
            )

    def again(self, handles: Sequence[Handle]) -> Iterator[Post | None]:
        """Read records once more, one at a time, without counting or reporting them again."""
        for handle in handles:
            (result,) = process(self._reader, _keep, [handle])
            yield result.made

    def noting(self, result: Result[Any]) -> Note:
        """Give the way to note something about a record after its chunk was worked on."""

        def note(finding: Finding) -> None:
            _place(finding, result, lambda name: self._reader.line_of(result.handle, name))
            self.note(finding)

        return note

    def _count(self, result: Result[Any]) -> None:
        for finding in result.findings:
            self.note(finding)
        if result.passed_over:
            self.totals.passed_over[result.passed_over] += 1
        elif result.made is None:
            self.totals.unreadable += 1
        else:
            self.totals.read[result.ref.type or "post" if result.ref else "post"] += 1


def _keep(post: Post, note: Note) -> Post:
    del note
    return post


def export(
    run: Run, writer: FileWriter, opened: Callable[[], AbstractContextManager[BinaryIO]]
) -> None:
    """Convert the source into one file; `opened` opens it once everything is known to be there."""
    with spool() as scratch:
        joiner = writer.joiner(scratch, run.head)
        for chunk in run.chunks(writer.encode):
            for result in chunk:
                joiner.add(result.made, run.noting(result))
        if run.totals.read:
            with opened() as stream:
                joiner.finish(stream, run.note)
            run.totals.written.update(run.totals.read)
