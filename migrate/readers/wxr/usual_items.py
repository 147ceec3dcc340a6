"""Items read beside one another: the first of a shape teaches what others of it have in common.

What is refused is tried once more in halves, so one odd item among usual ones takes few with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from migrate.model.rows import PlacedRows, Rows
from migrate.model.settings import Handle
from migrate.readers.wxr import usual
from migrate.readers.wxr.alike import Alike
from migrate.readers.wxr.known import Known
from migrate.readers.wxr.split_items import SplitItems, split_items

_FEWEST: Final = 6
"""How many items it takes until it pays to read them beside one another."""

_MOST_BYTES: Final = 4 << 20
"""Items are read in pieces of the file that are no longer."""

_MOST_SHAPES: Final = 1024
_MOST_TRIES: Final = 4
"""How many items of a shape are tried as an example."""

Read = Callable[[int, int], bytes]
"""Gives a range of a part's bytes."""

Place = Callable[[int, int | None, str], int | None]
"""Gives the line of a field, by the place of its item, and its own in there if that is known."""

_Shape = tuple[bool, str, int, int, tuple[str, ...]]
"""Whether terms stand apart, what stands before the title, how many lines, the keys of metas."""


class UsualItems:
    """Knows the shapes that it has seen."""

    def __init__(self, known: Known) -> None:
        """Take what is known of the source."""
        self._known = known
        self._shapes: dict[_Shape, Alike | int] = {}  # or how many examples were of no use
        self._last: Alike | None = None

    def rows(self, read: Read, handles: Sequence[Handle], line_of: Place) -> list[PlacedRows]:
        """Read items of a usual document beside one another, with their places among all.

        What is in none of them is for `usual.read` or item.py.
        """
        return list(self._cut(read, handles, 0, line_of))

    def _cut(
        self, read: Read, handles: Sequence[Handle], first: int, line_of: Place
    ) -> Iterator[PlacedRows]:
        """Read items, of which this is the first one's place; in halves where one is odd."""
        if len(handles) < _FEWEST:
            return
        start, end = handles[0].start, handles[-1].end
        if 0 < end - start <= _MOST_BYTES:
            spans = [(handle.start - start, handle.end - start) for handle in handles]
            data = read(start, end)
            items = split_items(data, spans) if len(data) == end - start else None
            if items and (found := self._like_the_last(items, first, line_of)):
                yield found
                return
            if items and items.may_have_terms:
                items = items.without_terms()
            if items:
                yield from self._in_shapes(items, first, line_of)
                return
        half = len(handles) // 2
        yield from self._cut(read, handles[:half], first, line_of)
        yield from self._cut(read, handles[half:], first + half, line_of)

    def _in_shapes(self, items: SplitItems, first: int, line_of: Place) -> Iterator[PlacedRows]:
        if items.terms and (found := self._like_the_last(items, first, line_of)):
            yield found
            return
        groups: dict[_Shape, list[int]] = {}
        for at in range(len(items)):
            groups.setdefault(_shape(items, at), []).append(at)
        self._last = None
        for shape, places in groups.items():
            if len(places) >= _FEWEST and (alike := self._alike(shape, items, places[0])):
                self._last = alike if len(groups) == 1 else None
                yield from _in_halves(alike, items, places, first, line_of)

    def _like_the_last(self, items: SplitItems, first: int, line_of: Place) -> PlacedRows | None:
        """Read items as long as all are of one shape."""
        last, places = self._last, range(first, first + len(items))
        if last is None or last.terms_apart != (items.terms is not None):
            return None
        rows = _read(last, items, places, line_of)
        return (places, rows) if rows else None

    def _alike(self, shape: _Shape, items: SplitItems, example: int) -> Alike | None:
        """Give what items of a shape have in common, learned from this one if need be."""
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        known = self._shapes.get(shape, 0)
        if isinstance(known, Alike) or known >= _MOST_TRIES:
            return known if isinstance(known, Alike) else None
        found = usual.read(items.item(example), self._known)
        learned = Alike.learn(found, items.some([example]), self._known) if found else None
        self._shapes[shape] = learned or known + 1
        return learned


def _in_halves(
    alike: Alike, items: SplitItems, places: Sequence[int], first: int, line_of: Place
) -> Iterator[PlacedRows]:
    if len(places) < _FEWEST:
        return
    some = items.some(places)
    among = [first + at for at in places]
    if rows := _read(alike, some, among, line_of):
        yield among, rows
        return
    half = len(places) // 2
    yield from _in_halves(alike, items, places[:half], first, line_of)
    yield from _in_halves(alike, items, places[half:], first, line_of)


def _read(alike: Alike, items: SplitItems, places: Sequence[int], line_of: Place) -> Rows | None:
    def line(row: int, field: str) -> int | None:
        return line_of(places[row], alike.place(items, row, field), field)

    return alike.rows(items, line)


def _shape(items: SplitItems, at: int) -> _Shape:
    head, tail = items.texts[2 * at : 2 * at + 2]
    start, is_path, rest = head.partition("<title>")[0].partition('"path":"')
    keys = [part.partition("</wp:meta_key>")[0] for part in tail.split("<wp:meta_key>")[1:]]
    said = start + rest[rest.find('"') :] if is_path else start
    return items.terms is not None, said, head.count("\n"), tail.count("\n"), tuple(keys)
