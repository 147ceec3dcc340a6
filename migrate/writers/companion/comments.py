"""Comments: which of a record's the site has, and what an update has to send of them.

Comments are in canonical form; those of the site have its numbers, those of the record their
source's; where a digest proves them the same, the record's stand for the site's. What the source
says of a comment as it did when both sides last agreed is left to the site: somebody may have
approved it there, or taken it away. Where both say something new of one it is in conflict, and
nothing is sent of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.plan.comments import NO_ADDRESS
from migrate.plan.journal import marks

__all__ = ["agreed", "changed", "in_conflict", "to_send"]

Comment = Mapping[str, Any]

_TELLING: Final = (
    *(("date_gmt", "author", "content"), ("date", "author", "content")),
    *(("date_gmt", "author"), ("date_gmt", "content"), ("date", "author"), ("date", "content")),
)
"""What tells a comment from others; of two fields alone none may be empty."""

_ALL: Final = 3
_APART: Final = frozenset({"id", "parent", "meta"})
_SHAPE: Final = 4  # bytes of a mark that tell of which fields it is
_LENGTH: Final = 12  # bytes of a whole one


class _Todo(NamedTuple):
    """A comment of a record, and the one of the site that it is; `fields` of it differ.

    `is_left` says that the source says nothing new of it, `conflict` that both sides do.
    """

    said: Comment
    held: Comment | None
    fields: tuple[str, ...]
    is_left: bool
    conflict: bool

    @property
    def to_send(self) -> tuple[str, ...]:
        """Give the fields that an update changes."""
        return () if self.is_left or self.conflict else self.fields


def agreed(said: Sequence[Comment], stuck: Sequence[Comment] = (), known: bytes = b"") -> bytes:
    """Return the mark by which comments are known that the source still says the same of.

    Of those that are `stuck`, in conflict, what was `known` stays so.
    """
    return b"".join(_mark(each) for each in said if each not in stuck) + (known if stuck else b"")


def changed(said: Sequence[Comment], held: Sequence[Comment], known: bytes) -> bool:
    """Tell whether there is something to do; `known` is what `agreed` gave of the last import."""
    todo = (each for each in _todo(said, held, known) if not each.is_left)
    return any(each.to_send or not each.held for each in todo)


def in_conflict(
    said: Sequence[Comment], held: Sequence[Comment], known: bytes
) -> list[tuple[Comment, str]]:
    """Give the comments that both sides changed since they agreed, with the site's numbers."""
    todo = _todo(said, held, known)
    return [(each.said, each.held["id"]) for each in todo if each.held and each.conflict]


def to_send(
    said: Sequence[Comment], held: Sequence[Comment], known: bytes
) -> Iterator[dict[str, Any]]:
    """Give comments for an update: new ones whole, of others number and what differs.

    Those stand in it of which nothing differs, too, since others may answer them.
    """
    for each in _todo(said, held, known):
        number = {"id": each.said["id"]} if "id" in each.said else {}
        if each.held:
            stated = {name: each.said[name] for name in each.to_send}
            yield {**number, "there": each.held["id"], **stated}
        elif not each.is_left:
            yield dict(each.said)


def _todo(said: Sequence[Comment], held: Sequence[Comment], known: bytes) -> list[_Todo]:
    before = {known[at : at + _LENGTH] for at in range(0, len(known), _LENGTH)}
    partners = _partners(said, held)
    both = [(c, h) for c, h in zip(said, partners, strict=True) if h and "id" in c]
    numbers = {comment["id"]: partner["id"] for comment, partner in both if "id" in partner}
    todo = []
    for comment, partner in zip(said, partners, strict=True):
        fields = tuple(_differing(comment, partner, numbers)) if partner else ()
        is_left = _mark(comment) in before
        conflict = False
        if partner and fields and not is_left:
            mark = _mark(_as_held(comment, partner, fields, numbers))
            conflict = mark not in before and any(m[:_SHAPE] == mark[:_SHAPE] for m in before)
        todo.append(_Todo(comment, partner, fields, is_left, conflict))
    return todo


def _as_held(
    said: Comment, held: Comment, fields: Sequence[str], numbers: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the source would say of a comment if it were as the site has it."""
    found = {name: held.get(name, "") for name in fields if name not in _APART}
    if "parent" in fields:
        found["parent"] = next((n for n, id_ in numbers.items() if id_ == held["parent"]), "0")
    if "meta" in fields:
        keys = {row["key"] for row in said.get("meta", ())}
        found["meta"] = [row for row in held["meta"] if row["key"] in keys]
    return {**said, **found}


def _partners(said: Sequence[Comment], held: Sequence[Comment]) -> list[Comment | None]:
    """Return which comment of the site each is: the one alike in most, each once."""
    if said == held:  # a digest has proven it
        return list(held)
    free = dict(enumerate(held))
    found: list[Comment | None] = [None] * len(said)
    for names in _TELLING:
        alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, comment in free.items():
            alike[tuple(comment.get(name, "") for name in names)].append(number)
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
    if "parent" in said and numbers.get(said["parent"], "0") != (held["parent"] or "0"):
        yield "parent"
    keys = {row["key"] for row in said.get("meta", ())}
    if _rows(said.get("meta", ()), keys) != _rows(held.get("meta", ()), keys):
        yield "meta"


def _rows(rows: Sequence[Mapping[str, str]], keys: set[str]) -> list[tuple[str, str]]:
    found = ((row["key"], row["value"]) for row in rows if row["key"] in keys)
    return sorted(found, key=lambda row: row[0])  # those of one key have an order


def _plain(name: str, value: str) -> str:
    if name == "type":
        return value or "comment"  # get_comment_type() takes an empty one for that
    return "" if name == "author_ip" and value == NO_ADDRESS else value


def _mark(comment: Comment) -> bytes:
    keys = sorted(row["key"] for row in comment.get("meta", ()))
    shape = marks.asked({**dict.fromkeys(comment), "meta": keys})[:_SHAPE]
    return shape + marks.asked(comment)[: _LENGTH - _SHAPE]
