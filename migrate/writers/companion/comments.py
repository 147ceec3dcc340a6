"""Comments: which of a record's the site has, and what an update has to send of them.

Comments are in canonical form; those of the site have its numbers, those of the record their
source's. What the source says of a comment as it did when both sides last agreed is left to the
site: somebody may have approved it there, or taken it away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.plan.comments import NO_ADDRESS
from migrate.plan.journal import marks

__all__ = ["agreed", "changed", "to_send"]

Comment = Mapping[str, Any]

_TELLING: Final = (
    *(("date_gmt", "author", "content"), ("date", "author", "content")),
    *(("date_gmt", "author"), ("date_gmt", "content"), ("date", "author"), ("date", "content")),
)
"""What tells a comment from others; of two fields alone none may be empty."""

_ALL: Final = 3
_APART: Final = frozenset({"id", "parent", "meta"})
_LENGTH: Final = 8  # bytes of a mark


class _Todo(NamedTuple):
    """A comment of a record, and the one of the site that it is; `fields` of it differ.

    `is_left` says that the source says nothing new of it.
    """

    said: Comment
    held: Comment | None
    fields: tuple[str, ...]
    is_left: bool


def agreed(said: Sequence[Comment]) -> bytes:
    """Return the mark by which comments are known that the source still says the same of."""
    return b"".join(map(_mark, said))


def changed(said: Sequence[Comment], held: Sequence[Comment], known: bytes) -> bool:
    """Tell whether there is something to do; `known` is what `agreed` gave of the last import."""
    todo = (each for each in _todo(said, held, known) if not each.is_left)
    return any(each.fields or not each.held for each in todo)


def to_send(
    said: Sequence[Comment], held: Sequence[Comment], known: bytes
) -> Iterator[dict[str, Any]]:
    """Give comments for an update: new ones whole, of others number and what differs.

    Those stand in it of which nothing differs, too, since others may answer them.
    """
    for each in _todo(said, held, known):
        number = {"id": each.said["id"]} if "id" in each.said else {}
        names = () if each.is_left else each.fields
        if each.held:
            stated = {name: each.said[name] for name in names}
            yield {**number, "there": each.held["id"], **stated}
        elif not each.is_left:
            yield dict(each.said)


def _todo(said: Sequence[Comment], held: Sequence[Comment], known: bytes) -> list[_Todo]:
    before = {known[at : at + _LENGTH] for at in range(0, len(known), _LENGTH)}
    partners = _partners(said, held)
    numbers = {c["id"]: h["id"] for c, h in zip(said, partners, strict=True) if h and "id" in c}
    return [
        _Todo(
            comment,
            partner,
            tuple(_differing(comment, partner, numbers)) if partner else (),
            _mark(comment) in before,
        )
        for comment, partner in zip(said, partners, strict=True)
    ]


def _partners(said: Sequence[Comment], held: Sequence[Comment]) -> list[Comment | None]:
    """Return which comment of the site each is: the one alike in most, each once."""
    free = {comment["id"]: comment for comment in held}
    found: list[Comment | None] = [None] * len(said)
    for names in _TELLING:
        alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for number, comment in free.items():
            alike[tuple(comment[name] for name in names)].append(number)
        for place, comment in enumerate(said):
            enough = names if len(names) < _ALL else ()
            is_stated = all(name in comment for name in names)
            if found[place] is None and is_stated and all(comment[name] for name in enough):
                numbers = alike[tuple(comment[name] for name in names)]
                found[place] = free.pop(numbers.pop(0)) if numbers else None
    return found


def _differing(said: Comment, held: Comment, numbers: Mapping[str, str]) -> Iterator[str]:
    for name in said:
        if name not in _APART and _plain(name, said[name]) != _plain(name, held.get(name, "")):
            yield name
    if "parent" in said and numbers.get(said["parent"], "0") != held["parent"]:
        yield "parent"
    keys = {row["key"] for row in said.get("meta", ())}
    if _rows(said.get("meta", ()), keys) != _rows(held["meta"], keys):
        yield "meta"


def _rows(rows: Sequence[Mapping[str, str]], keys: set[str]) -> list[tuple[str, str]]:
    found = ((row["key"], row["value"]) for row in rows if row["key"] in keys)
    return sorted(found, key=lambda row: row[0])  # those of one key have an order


def _plain(name: str, value: str) -> str:
    if name == "type":
        return value or "comment"  # get_comment_type() takes an empty one for that
    return "" if name == "author_ip" and value == NO_ADDRESS else value


def _mark(comment: Comment) -> bytes:
    return marks.asked(comment)[:_LENGTH]
