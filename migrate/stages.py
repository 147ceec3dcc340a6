"""What each stage of a run promises to the pipeline; the contract suite keeps them to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Protocol, Self, TypeVar, runtime_checkable

from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.progress import Watch, unwatched
from migrate.model.reading import Reading
from migrate.model.rows import NoteOf, NoteRows, PlacedRows, Rows
from migrate.model.seen import Seen, Unread
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.plan.decision import Decision, Wait

Made = TypeVar("Made")


class Reader(Protocol):
    """A source: names its records cheaply, then reads them one at a time, in any process."""

    def head(self, note: Note) -> Head:
        """Give all that is no post: site, authors, terms."""

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records, in source order."""

    def state(self, handle: Handle) -> str:
        """Give what stands for all on which `read` depends: the same, and it gives the same.

        Empty where telling that takes as long as reading, or can't be done.
        """

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record; RecordError where it can't be."""

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field of a record starts."""


@runtime_checkable
class ReadsRows(Reader, Protocol):
    """A source that can also read records beside one another.

    `tells_states` is false where `state` is empty for every record.
    """

    tells_states: bool

    def rows(self, handles: Sequence[Handle]) -> list[PlacedRows]:
        """Read records beside one another: those of one shape, with their places among all.

        Rows hold what `read` gives, for records of which it notes nothing. What stands in none of
        them has to be read by itself.
        """


class Asked(NamedTuple):
    """What is asked about records: their bodies, and on which lines findings are."""

    bodies: bool = False
    lines: bool = True


class Elsewhere(Protocol):
    """Does the chunks of a run in the place of processes here: a cluster."""

    def __call__(
        self, work: Callable[[Sequence[Handle]], Made], chunks: Iterable[Sequence[Handle]]
    ) -> Generator[Made, None, None]:
        """Give what is made of each chunk, in their order."""


class Joiner(Protocol):
    """Sees everything that was made, in source order, then writes the output."""

    def add(self, made: Any, note: Note) -> None:
        """Take what was made of one record."""

    def add_rows(self, made: Any, noting: NoteOf) -> None:
        """Take what was made of records together; `noting` gives the way to note about each."""

    def finish(self, out: BinaryIO, note: Note, watch: Watch = unwatched) -> None:
        """Write the output; `watch` is told how far that is."""

    def finish_in_place(self, note: Note, watch: Watch = unwatched) -> None:
        """Let the scratch file be the output."""

    def finish_parts(
        self,
        opened: Callable[[int], AbstractContextManager[BinaryIO]],
        size: int,
        note: Note,
        watch: Watch = unwatched,
    ) -> None:
        """Write the output as whole files of at most `size` bytes; UsageError if that can't be."""


class EncodesRows(Protocol):
    """A format whose records can also be encoded beside one another."""

    def encode(self, post: Post, note: Note) -> Any:
        """Make what the joiner needs of one record: pure, for any process."""

    def encode_rows(self, rows: Rows, note: NoteRows) -> Any:
        """Make what the joiner needs of all of them; None where each has to be encoded by itself.

        Raises OddRows for those that have to be by themselves where the others needn't.
        """

    def woven(self, made: Sequence[Any], order: Sequence[tuple[int, int]]) -> Any:
        """Make one of what was made of several rows; `order` names part and row, one by one."""


class FileWriter(EncodesRows, Protocol):
    """A format of one file."""

    def joiner(self, spool: BinaryIO, known: Head) -> Joiner:
        """Make the object that joins; its scratch file can be read and written anywhere."""


class FolderJoiner(Protocol):
    """Writes what was made of each record into a folder, in source order; a context manager."""

    def __enter__(self) -> Self:
        """Learn what earlier runs wrote."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close what is open."""

    def add(self, made: Any, note: Note) -> Action:
        """Write one record and say what became of it."""

    def add_rows(self, made: Any) -> bool:
        """Create what was made of records together; false, and nothing done, if each must be added.

        That is so where `add` would note anything, or something stands where it is to be.
        """

    def actions(self, made: Any, seen: Iterable[Seen]) -> Iterator[Action]:
        """Give the actions of records that were created together."""

    def finish(self, note: Note) -> Iterator[Action]:
        """Write what is no record; give an action for each record that was removed."""


class Memory(Protocol):
    """Knows what an earlier run made of records, by the states in which it read them."""

    def recall(self, path: str, state: str) -> Unread | None:
        """Give what would come of a record that is in this state; None where it is to be read."""

    def keep(self, made: Any, state: str, seen: Seen, findings: Sequence[Finding]) -> None:
        """Lay all that came of a record up with what was made of it, if that may be."""


class FolderEncoder(Memory, EncodesRows, Protocol):
    """Encodes as the writer does, sooner where a record's file stands in the folder already."""


class FolderWriter(Protocol):
    """A format of many files."""

    def encode(self, post: Post, note: Note) -> Any:
        """Make what the joiner needs of one record: pure, for any process."""

    def encoder(self, root: Path) -> FolderEncoder:
        """Give what does the same, knowing what stands below `root` already."""

    def joiner(self, root: Path, known: Head) -> FolderJoiner:
        """Make the object that writes below `root`."""


class LiveWriter(Protocol):
    """A live site: decides about records, then does exactly what was decided."""

    def expect(self, posts: Iterable[Post]) -> None:
        """Look at the records of files of many before any decision, if it matters to one."""

    def decide(self, posts: Sequence[Post], wait: Wait) -> list[tuple[Action, Decision] | None]:
        """Decide about records; reads only. None for one that has to wait for another."""

    def planned_terms(self) -> list[Action]:
        """Give the terms that the plan would create."""

    def planned_media(self) -> list[Action]:
        """Give the files that the plan would upload, besides those that are records."""

    def planned_options(self) -> list[Action]:
        """Give what becomes of the site's options, once it is decided about every record."""

    def planned_ways(self) -> Mapping[str, Counter[str]]:
        """Give by which way the plan sends which fields, each with the number of its records."""

    def gone(self, *, whole: bool) -> list[tuple[Action, Decision]]:
        """Give what to remove since its record is gone; `whole` if no record was left out."""

    def remove(self, planned: Sequence[tuple[Action, Decision]]) -> Iterator[Action]:
        """Remove what is gone, giving each action when it is done."""

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided about each record, giving its action when it is done, in order."""

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record, giving what is no record's own action."""


class Report(Protocol):
    """Takes what a run has to say; `wants_bodies` where it shows whole posts."""

    wants_bodies: bool

    def record(self, seen: Seen) -> None:
        """Take one record, after what was found while it was read, before its action."""

    def finding(self, finding: Finding) -> None:
        """Take one finding."""

    def action(self, action: Action) -> None:
        """Take one action."""
