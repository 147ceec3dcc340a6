"""The kinds of records that stand beside one another: all that columns don't say is the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from migrate.model.post import Author, Post, TermRef
from migrate.model.rows import MOST_KINDS
from migrate.readers.wxr import provenance
from migrate.readers.wxr.item_patterns import END, Row
from migrate.readers.wxr.known import Known
from migrate.readers.wxr.usual import Filled, rows, term
from migrate.readers.wxr.usual_texts import Odd

_MOST_KEPT: Final = 1024
_RATHER_COLUMNS: Final = ("terms", "parent", "menu_order")
"""What becomes a column, too, where it would make too many kinds."""


class Kinds:
    """Makes the kinds of the records that are like one; keeps those that it has made."""

    def __init__(self, like: Post, filled: Filled, known: Known) -> None:
        """Take the record, and what a writer had to fill in in it and in those like it."""
        self._like = replace(
            like,
            content=None,
            meta=None if like.meta is None else [],
            provenance=replace(like.provenance, path=""),
        )
        self._filled = filled.rows
        self._known = known
        self._made: dict[tuple[tuple[Any, ...], ...], Post] = {}
        self._authors: dict[str, Author | None] = {}
        self._terms: dict[str, list[TermRef]] = {}

    def tell(
        self, few: dict[str, Sequence[Any]], columns: dict[str, Sequence[Any]], count: int
    ) -> tuple[list[Post], list[int]]:
        """Give the kinds, and which of them each of so many records is.

        What `few` fields hold makes kinds; what would make too many goes to the columns. Raises Odd
        where there are too many all the same.
        """
        each = _each(few, count)
        for name in _RATHER_COLUMNS:
            if len({*each}) > MOST_KINDS and name in few:
                texts = few.pop(name)
                columns[name] = list(map(self.terms, texts)) if name == "terms" else texts
                each = _each(few, count)
        place = {kind: at for at, kind in enumerate(dict.fromkeys(each))}
        if len(place) > MOST_KINDS:
            raise Odd
        names = (tuple(columns), tuple(few))
        return [self._kind(names, kind) for kind in place], list(map(place.__getitem__, each))

    def author(self, login: str) -> Author | None:
        """Give the author that an item names; raises one of provenance.UNUSABLE."""
        if login not in self._authors:
            post = self._unset(Post(author=Author(login)), "author")
            self._authors[login] = post.author
        return self._authors[login]

    def terms(self, elements: str) -> list[TermRef]:
        """Give the terms that elements name; raises Odd, or one of provenance.UNUSABLE."""
        if elements not in self._terms:
            said, comments = rows(elements.lstrip(" \t\r\n") + END)
            found = [Row(*row) for row in said]
            if comments or not all(row.category for row in found):
                raise Odd
            post = Post(terms=[term(row.domain, row.nicename, row.label) for row in found])
            if len(self._terms) >= _MOST_KEPT:
                self._terms.clear()
            self._terms[elements] = self._unset(post, "terms").terms or []
        return self._terms[elements]

    def _unset(self, post: Post, field: str) -> Post:
        for name in self._filled:
            if name.partition(".")[0] == field:
                provenance.unset(post, name, self._known)
        return post

    def _kind(self, names: tuple[tuple[str, ...], ...], said: tuple[Any, ...]) -> Post:
        columns, few = names
        key = (columns, few, said)
        if key not in self._made:
            values: dict[str, Any] = dict.fromkeys(columns)
            values |= zip(few, said, strict=True)
            if "terms" in few:
                values["terms"] = self.terms(values["terms"])
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            self._made[key] = replace(self._like, **values)
        return self._made[key]


def _each(few: dict[str, Sequence[Any]], count: int) -> list[tuple[Any, ...]]:
    return list(zip(*few.values(), strict=True)) if few else [()] * count
