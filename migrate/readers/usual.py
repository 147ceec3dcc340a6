"""Posts whose head their tool wrote, read by plans: each question about a shape is asked once.

The first post of a shape is read the long way; its plan is kept only if it gives the same record.
After that a head costs one regex and a step for each key; what comes often gets a regex of its own,
which takes the whole head at once. Whatever a plan refuses, a file with
another frame, a text that isn't spelled as the tool spells it, is read the long way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from migrate.mapping.dialect import Dialect
from migrate.mapping.plan_rows import PlanRows
from migrate.mapping.plans import Plan, Refused
from migrate.model.finding import Finding, Note
from migrate.model.post import Meta, Post
from migrate.model.rows import PlacedRows, Rows
from migrate.syntax import frontmatter, spyc_fast
from migrate.syntax.heads import LONGEST_HEAD, Head, holds_key
from migrate.syntax.post_files import Place, are_at, place_of, suffix

_CR: Final = 0x0D
_OPENING: Final = b"---\n"
_CLOSING: Final = b"\n---"
_FRAME: Final = frontmatter.usual(b"text")
_FRAME_ALONE: Final = frontmatter.usual(b"")
_MOST_SHAPES: Final = 1024
_RST: Final = ".rst"
"""In such files a line of dashes may be the mark over a title."""

_OFTEN: Final = 32
"""How many heads of a shape it takes until a regex for it pays."""

_MOST_OFTEN: Final = 8
"""How many shapes of one place have a regex: each is tried on a head until one takes it."""

_FEWEST: Final = 4
"""How many files of a shape it takes until it pays to read them beside one another."""

_TRIES: Final = 4
"""After how many chunks of too many kinds of records no further one is tried."""

MOST_BYTES: Final = 4 << 20
"""How long files that stand beside one another may be in all: they are held more than once."""

LineOf = Callable[[Dialect, Head, str, Sequence[Meta]], int | None]
"""Gives the line of a field, given the record's metas."""

_Entries = Sequence[tuple[str, str, str, str]]
"""What `spyc_fast.entries` gives."""

_Shape = tuple[Place, tuple[str, ...], tuple[bool, ...]]
"""Place, keys, and whether each holds a list."""


class _Known(Struct):
    """What is known of a shape, and how many heads of it came since no regex was for them.

    `refused` is how often in succession its plan wasn't for rows.
    """

    dialect: Dialect
    plan: Plan
    in_rows: PlanRows
    heads: int = 0
    refused: int = 0


_Often = tuple[re.Pattern[str], _Known]
"""A shape of which many heads came, with the regex for them."""

_Match = tuple[int, Sequence[str] | None]
"""Which of the shapes a head has, and what stands under its keys."""

_NO_MATCH: Final[_Match] = (-1, None)

_Found = tuple[int, Head, Sequence[str]]
"""A file by its place among others, its head, and what that says."""


class Usual(NamedTuple):
    """A record, its dialect and its head."""

    post: Post
    dialect: Dialect
    head: Head


class UsualPosts:
    """Knows the plans of the shapes that it has seen. Can be pickled, and then knows none."""

    def __init__(self) -> None:
        self._plans: dict[_Shape, _Known | None] = {}
        self._often: dict[Place, list[_Often]] = {}

    def __reduce__(self) -> tuple[type[UsualPosts], tuple[()]]:
        return UsualPosts, ()

    def read(self, path: str, data: bytes, note: Note) -> Usual | None:
        """Give the record of a file in UTF-8, without what stands beside it; None for others."""
        head = _cut(data)
        if head is None:
            return None
        place = place_of(path)
        oftens = self._often.get(place, [])
        known = None
        shape, said = _matched(oftens, head.text)
        if said is None:
            known, said = self._told_by_keys(place, head.text)
        else:
            known = oftens[shape][1]
        if known is None:
            return None
        try:
            post = known.dialect.decode_planned(known.plan, said, path, note)
        except Refused:
            return None
        post.content = head.body
        return Usual(post, known.dialect, head)

    def rows(
        self, paths: Sequence[str], files: Sequence[bytes | None], line_of: LineOf
    ) -> list[PlacedRows]:
        """Read files in UTF-8 beside one another; what has no place in the rows needs `read`.

        None stands for a file that isn't to be read here; `line_of` gives the line of a field in a
        head.
        """
        place = place_of(paths[0])
        of_shape: dict[int, list[_Found]] = {}
        oftens = [one for one in self._often.get(place, []) if one[1].refused < _TRIES]
        here = are_at(place, paths)
        for at, data in enumerate(files if oftens else ()):
            head = _cut(data) if data and (here or place_of(paths[at]) == place) else None
            shape, said = _matched(oftens, head.text) if head else _NO_MATCH
            if head and said is not None:
                of_shape.setdefault(shape, []).append((at, head, said))
        rows = [
            _in_rows(oftens[shape][1], found, paths, line_of)
            for shape, found in of_shape.items()
            if len(found) >= _FEWEST
        ]
        return [placed for placed in rows if placed is not None]

    def _told_by_keys(self, place: Place, text: str) -> tuple[_Known | None, Sequence[str]]:
        """Give what is known of a head of this shape, and what stands under its keys."""
        entries = spyc_fast.entries(text)
        known = self._plans.get(_shape(place, entries)) if entries else None
        if known is None:
            return None, ()
        known.heads += 1
        if known.heads % _OFTEN == 0:
            shape = {key: bool(lines) for key, _, lines, _ in entries}
            others = [often for often in self._often.get(place, []) if often[1] is not known]
            oftens = [(spyc_fast.skeleton(shape), known), *others]
            self._often[place] = oftens[:_MOST_OFTEN]
        return known, [scalar or lines for _, scalar, lines, _ in entries]

    def learn(self, path: str, data: bytes, dialect: Dialect, post: Post) -> None:
        """Take a record that was read the long way, without a guess, as an example of its shape."""
        head = _cut(data)
        entries = spyc_fast.entries(head.text) if head else []
        if head is None or entries[-1][3] or suffix(path) == _RST:
            return
        shape = _shape(place_of(path), entries)
        lists = dict(zip(*shape[1:], strict=True))
        if shape in self._plans or len(lists) < len(entries) or _hides_key(entries):
            return
        if len(self._plans) >= _MOST_SHAPES:
            self._plans.clear()
        plan = dialect.plan(lists, post)
        self._plans[shape] = _Known(dialect, plan, PlanRows(plan)) if plan else None
        again = self.read(path, data, _ignore)
        if again is None or again.post != post:
            self._plans[shape] = None


def _matched(oftens: Sequence[_Often], text: str) -> _Match:
    """Give which of the shapes a head has, and what stands under its keys."""
    for at, (pattern, _) in enumerate(oftens):
        if found := pattern.fullmatch(text):
            return at, found.groups()
    return _NO_MATCH


def _in_rows(
    known: _Known, found: Sequence[_Found], paths: Sequence[str], line_of: LineOf
) -> PlacedRows | None:
    """Give the files of a shape as rows, without those that have to be read by themselves."""
    dialect, said = known.dialect, [groups for _, _, groups in found]
    planned = dialect.decode_rows(known.in_rows, said, [paths[at] for at, _, _ in found])
    known.refused = 0 if planned else known.refused + 1
    if planned is None:
        return None
    heads = [head for _, head, _ in found]
    metas = [Meta(key, "") for key, _ in planned.metas]
    rows = Rows(
        planned.kinds,
        planned.kind_of,
        planned.columns,
        planned.metas,
        [head.body for head in heads],
        [paths[at] for at, _, _ in found],
        lambda row, field: line_of(dialect, heads[row], field, metas),
    )
    places = [at for at, _, _ in found]
    if not planned.odd:
        return places, rows
    even = [row for row in range(len(rows)) if row not in planned.odd]
    return ([places[row] for row in even], rows.chosen(even)) if even else None


def _cut(data: bytes) -> Head | None:
    """Cut a file in the usual frame, as the tool writes it; None for any other."""
    end = data.find(_CLOSING, 3)
    if end < len(_OPENING) or not data.startswith(_OPENING):
        return None
    behind = end + len(_CLOSING)
    if behind == len(data):
        return _head(data[4 : end + 1], _FRAME_ALONE, b"")
    if behind + 1 == len(data) or data[behind : behind + 1] != b"\n":
        return None
    return _head(data[4 : end + 1], _FRAME, data[behind + 1 :])


def _head(text: bytes, frame: frontmatter.Frame, body: bytes) -> Head | None:
    if _CR in text or len(text) > LONGEST_HEAD:
        return None
    return Head("spyc", frame, text.decode("utf-8"), body)


def _shape(place: Place, entries: _Entries) -> _Shape:
    keys, _, lists, _ = zip(*entries, strict=True)
    return place, keys, tuple(map(bool, lists))


def _hides_key(entries: _Entries) -> bool:
    """Tell whether a line of a block looks like a key, which counts where a dialect is told."""
    for _, scalar, lines, _ in entries:
        block = scalar or lines
        if "\n " in block and holds_key(block):
            return True
    return False


def _ignore(_finding: Finding) -> None:
    pass
