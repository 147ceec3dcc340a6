"""Heads of records beside one another: each kind of them has a format, and columns fill it.

It gives what a HeadWriter gives of each record. What it writes of one record of each kind is held
against that, and so are all fields that no column has; of those that one has, each value is spelled
and proven as a HeadWriter does it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from msgspec import msgpack
from msgspec.structs import replace

from migrate.mapping.head_writer import HeadWriter
from migrate.mapping.plans import MOST_KEPT, Refused
from migrate.model.post import Post
from migrate.model.rows import OddRows, Rows
from migrate.syntax.post_files import Place
from migrate.syntax.spyc_dump import ALL


class HeadColumns:
    """Writes the heads of one shape."""

    def __init__(self, writer: HeadWriter) -> None:
        """Take what writes each of them."""
        self._keys = writer.keys
        self._metas = writer.metas
        self._plan = writer.plan
        self._fields = frozenset(key.column for key in writer.keys if key.column)
        self._formats: dict[bytes, str] = {}

    def write(self, rows: Rows, place: Place, exact: Callable[[Post], str]) -> list[str]:
        """Give the heads of records whose files are at one place and state their slugs.

        `exact` gives the head of one record, or raises Refused. Raises OddRows for those that can't
        be written with the others, Refused where none can.
        """
        rows = rows.with_columns(self._fields | {"slug"})
        spelled = self._spelled(rows)
        texts = list(zip(*spelled, strict=True)) if spelled else [()] * len(rows)
        formats = {
            kind: self._formats.get(name) or self._learned(name, kind, rows, texts, exact)
            for kind, name in _names(rows, place).items()
        }
        return [formats[kind] % text for kind, text in zip(rows.kind_of, texts, strict=True)]

    def _spelled(self, rows: Rows) -> list[Sequence[object]]:
        """Give what stands in the place of each column; several may have the same values."""
        found: list[Sequence[object]] = []
        known: list[tuple[Sequence[object], Sequence[object]]] = []  # as they are in lists
        for key in self._keys:
            if key.spelled and key.column in rows.columns:
                values = rows.columns[key.column]
                spelled = key.spelled(values)
                found.append(spelled)
                if {str(one)[0] for one in spelled} == {"'"}:
                    known.append((values, spelled))  # quoted, which no margin changes
        for _, values in rows.metas:
            same = next((spelled for said, spelled in known if said == values), None)
            known.append((values, same or self._metas.items.write_all(values)))
            found.append(known[-1][1])
        return found

    def states(self, field: str) -> bool:
        """Tell whether a key says a field in which records may differ."""
        return field in self._fields

    def _learned(
        self,
        name: bytes,
        kind: int,
        rows: Rows,
        texts: Sequence[tuple[object, ...]],
        exact: Callable[[Post], str],
    ) -> str:
        """Give the format of a new kind; OddRows, with all that are of it, where it has none."""
        at = rows.kind_of.index(kind)
        try:
            made = self._format(rows.kinds[kind], rows)
            is_exact = made % texts[at] == exact(rows.post(at))
        except Refused:
            is_exact = False
        if not is_exact:
            raise OddRows([row for row, one in enumerate(rows.kind_of) if one == kind])
        if len(self._formats) >= MOST_KEPT:
            self._formats.clear()
        self._formats[name] = made
        return made

    def _format(self, kind: Post, rows: Rows) -> str:
        """Give a format; Refused where its own texts don't tell which generation spelled it."""
        back = Post()
        pieces: list[str] = []
        spelled = ALL
        for key in self._keys:
            if key.column in rows.columns:
                pieces.append(f"{_literal(key.key)}: %s\n")
                continue
            entry, by = key.write(kind, back)
            pieces.append(_literal(entry))
            spelled &= by
        for name, each in groupby(key for key, _ in rows.metas):
            pieces.append(f"{_literal(name)}:\n" + "  - %s\n" * len([*each]))
        if not rows.metas:
            entries, by = self._metas.write(kind, back)
            pieces.append(_literal(entries))
            spelled &= by
        # What columns say is spelled by the kind's generation, and so are at most fewer left.
        self._plan.settle(back, spelled)
        if back.provenance.variant != kind.provenance.variant:
            raise Refused
        return "".join(pieces)


def _names(rows: Rows, place: Place) -> dict[int, bytes]:
    """Give what stands for each kind of which there is a row, and for what its format depends on.

    Raises Refused for what msgpack can't hold.
    """
    said = place, tuple(rows.columns), tuple(key for key, _ in rows.metas)
    kinds = {at: rows.kinds[at] for at in rows.kind_of}
    try:
        return {
            at: msgpack.encode((replace(kind, provenance=replace(kind.provenance, path="")), said))
            for at, kind in kinds.items()
        }
    except (UnicodeEncodeError, OverflowError, TypeError) as error:
        raise Refused from error


def _literal(text: str) -> str:
    """Give a text as it stands in a format."""
    return text.replace("%", "%%")
