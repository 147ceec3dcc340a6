"""Edit: one place of a body that a rule changes, and a body with all of its edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """The bytes `start` to `end` of a body become `new`."""

    start: int
    end: int
    new: bytes


def changing(body: bytes, edits: Iterable[Edit]) -> list[Edit]:
    """Give those of the edits that put other bytes there than the body has."""
    return [edit for edit in edits if body[edit[0] : edit[1]] != edit[2]]


def edited(body: bytes, edits: Sequence[Edit]) -> bytes:
    """Give the body with the edits, which are in order and don't overlap."""
    pieces, done = list[bytes](), 0
    for start, end, new in edits:
        pieces += (body[done:start], new)
        done = end
    pieces.append(body[done:])
    return b"".join(pieces)
