"""Items of one shape as records beside one another: where one says other things than another.

Of their values as much is proven as usual.py proves of those of one item. Whatever isn't proven at
once for all of them is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from migrate.model.post import Meta
from migrate.model.rows import Rows
from migrate.readers.wxr import column_values, provenance
from migrate.readers.wxr.item_patterns import BODY_OPENS, ROW, TAG_OF, Row
from migrate.readers.wxr.kinds import Kinds
from migrate.readers.wxr.known import Known
from migrate.readers.wxr.split_items import SplitItems
from migrate.readers.wxr.template import PATH, Span, Template
from migrate.readers.wxr.usual import PATH_IN_JSON, Usual
from migrate.readers.wxr.usual_texts import Odd

LineOf = Callable[[int, str], int | None]
"""Gives the line of a field in a row."""

_VARYING: Final = (
    *("id", "title", "link", "slug", "date"),
    *("excerpt", "date_gmt", "modified", "modified_gmt", "guid", "attachment_url"),
)
"""Fields that are columns where records differ in them; all others make kinds of records."""

_ALWAYS: Final = frozenset(("id", "title", "link", "slug", "date"))
"""Those that are columns even where all say the same."""

_OTHER_DATES: Final = frozenset(("date_gmt", "modified", "modified_gmt"))
"""What mostly is what `date` is, which stands before them."""

_VALUE: Final = Row._fields.index("value") + 1
_PUB_DATE: Final = ("<pubDate>", "</pubDate>")
_REFUSED: Final = (*provenance.UNUSABLE, Odd)


class Alike:
    """What items of one shape have in common, learned from one of them."""

    def __init__(self, example: Usual, items: SplitItems, known: Known) -> None:
        """Take an item that usual.py read, and the same one split.

        Raises Odd, or one of provenance.UNUSABLE, where no others can be told from it.
        """
        if example.post.comments:
            raise Odd
        self._like, self._unset = example.post, example.filled.fields
        self._kinds = Kinds(example.post, example.filled, known)
        self._metas = [Meta(key, value) for key, value, _, _ in _metas(example)]
        self.terms_apart = items.terms is not None
        spans = [*_in_head(example), *_in_tail(example, items)]
        self._template = Template(items.text, _begins(example), spans)
        if self._rows(items, _nowhere).post(0) != example.post:
            raise Odd

    @classmethod
    def learn(cls, example: Usual, items: SplitItems, known: Known) -> Alike | None:
        """Give what items have in common with this one; None where that can't be told."""
        try:
            return cls(example, items, known)
        except _REFUSED:
            return None

    def rows(self, items: SplitItems, line_of: LineOf) -> Rows | None:
        """Read items, which have terms apart as the example has; None for what isn't like it."""
        try:
            return self._rows(items, line_of)
        except _REFUSED:
            return None

    def place(self, items: SplitItems, row: int, field: str) -> int | None:
        """Give where a field's element starts in its item; None where only reading it tells."""
        head, tail = items.texts[2 * row : 2 * row + 2]
        found = self._template.place(field, head, tail) if field in TAG_OF else None
        if found is None:
            return None
        at, is_behind = found
        return at + is_behind * (len(head.encode()) + len(BODY_OPENS) + len(items.bodies[row]))

    def _rows(self, items: SplitItems, line_of: LineOf) -> Rows:
        count, like = len(items), self._like
        said = self._template.columns(items.text, count)
        if said is None:
            raise Odd
        said.pop("pub_date", None)
        paths = said.pop(PATH, None)
        metas: list[tuple[str, Sequence[str]]] = []
        for at, (key, value) in enumerate(self._metas):
            texts = said.pop(f"meta.{at}", None)
            metas.append((key, column_values.metas(texts) if texts else [value] * count))
        columns, few = self._columns(said, count)
        if items.terms is not None and "terms" not in self._unset:
            few["terms"] = items.terms
        kinds, kind_of = self._kinds.tell(few, columns, count)
        return Rows(
            kinds,
            kind_of,
            columns,
            metas if like.meta is not None else [],
            items.bodies,
            column_values.paths(paths) if paths else [like.provenance.path] * count,
            line_of,
        )

    def _columns(
        self, said: dict[str, list[str]], count: int
    ) -> tuple[dict[str, Sequence[Any]], dict[str, Sequence[Any]]]:
        """Give the columns of fields, and what is said of those that make kinds."""
        read: dict[str, Sequence[Any]] = {}
        for name, texts in said.items():
            if name == "author":
                read[name] = list(map(self._kinds.author, texts))
            elif name in _OTHER_DATES and texts is said.get("date"):
                read[name] = read["date"]
            elif name in column_values.READ:
                read[name] = column_values.READ[name](texts)
            else:
                read[name] = texts
        read = {name: values for name, values in read.items() if name not in self._unset}
        columns: dict[str, Sequence[Any]] = {}
        for name in _VARYING:
            if name in read:
                columns[name] = read.pop(name)
            elif name in _ALWAYS and (value := getattr(self._like, name)) is not None:
                columns[name] = [value] * count
        return columns, read


def _in_head(example: Usual) -> Iterator[Span]:
    """Give the values before the body."""
    before = example.before
    text = before.string
    for name in before.re.groupindex:
        start, end = before.span(name)
        if start < 0:
            continue
        if name != "said":
            yield start, end, name
        elif found := PATH_IN_JSON.search(text, start, end):
            yield *found.span(1), PATH
    opening, closing = _PUB_DATE
    start = text.index(opening, before.end("link")) + len(opening)
    yield start, text.index(closing, start), "pub_date"


def _in_tail(example: Usual, items: SplitItems) -> Iterator[Span]:
    """Give the values behind the body, by where they stand in head and tail."""
    behind = example.behind
    offset = len(items.texts[0]) + 1
    for name in behind.re.groupindex:
        start, end = behind.span(name)
        if start >= 0:
            yield start + offset, end + offset, name
    if items.terms is not None:
        offset += 1 - len(items.terms[0])
    for at, (_, _, start, end) in enumerate(_metas(example)):
        yield start + offset, end + offset, f"meta.{at}"


def _metas(example: Usual) -> Iterator[tuple[str, str, int, int]]:
    """Give the metas, and where their values stand; Odd where a term follows one."""
    behind = example.behind
    rows: list[re.Match[str]] = [*ROW.finditer(behind.string, behind.end())]
    are_metas = [row[_VALUE] is not None for row in rows[:-1]]
    if are_metas != sorted(are_metas):
        raise Odd
    for row, is_meta in zip(rows, are_metas, strict=False):
        if is_meta:
            said = Row(*row.groups(""))
            yield said.key or said.plain_key, said.value, *row.span(_VALUE)


def _begins(example: Usual) -> str:
    """Give how an element begins in an item: as that does which follows the title."""
    text = example.before.string
    link = text.index("<link", example.before.end("title"))
    return f"{text[text.rindex('>', 0, link) + 1 : link]}<"


def _nowhere(_row: int, _field: str) -> None:
    """Stand for the lines of an example."""
