"""Files of records that were such a file before and still are: proven by reading what was written.

A record that came from front matter of the dialect, through any other form, mostly goes back into
it unchanged. Its head is written straight from its fields, each entry read again: where that gives
this very record, nothing is unsaid, filled in or kept, and the file has its old name. Any other
record is for encode.py, and so is the first one of each shape, against which the way is tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple, TypeVar

from msgspec.structs import replace

from migrate.mapping.dialect import Dialect
from migrate.mapping.head_columns import HeadColumns
from migrate.mapping.head_writer import HeadWriter
from migrate.mapping.plans import Refused
from migrate.model.post import Meta, Post
from migrate.model.rows import OddRows, Rows
from migrate.output.names import are_safe, is_safe
from migrate.syntax import frontmatter, heads, spyc_fast
from migrate.syntax.post_files import Place, are_at, are_readable, is_readable, place_of
from migrate.writers.posts.shown_terms import taxonomies_of

_Same = TypeVar("_Same")

_Shape = tuple[str, tuple[str, ...], tuple[str, ...] | None, tuple[str, ...]]
"""What a record's keys follow from: the generation of the tool, the keys that it hadn't, and what
terms and metas the record has."""

_MOST_SHAPES: Final = 1024


class _Known(NamedTuple):
    """What writes the heads of a shape, one by one and beside one another."""

    writer: HeadWriter
    in_columns: HeadColumns


class UsualFiles:
    """Knows the plans of the shapes that it has seen. Can be pickled, and then knows none."""

    def __init__(self, dialect: Dialect) -> None:
        """Make one for a dialect."""
        self._dialect = dialect
        self._known: dict[_Shape, _Known | None] = {}

    def __reduce__(self) -> tuple[type[UsualFiles], tuple[Dialect]]:
        return UsualFiles, (self._dialect,)

    def data(self, post: Post) -> bytes | None:
        """Give the file of a record at its old path; None for encode.py."""
        known = self._known.get(_shape(post)) if self._may_be(post) else None
        if known is None:
            return None
        try:
            return self._file(self._dialect.write_planned(known.writer, post), post)
        except Refused:
            return None

    def rows(self, rows: Rows) -> list[bytes] | None:
        """Give the files that `data` gives of records; None where it has to be asked for each.

        Raises OddRows where only some of them can't be with the others.
        """
        rows = rows.with_columns(rows.columns.keys() - {"meta"})
        shape = self._shape_of(rows)
        known = shape and self._known.get(shape)
        if known is None or not known.in_columns.states("date"):
            return None
        place = self._place_of(rows)
        odd = self._dialect.odd_paths(rows, with_slugs=not known.in_columns.states("slug"))
        if odd is None:
            return None
        if odd:
            raise OddRows(odd)
        exact = partial(self._dialect.write_planned, known.writer)
        try:
            heads = known.in_columns.write(rows, place, exact)
            return frontmatter.join_all(heads, rows.contents)
        except (Refused, UnicodeEncodeError):
            return None

    def knows(self, rows: Rows) -> bool:
        """Tell whether it is known if there are plans for records like the first of these."""
        return _shape(rows.post(0)) in self._known

    def learn(self, post: Post, data: bytes) -> None:
        """Take the file that encode.py made of a record as an example of its shape."""
        shape = _shape(post)
        if shape in self._known or not self._may_be(post):
            return
        head = heads.cut(self._dialect.spelling, data)
        entries = spyc_fast.entries(head.text) if head else []
        if not entries or entries[-1][3]:
            return
        keys = {key: bool(lines) for key, _, lines, _ in entries}
        if len(keys) < len(entries):
            return
        if len(self._known) >= _MOST_SHAPES:
            self._known.clear()
        writer = self._dialect.head_writer(keys, post)
        self._known[shape] = _Known(writer, HeadColumns(writer)) if writer else None
        if self.data(post) != data:
            self._known[shape] = None

    def _may_be(self, post: Post) -> bool:
        """Tell whether nothing stands against it that shows at once."""
        path = post.provenance.path
        return bool(
            self._is_ours(post)
            and path
            and post.content is not None
            and is_safe(path)
            and is_readable(path, self._dialect.skip_folders)
        )

    def _is_ours(self, post: Post) -> bool:
        said = post.provenance
        return said.dialect == self._dialect.name and said.spelling.keys() <= {"absent"}

    def _shape_of(self, rows: Rows) -> _Shape | None:
        """Give the shape of records; OddRows for those of another than most have."""
        keys = [Meta(key, "") for key, _ in rows.metas]
        shapes = [
            _shape(replace(kind, meta=keys) if keys else kind) if self._is_ours(kind) else None
            for kind in rows.kinds
        ]
        each = [shapes[kind] for kind in rows.kind_of]
        if "terms" in rows.columns:
            taxonomies = map(taxonomies_of, rows.columns["terms"])
            each = [
                shape and (*shape[:2], terms, shape[3])
                for shape, terms in zip(each, taxonomies, strict=True)
            ]
        return _most(each)

    def _place_of(self, rows: Rows) -> Place:
        """Give folder and ending of files; OddRows for those elsewhere, or where none may be."""
        paths, skipped = rows.paths, self._dialect.skip_folders
        place = place_of(paths[0])
        if not are_at(place, paths):
            place = _most(list(map(place_of, paths)))
        if not (are_safe(paths) and are_readable(paths, skipped)):
            each = enumerate(paths)
            raise OddRows([at for at, p in each if not (is_safe(p) and is_readable(p, skipped))])
        return place

    @staticmethod
    def _file(head: str, post: Post) -> bytes | None:
        body = post.content or b""
        try:
            return frontmatter.join(frontmatter.usual(body), head.encode(), body)
        except UnicodeEncodeError:
            return None


def _most(each: Sequence[_Same]) -> _Same:
    """Give what most rows have; OddRows for all others."""
    ((most, count),) = Counter(each).most_common(1)
    if count < len(each):
        raise OddRows([at for at, one in enumerate(each) if one != most])
    return most


def _shape(post: Post) -> _Shape:
    said = post.provenance
    metas = tuple(dict.fromkeys([row.key for row in post.meta or ()]))
    absent = tuple(said.spelling.get("absent", ()))
    return said.variant, absent, taxonomies_of(post.terms), metas
