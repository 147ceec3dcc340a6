"""Decision: what was decided about one record, small enough to keep one for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from hashlib import sha256
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from migrate.model.action import Verb
from migrate.model.post import Post

__all__ = ["Decision", "Wait", "in_rounds", "mark"]

Waiting = TypeVar("Waiting")

_APART: Final = ("content", "provenance")
_VALUES: Final = attrgetter(*(name for name in Post.__struct_fields__ if name not in _APART))


class Wait(Enum):
    """For what a record may wait that needs another one to be decided about first."""

    FOR_MORE = auto()
    """For any: not all of the source was seen."""

    FOR_PARENTS = auto()
    """For those that were put off themselves: all of the source was seen."""

    NOT = auto()
    """For none: those that are left wait for one another."""


class Decision(NamedTuple):
    """A plan's word on one record, for the pass that carries it out.

    `site_id` is the post on the site, 0 for one to be made; `fields` what an update sends; `mark`
    tells whether the record is still the one that was decided about, `public` whether its text may
    be shown. `key` is the record in the journal. Where something is sent, `state` stands for
    all that is asked and for what the site held.
    """

    verb: Verb
    mark: bytes
    site_id: int = 0
    fields: tuple[str, ...] = ()
    reason: str = ""
    public: bool = False
    key: str = ""
    state: bytes = b""


def mark(post: Post) -> bytes:
    """Return 16 bytes that stand for a record: for all of it but where it comes from.

    Its canonical form would do as well, and takes four times as long.
    """
    found = sha256(ascii(_VALUES(post)).encode())
    found.update(b"-" if post.content is None else b"\n")
    found.update(post.content or b"")
    return found.digest()[:16]


def in_rounds(
    put_off: Sequence[Waiting], decide: Callable[[Sequence[Waiting], Wait], list[Waiting]]
) -> None:
    """Have everything decided that was put off; `decide` gives what it puts off once more."""
    waiting = list(put_off)
    while waiting:
        left = decide(waiting, Wait.FOR_PARENTS)
        if len(left) == len(waiting):  # a circle: somebody has to begin
            left = [*decide(left[:1], Wait.NOT), *left[1:]]
        waiting = left
