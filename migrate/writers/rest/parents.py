"""Parents: which post of the site a record belongs under, and who has to be decided about first.

A page that is made without its parent gets another slug where its own is taken at the top, so its
parent comes first, in whatever order the source has them.
"""

from __future__ import annotations

from migrate.model.action import Verb
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.decision import Wait
from migrate.plan.site_index import NOWHERE, TO_BE_MADE
from migrate.writers.rest.actions import kind_name
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.losses import Losses

__all__ = ["Parents"]

_ELSEWHERE = "it goes to the top until the parent is there"


class Parents:
    """Remembers where records with an ID are, and which of them were put off."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._put_off: set[tuple[str, int]] = set()
        self._at_top: set[tuple[str, int, str]] = set()

    def must_wait(self, post: Post, kind: Kind, wait: Wait) -> bool:
        """Tell whether a record has to be decided about after its parent, and note that it is."""
        above, own = (kind.type.name, post.parent or 0), (kind.type.name, post.id or 0)
        waits = _states_one(post, kind) and not self._is_known(post, kind)
        if wait is not Wait.FOR_MORE:
            waits = waits and wait is Wait.FOR_PARENTS and above in self._put_off
        if waits:
            self._put_off.add(own)
        return waits

    def field(self, post: Post, kind: Kind, losses: Losses) -> dict[str, int]:
        """Give the field `parent`, below zero for a post that has yet to be made; {} for none."""
        if not kind.type.hierarchical or post.parent is None or "parent" not in kind.schema.fields:
            if post.parent:
                losses.refused("parent", "records of this type have no parent over REST")
            return {}
        own = (kind.type.name, post.id or 0, post.provenance.path)
        site_id = self._site_id(post, kind) if post.parent else 0
        if site_id is not None and own not in self._at_top:
            return {"parent": site_id}
        self._at_top.add(own)
        circle = (kind.type.name, post.parent) in self._put_off
        problem = "is below it itself" if circle else "isn't in the source, or couldn't be sent"
        message = f"its parent {post.parent} {problem}; {_ELSEWHERE}"
        losses.note("loss-parent-missing", message, "parent")
        return {}

    def place(self, post: Post, key: str, site_id: int) -> None:
        """Keep that a record is this post of the site, TO_BE_MADE or NOWHERE."""
        if post.id:
            self._connection.index.place(kind_name(post), post.id, site_id, key)

    def decided(self, post: Post, key: str, verb: Verb, site_id: int) -> None:
        """Keep what was decided about a record."""
        name, source_id = kind_name(post), post.id or 0
        if self._put_off:
            self._put_off.discard((name, source_id))
        if verb == "create":
            self.place(post, key, TO_BE_MADE)
        elif site_id:
            self.place(post, key, site_id)
        elif self._connection.index.placed(name, source_id) is None:
            self.place(post, key, NOWHERE)

    def _is_known(self, post: Post, kind: Kind) -> bool:
        placed = self._connection.index.placed(kind.type.name, post.parent or 0)
        return placed is not None or self._is_own(post, kind)

    def _is_own(self, post: Post, kind: Kind) -> bool:
        """Return whether the source is this very site, and it holds the parent."""
        if not stored.same_site(post.link or "", self._connection.facts.home):
            return False
        held = self._connection.index.by_id(post.parent or 0)
        return held is not None and held.type == kind.type.name

    def _site_id(self, post: Post, kind: Kind) -> int | None:
        source_id = post.parent or 0
        placed = self._connection.index.placed(kind.type.name, source_id)
        if placed is None:
            return source_id if self._is_own(post, kind) else None
        if placed.site_id == TO_BE_MADE:
            return -source_id
        return None if placed.site_id == NOWHERE else placed.site_id


def _states_one(post: Post, kind: Kind) -> bool:
    return bool(post.parent) and kind.type.hierarchical and "parent" in kind.schema.fields
