"""A chunk whose records are read and encoded beside one another, where reader and encoder can.

What stands in no rows, and rows of which the encoder can't make anything together, go one by one.
The same comes out; that is what the reader's and the encoder's promises say (migrate/stages.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, Generic

from msgspec import Struct, field
from msgspec.structs import replace

from migrate.chunk import one_by_one
from migrate.chunk.one_by_one import Made, Result
from migrate.mapping.advice import advise, advise_rows
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.reading import Reading
from migrate.model.rows import NoteRows, OddRows, PlacedRows, Rows
from migrate.model.seen import Seen
from migrate.model.settings import Handle
from migrate.rewrite.publicity import is_public
from migrate.stages import Asked, EncodesRows, ReadsRows

_HIDING: Final = frozenset(("status", "password"))
"""Fields on which it depends whether visitors see a record."""


_FEWEST: Final = 4
"""How many rows that can't be with the others it takes until it pays to try them by themselves."""


class Together(Struct, Generic[Made]):
    """What came of records beside one another: something made of all of them, and what was found.

    The first of them is the one with the handle `start` of the source; `types` are their types. A
    finding names the rows that it is about, in each of which it is the same but for its place.
    `seen` has the records as the reports show them, and `lines` for each finding those of its rows;
    both are empty where nobody reports.
    """

    start: int
    made: Made
    types: list[str]
    findings: list[tuple[Finding, Sequence[int]]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    lines: list[list[int | None]] = field(default_factory=list)

    def found_in(self, row: int) -> set[tuple[str, str]]:
        """Give the codes of what was found in one of them, each with its field."""
        return {(finding.code, finding.field) for finding, rows in self.findings if row in rows}

    def each(self) -> Iterator[tuple[Seen, list[Finding]]]:
        """Give each record that was seen, with its findings in their places."""
        of_row: list[list[Finding]] = [[] for _ in self.seen]
        for (finding, rows), lines in zip(self.findings, self.lines, strict=True):
            for row, line in zip(rows, lines, strict=True):
                seen = self.seen[row]
                of_row[row].append(
                    replace(finding, path=seen.path, record=seen.ref, line=line, placed=True)
                )
        yield from zip(self.seen, of_row, strict=True)


class AdvisedRows(Struct, Generic[Made], frozen=True):
    """Encodes, also rows, and notes what a rewrite that nobody asked for would mend."""

    encoder: EncodesRows
    to_wordpress: bool = True

    def __call__(self, post: Post, note: Note) -> Any:
        """Look at the record, then encode it."""
        advise(post, note, to_wordpress=self.to_wordpress)
        return self.encoder.encode(post, note)

    def rows(self, rows: Rows, note: NoteRows) -> Any:
        """Look at the records, then encode them; None where each has to be encoded by itself."""
        advise_rows(rows, note, to_wordpress=self.to_wordpress)
        return self.encoder.encode_rows(rows, note)


def process(
    reader: ReadsRows, encode: AdvisedRows[Made], handles: Sequence[Handle], asked: Asked
) -> list[Result[Made] | Together[Made]]:
    """Turn a chunk of handles into results, in their order, as `one_by_one.process` does."""
    parts: list[Together[Made]] = []
    part_at: dict[int, tuple[int, int]] = {}  # a handle's place → which part, and which row of it
    singles: dict[int, Result[Made]] = {}
    for places, rows, part in _parts(reader.rows(handles), handles, encode, asked):
        if part:
            part_at.update((at, (len(parts), row)) for row, at in enumerate(places))
            parts.append(part)
        else:
            named = [handles[at] for at in places]
            each = one_by_one.process(_Held(rows), encode, named, asked)
            singles.update(zip(places, each, strict=True))
    alone = [at for at in range(len(handles)) if at not in part_at and at not in singles]
    each = one_by_one.process(reader, encode, [handles[at] for at in alone], asked)
    singles.update(zip(alone, each, strict=True))
    results: list[Result[Made] | Together[Made]] = []
    start = 0
    for at in [*sorted(singles), len(handles)]:
        if at > start:
            order = [part_at[place] for place in range(start, at)]
            results.append(_woven(parts, order, start, encode))
        results += [singles[at]] if at in singles else []
        start = at + 1
    return results


def _parts(
    ahead: list[PlacedRows],
    handles: Sequence[Handle],
    encode: AdvisedRows[Made],
    asked: Asked,
) -> Iterator[tuple[Sequence[int], Rows, Together[Made] | None]]:
    """Give what comes of rows, with their places; None for those that have to go one by one."""
    while ahead:
        places, rows = ahead.pop()
        try:
            part = _encoded(rows, [handles[at] for at in places], encode, asked)
        except OddRows as found:
            part = None
            odd = sorted(found.rows)
            if len(odd) < len(rows):
                even = [row for row in range(len(rows)) if row not in found.rows]
                ahead.append(([places[row] for row in even], rows.chosen(even)))
                places, rows = [places[row] for row in odd], rows.chosen(odd)
                if len(odd) >= _FEWEST:
                    ahead.append((places, rows))
                    continue
        yield places, rows, part


class _Held:
    """Gives the records of rows one after the other, as they would be read."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._left = iter(range(len(rows)))

    def state(self, handle: Handle) -> str:
        """Give nothing: they are read already."""
        del handle
        return ""

    def read(self, handle: Handle, note: Note) -> Reading:
        """Give the next one."""
        del handle, note
        at = next(self._left)
        return Reading(self._rows.post(at), line_of=partial(self._rows.line_of, at))


def _encoded(
    rows: Rows, handles: Sequence[Handle], encode: AdvisedRows[Made], asked: Asked
) -> Together[Made] | None:
    """Encode rows; None where they can't be together, OddRows where only some of them can't."""
    findings: list[tuple[Finding, Sequence[int]]] = []
    made = encode.rows(rows, lambda finding, places: findings.append((finding, places)))
    if made is None:
        return None
    types = [kind or "post" for kind in rows.column("type")]
    result: Together[Made] = Together(0, made, types, findings)
    if asked.lines:
        result.seen = _seen(rows, handles)
        result.lines = [
            [rows.line_of(row, finding.field) for row in places] for finding, places in findings
        ]
    return result


def _woven(
    parts: Sequence[Together[Made]],
    order: Sequence[tuple[int, int]],
    start: int,
    encode: AdvisedRows[Made],
) -> Together[Made]:
    """Give records that follow one another, which are these rows of these parts."""
    if len(parts) == 1 and len(order) == len(parts[0].types):
        parts[0].start = start
        return parts[0]
    place = {one: at for at, one in enumerate(order)}
    made = encode.encoder.woven([part.made for part in parts], order)
    whole: Together[Made] = Together(start, made, [parts[p].types[row] for p, row in order])
    for number, part in enumerate(parts):
        for at, (finding, rows) in enumerate(part.findings):
            here = [(place[number, row], n) for n, row in enumerate(rows) if (number, row) in place]
            if here:
                whole.findings.append((finding, [row for row, _ in here]))
                whole.lines += [[part.lines[at][n] for _, n in here]] if part.lines else []
    if any(part.seen for part in parts):
        whole.seen = [parts[p].seen[row] for p, row in order]
    return whole


def _seen(rows: Rows, handles: Sequence[Handle]) -> list[Seen]:
    titles, refs = rows.column("title"), rows.refs()
    rows = rows.with_columns(rows.columns.keys() - _HIDING)
    public = [is_public(kind, "title") for kind in rows.kinds]
    return [
        Seen(handle.path, ref, title or "", public[kind])
        for handle, ref, title, kind in zip(handles, refs, titles, rows.kind_of, strict=True)
    ]
