"""Numbers: which post of the site a record's ID means, and where records name others by theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from migrate.model.post import Post

__all__ = ["Numbers", "Reference", "references", "with_number"]

_POSTS: Final = frozenset({"_thumbnail_id", "_menu_item_menu_item_parent"})
_TARGET: Final = "_menu_item_object_id"
_TARGETS_TYPE: Final = "_menu_item_type"
_TARGETS_NAME: Final = "_menu_item_object"


class Reference(NamedTuple):
    """A number in a record that means another one: in its field `parent`, or in a meta.

    `taxonomy` is that of a term, empty for a post.
    """

    field: str
    number: int
    taxonomy: str = ""


class Numbers:
    """The posts of the site by the IDs that records have in the source.

    0 stands for one that has yet to be made and can't have its ID; `stored` are those that are
    there for sure.
    """

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._stored: set[int] = set()

    def place(self, source_id: int, site_id: int, *, stored: bool) -> None:
        """Keep which post a record is, or will be."""
        self._known[source_id] = site_id
        if stored:
            self._stored.add(source_id)

    def knows(self, source_id: int) -> bool:
        """Tell whether a record of that ID was decided about."""
        return source_id in self._known

    def is_stored(self, source_id: int) -> bool:
        """Tell whether its post is there."""
        return source_id in self._stored

    def of(self, source_id: int) -> int:
        """Give the post; of a record that isn't in the source the number itself."""
        return self._known.get(source_id, source_id)


def references(post: Post) -> Iterator[Reference]:
    """Give the numbers of other records in a record; 0 means none."""
    if post.parent:
        yield Reference("parent", post.parent)
    values = {row.key: row.value for row in post.meta or ()}
    for row in post.meta or ():
        number = int(row.value) if row.value.isascii() and row.value.isdecimal() else 0
        if number and row.key in _POSTS:
            yield Reference(row.key, number)
        elif number and row.key == _TARGET:
            kind = values.get(_TARGETS_TYPE)
            if kind == "post_type":
                yield Reference(row.key, number)
            elif kind == "taxonomy":
                yield Reference(row.key, number, values.get(_TARGETS_NAME, ""))


def with_number(record: dict[str, Any], field: str, number: int) -> dict[str, Any]:
    """Give a record in canonical form with a number in place of a reference, or with it alone."""
    if field == "parent":
        return record | {"parent": str(number)}
    row = {"key": field, "value": str(number)}
    rows = [row if each["key"] == field else each for each in record.get("meta", (row,))]
    return record | {"meta": rows}
