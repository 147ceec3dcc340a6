"""How far a run is: the stages of it that take long, and whom they tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple


class Stage(NamedTuple):
    """A part of a run, and what it is counted in."""

    name: str
    unit: Literal["bytes", "records"]


PREPARING: Final = Stage("preparing", "bytes")
"""What is packed, or not in UTF-8, is written to a temporary file; counted as it lies there."""

READING: Final = Stage("reading", "bytes")
"""The records of a file of many are looked for."""

LISTING: Final = Stage("listing", "records")
"""A site is asked what it holds; in all there are as many as it has listed so far."""

FETCHING: Final = Stage("fetching files", "records")
LEARNING: Final = Stage("learning", "records")
"""What tells the records of the other source is learnt, before they are compared."""

CONVERTING: Final = Stage("converting", "records")
COMPARING: Final = Stage("comparing", "records")
SENDING: Final = Stage("sending", "records")

WRITING: Final = Stage("writing", "bytes")
"""What was made is copied behind its head."""

Watch = Callable[[Stage, int, int], None]
"""Is told (stage, done, in all): within a stage `done` grows, and ends at all there is.

A stage may come again, for another file or source.
"""


def unwatched(_stage: Stage, _done: int, _total: int) -> None:
    """Tell nobody."""
