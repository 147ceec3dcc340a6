"""Records beside one another: what differs from one to the next in columns, the rest said once.

What is done for each field of each record costs more than all that is done for a record as a whole.
So a column is looked through at once, and values that come again are thought of once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, msgpack
from msgspec.structs import replace

from migrate.model.finding import Finding, Note
from migrate.model.post import Meta, Post, RecordRef

MOST_KINDS: Final = 16
"""How many kinds of records a reader puts beside one another at most: what is done for each kind
has to pay."""


class OddRows(Exception):  # noqa: N818 - no failure: these go one by one
    """Of rows these can't be with the others; perhaps they can with one another."""

    def __init__(self, rows: Collection[int]) -> None:
        super().__init__(rows)
        self.rows = rows


NoteRows = Callable[[Finding, Sequence[int]], None]
"""Where a stage sends what it finds in rows, and in which: the same in each, without quotes."""


class Rows(Struct):
    """Records that state the same fields, at least one, in source order.

    `kinds` are records without what columns say, and `kind_of` says for each row which of them it
    is. `columns` are fields of Post with a value for each row, none of which is None; `metas` are
    keys with a value for each, in their order, where no kind has a meta. `contents` are bodies and
    `paths` what `Provenance.path` is. `line_of` gives the line on which a field of a row starts.
    """

    kinds: Sequence[Post]
    kind_of: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    metas: Sequence[tuple[str, Sequence[str]]]
    contents: Sequence[bytes]
    paths: Sequence[str]
    line_of: Callable[[int, str], int | None]

    def __len__(self) -> int:
        """Count the records."""
        return len(self.kind_of)

    def column(self, field: str) -> Sequence[Any]:
        """Give what a field holds in each row, be it that they differ in it or not."""
        stated = self.columns.get(field)
        if stated is not None:
            return stated
        by_kind = [getattr(kind, field) for kind in self.kinds]
        return [by_kind[kind] for kind in self.kind_of]

    def refs(self) -> list[RecordRef]:
        """Give the short names of the records."""
        named = map(self.column, ("type", "id", "slug"))
        return [
            RecordRef(kind or "", "" if number is None else str(number), slug or "")
            for kind, number, slug in zip(*named, strict=True)
        ]

    def post(self, at: int) -> Post:
        """Give the record of a row."""
        kind = self.kinds[self.kind_of[at]]
        said = kind.provenance
        post = replace(
            kind,
            content=self.contents[at],
            provenance=replace(said, path=self.paths[at], spelling={**said.spelling}),
            **{field: values[at] for field, values in self.columns.items()},
        )
        if post.terms is not None:
            post.terms = [*post.terms]
        if self.metas:
            post.meta = [Meta(key, values[at]) for key, values in self.metas]
        return post

    def with_columns(self, fields: Collection[str]) -> Rows:
        """Give the same with columns of these fields only: what else differs makes further kinds.

        Metas stay columns.
        """
        others = [field for field in self.columns if field not in fields]
        if not others:
            return self
        said = zip(self.kind_of, *map(self.columns.__getitem__, others), strict=True)
        named = [
            tuple(tuple(value) if isinstance(value, list) else value for value in row)
            for row in said
        ]
        place = {name: at for at, name in enumerate(dict.fromkeys(named))}
        kind_of = [place[name] for name in named]
        kinds = [
            replace(
                self.kinds[self.kind_of[row]],
                **{field: self.columns[field][row] for field in others},
            )
            for row in map(kind_of.index, place.values())
        ]
        columns = {field: self.columns[field] for field in self.columns if field in fields}
        return replace(self, kinds=kinds, kind_of=kind_of, columns=columns)

    def chosen(self, rows: Sequence[int]) -> Rows:
        """Give some of the rows."""
        line_of = self.line_of
        return Rows(
            self.kinds,
            [self.kind_of[row] for row in rows],
            {field: [values[row] for row in rows] for field, values in self.columns.items()},
            [(key, [values[row] for row in rows]) for key, values in self.metas],
            [self.contents[row] for row in rows],
            [self.paths[row] for row in rows],
            lambda row, field: line_of(rows[row], field),
        )


def name_of(kind: Post) -> bytes | None:
    """Give what stands for a kind, whatever the path; None for one that msgpack can't hold."""
    try:
        return msgpack.encode(replace(kind, provenance=replace(kind.provenance, path="")))
    except (UnicodeEncodeError, OverflowError, TypeError):
        return None


NoteOf = Callable[[int, RecordRef], Note]
"""Gives the way to note something about a record, by its row and its short name."""

PlacedRows = tuple[Sequence[int], Rows]
"""Rows, with the place of each among the records of a chunk, in source order."""
