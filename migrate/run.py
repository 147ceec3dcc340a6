"""One run over one source: its records chunk by chunk, counted, reported and in source order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import Any, Final, TypeVar

from migrate import parallel
from migrate.chunk import (
    AdvisedRows,
    Encode,
    Made,
    Result,
    Together,
    keep,
    place,
    process,
    process_rows,
)
from migrate.errors import SourceError
from migrate.model.finding import Finding, Note
from migrate.model.handles import Handles
from migrate.model.post import Post, RecordRef
from migrate.model.progress import CONVERTING, Stage, Watch
from migrate.model.rows import NoteOf
from migrate.model.seen import Seen
from migrate.model.settings import Handle
from migrate.report.totals import Totals
from migrate.reporting import ALL, Reporting, Scope
from migrate.stages import Asked, Elsewhere, FolderJoiner, Memory, Reader, ReadsRows, Report

Worked = TypeVar("Worked", bound="Result[Any] | Together[Any]")

SEVERAL_PAY: Final = 1000
"""Records from which on it pays to start further processes where nobody said how many."""

CHUNK: Final = 64
"""Records in a chunk: enough to hide the cost of handing one over, few enough to be held."""


class Run(Reporting):
    """One run over one source: hands out chunks and counts and reports what comes back."""

    def __init__(
        self,
        reader: Reader,
        reports: Sequence[Report],
        totals: Totals,
        progress: Watch,
        *,
        dry_run: bool,
        scope: Scope = ALL,
    ) -> None:
        super().__init__(reports, totals, progress, dry_run=dry_run, scope=scope)
        self._reader = reader
        self._bodies = any(report.wants_bodies for report in reports)
        self.jobs: int | None = 1  # processes for the chunks; None leaves it to their number
        self.elsewhere: Elsewhere | None = None  # what does them in the place of processes here
        self.head = reader.head(self.note)
        self.handles = Handles(reader.locate(self.note))

    def chunks(
        self, encode: Encode[Made], stage: Stage = CONVERTING, memory: Memory | None = None
    ) -> Iterator[list[Result[Made]]]:
        """Give the records' results, chunk by chunk in source order, counted and reported.

        Records that `memory` knows aren't read.
        Raises SourceError at the end where the source holds nothing that looks like a record.
        """
        each = partial(process, self._reader, encode, asked=self._asked, memory=memory)
        yield from self._counted(each, stage)

    def rows(
        self, encode: AdvisedRows[Made], memory: Memory | None = None
    ) -> Iterator[list[Result[Made] | Together[Made]]]:
        """Give the same, of records beside one another together where the reader can."""
        reader = self._reader
        if isinstance(reader, ReadsRows) and self._are_rows_enough(reader, memory):
            each = partial(process_rows, reader, encode, asked=self._asked)
            yield from self._counted(each, CONVERTING)
        else:
            yield from map(list, self.chunks(encode, memory=memory))

    def _counted(
        self, each: Callable[[Sequence[Handle]], list[Worked]], stage: Stage
    ) -> Iterator[list[Worked]]:
        """Give what comes of the chunks, counted and reported."""
        room = self._scope.limit
        with closing(self._processed(each)) as made:
            for start, results in zip(self._starts, made, strict=False):
                if room is not None:
                    results = _first(results, room)  # noqa: PLW2901 - no more of them counts
                    room -= _made(results)
                for result in results:
                    if isinstance(result, Together):
                        result.start += start
                        self._count_together(result)
                    else:
                        self._count(result)
                yield [result for result in results if result.made is not None]
                done = min(start + CHUNK, len(self.handles)) if room != 0 else len(self.handles)
                self.progress(stage, done, len(self.handles))
                if room == 0:
                    self.totals.leave_unopened("limit", len(self.handles) - start - len(results))
                    break
        if not self.totals.read and not self.totals.unreadable:
            raise SourceError(
                "SOURCE holds no post and no item",
                fix="Name a folder or a file with front-matter posts, or a WordPress export of "
                "all content",
            )

    def _are_rows_enough(self, reader: ReadsRows, memory: Memory | None) -> bool:
        """Tell whether nothing is asked that only one record after the other can tell."""
        can_recall = memory is not None and reader.tells_states
        return self._scope.limit is None and not self._bodies and not can_recall

    @property
    def _starts(self) -> range:
        return range(0, len(self.handles), CHUNK)

    @property
    def _asked(self) -> Asked:
        return Asked(self._bodies, lines=bool(self._reports or self._scope.overlooked))

    def _processed(
        self, each: Callable[[Sequence[Handle]], list[Worked]]
    ) -> Generator[list[Worked], None, None]:
        """Process the chunks, in as many processes as were asked for or pay."""
        starts = self._starts

        def chunk(number: int) -> list[Handle]:
            return self.handles[starts[number] : starts[number] + CHUNK]

        if self.elsewhere is not None:
            yield from self.elsewhere(each, map(chunk, range(len(starts))))
            return

        several = parallel.cores() if len(self.handles) >= SEVERAL_PAY else 1
        jobs = several if self.jobs is None else self.jobs
        yield from parallel.in_order(lambda at: each(chunk(at)), len(starts), jobs)

    def each(self) -> Iterator[Post]:
        """Read the records one by one, without counting or reporting anything."""
        return (post for handle in self.handles for post in self.again([handle]) if post)

    def again(self, handles: Sequence[Handle]) -> list[Post | None]:
        """Read records once more, without counting or reporting them again; None for a lost one."""
        return [result.made for result in process(self._reader, keep, handles)]

    def show_bodies(self, result: Result[Any]) -> None:
        """Show the bodies of a record that was recalled without, where a report wants them."""
        if self._bodies and result.seen.public and result.seen.bodies is None:
            (again,) = process(self._reader, keep, [result.handle], Asked(bodies=True))
            for report in self._reports if again.made else ():
                if report.wants_bodies:
                    report.record(again.seen)

    def note_by_path(self, finding: Finding) -> None:
        """Note something about the record that the finding names by its path."""
        if finding.path and finding.field and not finding.placed:
            start = self._reader.line_of(Handle(finding.path), finding.field)
            finding.line = start and start + (finding.line or 1) - 1
        self.note(finding)

    def noting(self, result: Result[Any]) -> Note:
        """Give the way to note something about a record after its chunk was worked on."""

        def note(finding: Finding) -> None:
            place(finding, result, lambda name: self._reader.line_of(result.handle, name))
            self.note(finding)

        return note

    def noting_rows(self, together: Together[Any]) -> NoteOf:
        """Give the same for records that were worked on together."""

        def noting(row: int, ref: RecordRef) -> Note:
            handle = self.handles[together.start + row]
            return self.noting(Result(handle, Seen(handle.path), ref=ref))

        return noting

    def _count(self, result: Result[Any]) -> None:
        for finding in result.findings:
            self.note(finding)
        if result.left_out:
            self.totals.read[result.type] += 1
            self.totals.excluded[result.left_out] += 1
        else:
            self._count_one(result)
        if not (result.passed_over or result.left_out):
            for report in self._reports:
                report.record(result.seen)

    def _count_together(self, result: Together[Any]) -> None:
        self.totals.read.update(result.types)
        if not self._asked.lines:
            for finding, rows in result.findings:
                self.totals.count_finding(finding, times=len(rows))
            return
        for seen, findings in result.each():
            for finding in findings:
                self.note(finding)
            for report in self._reports:
                report.record(seen)

    def create(self, together: Together[Any], joiner: FolderJoiner) -> None:
        """Count and report that records were created together."""
        if not self._reports:
            self.totals.actions["create"] += len(together.types)
            return
        for action, seen in zip(
            joiner.actions(together.made, together.seen), together.seen, strict=True
        ):
            action.path = seen.path
            self.act(action)

    def singly(self, encode: Encode[Made], together: Together[Made]) -> Iterator[Result[Made]]:
        """Read records of rows once more, one by one, and give those that are still there.

        They were counted and reported already; where a file has changed since, that is mended.
        """
        handles = self.handles[together.start : together.start + len(together.types)]
        for row, result in enumerate(process(self._reader, encode, handles, self._asked)):
            known = together.found_in(row)
            for finding in result.findings:
                if (finding.code, finding.field) not in known:
                    self.note(finding)
            if result.made is None or result.type != together.types[row]:
                self.totals.read[together.types[row]] -= 1
                self.totals.read += Counter()  # forgets what there is none of any more
                self._count_one(result)
            if result.made is not None:
                yield result

    def _count_one(self, result: Result[Any]) -> None:
        if result.passed_over:
            self.totals.passed_over[result.passed_over] += 1
        elif result.made is None:
            self.totals.unreadable += 1
        else:
            self.totals.read[result.type] += 1


def _made(results: Sequence[Worked]) -> int:
    return sum(result.made is not None for result in results)


def _first(results: list[Worked], room: int) -> list[Worked]:
    """Give the results, each of one record, up to the one with which `room` records were made."""
    for at, result in enumerate(results):
        room -= result.made is not None
        if room == 0:
            return results[: at + 1]
    return results
