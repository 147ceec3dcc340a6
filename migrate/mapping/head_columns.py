"""Heads of records beside one another: each kind of them has a format, and columns fill it.

It gives what a HeadWriter gives of each record. What it writes of one record of each kind is held
against that, and so are all fields that no column has; of those that one has, each value is spelled
and proven as a HeadWriter does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from migrate.mapping.head_writer import HeadWriter
from migrate.mapping.plans import MOST_KEPT, Refused
from migrate.model.post import Post, TermRef
from migrate.model.rows import OddRows, Rows, name_of
from migrate.syntax.post_files import Place
from migrate.syntax.spyc_dump import ALL

_Name = tuple[bytes, Place, tuple[str, ...], tuple[str, ...]]
"""A kind, where its files are, and the names of columns and metas."""


class HeadColumns:
    """Writes the heads of one shape."""

    def __init__(self, writer: HeadWriter) -> None:
        """Take what writes each of them."""
        self._keys = writer.keys
        self._metas = writer.metas
        self._plan = writer.plan
        self._of_terms = [key.write for key in writer.keys if key.is_of_terms]
        fields = [key.column for key in writer.keys if key.column]
        self._fields = frozenset([*fields, "terms"] if self._of_terms else fields)
        self._lists: dict[tuple[TermRef, ...], tuple[str, ...]] = {}
        self._formats: dict[_Name, str | None] = {}

    def write(self, rows: Rows, place: Place, exact: Callable[[Post], str]) -> list[str]:
        """Give the heads of records whose files are at one place and state their slugs.

        `exact` gives the head of one record, or raises Refused. Raises OddRows for those that can't
        be written with the others, Refused where none can.
        """
        rows = rows.with_columns(self._fields | {"slug"})
        spelled = self._spelled(rows)
        texts = list(zip(*spelled, strict=True)) if spelled else [()] * len(rows)
        names = _names(rows, place)
        if len(self._formats) + len(names) > MOST_KEPT:
            self._formats.clear()
        for kind, name in names.items():
            if name not in self._formats:
                at = rows.kind_of.index(kind)
                self._formats[name] = self._proven(rows, at, texts[at], exact)
        found = {kind: self._formats[name] for kind, name in names.items()}
        formats = {kind: made for kind, made in found.items() if made is not None}
        if len(formats) < len(found):
            raise OddRows([row for row, kind in enumerate(rows.kind_of) if kind not in formats])
        return [formats[kind] % text for kind, text in zip(rows.kind_of, texts, strict=True)]

    def _spelled(self, rows: Rows) -> list[Sequence[object]]:
        """Give what stands in the place of each column; several may have the same values."""
        found: list[Sequence[object]] = []
        known: list[tuple[Sequence[object], Sequence[object]]] = []  # as they are in lists
        odd: set[int] = set()
        lists = self._entries(rows.columns["terms"], odd) if "terms" in rows.columns else iter(())
        for key in self._keys:
            if key.is_of_terms:
                found += islice(lists, 1)
            elif key.spelled and key.column in rows.columns:
                values = rows.columns[key.column]
                spelled = _unless_odd(key.spelled, values, odd)
                found.append(spelled)
                if {str(one)[:1] for one in spelled} == {"'"}:
                    known.append((values, spelled))  # quoted, which no margin changes
        for _, values in rows.metas:
            same = next((spelled for said, spelled in known if said == values), None)
            found.append(same or _unless_odd(self._metas.items.write_all, values, odd))
            known.append((values, found[-1]))
        if odd:
            raise OddRows(odd)
        return found

    def _entries(self, terms: Sequence[Any], odd: set[int]) -> Iterator[Sequence[str]]:
        """Give the entries of lists of terms, for each key that has some of them."""
        if len(self._lists) > MOST_KEPT:
            self._lists.clear()
        each = list(map(tuple, terms))
        for row, held in enumerate(each):
            if held not in self._lists:
                try:
                    self._lists[held] = self._proven_entries(held)
                except Refused:
                    odd.add(row)
        if odd:
            raise OddRows(odd)
        return iter(list(zip(*map(self._lists.__getitem__, each), strict=True)))

    def _proven_entries(self, terms: tuple[TermRef, ...]) -> tuple[str, ...]:
        """Give the entries of one list; Refused where a reader doesn't find it in them."""
        post, back = Post(terms=[*terms]), Post()
        entries = tuple([write(post, back)[0] for write in self._of_terms])
        if back.terms != post.terms:
            raise Refused
        return entries

    def states(self, field: str) -> bool:
        """Tell whether a key says a field in which records may differ."""
        return field in self._fields

    def _proven(
        self, rows: Rows, at: int, texts: tuple[object, ...], exact: Callable[[Post], str]
    ) -> str | None:
        """Give the format of a row's kind; None where there is none."""
        try:
            made = self._format(rows.kinds[rows.kind_of[at]], rows)
            return made if made % texts == exact(rows.post(at)) else None
        except Refused:
            return None

    def _format(self, kind: Post, rows: Rows) -> str:
        """Give a format; Refused where its own texts don't tell which generation spelled it."""
        back = Post()
        pieces: list[str] = []
        spelled = ALL
        for key in self._keys:
            if key.is_of_terms and "terms" in rows.columns:
                pieces.append("%s")
                continue
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


def _names(rows: Rows, place: Place) -> dict[int, _Name]:
    """Give what stands for each kind of which there is a row, and for what its format depends on.

    Raises Refused for a kind that has no name.
    """
    said = place, tuple(rows.columns), tuple(key for key, _ in rows.metas)
    names = {at: name_of(rows.kinds[at]) for at in dict.fromkeys(rows.kind_of)}
    known = {at: (name, *said) for at, name in names.items() if name is not None}
    if len(known) < len(names):
        raise Refused
    return known


def _unless_odd(
    spell: Callable[[Sequence[Any]], Sequence[object]], values: Sequence[Any], odd: set[int]
) -> Sequence[object]:
    """Give values as they are spelled; nothing, and which are odd, where not all of them can be."""
    try:
        return spell(values)
    except OddRows as found:
        odd.update(found.rows)
        return ()


def _literal(text: str) -> str:
    """Give a text as it stands in a format."""
    return text.replace("%", "%%")
