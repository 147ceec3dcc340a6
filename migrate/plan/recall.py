"""Recall: which post of the site a record is, by what earlier imports kept of it.

What the journal says counts only as far as the site bears it out: a post may have been deleted, or
the site have been replaced by another copy of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry, Step
from migrate.plan.journal.history import SiteHistory
from migrate.plan.journal.keys import Keys
from migrate.plan.recognise import Identity
from migrate.plan.site_index import Listed, SiteIndex, title_mark

__all__ = ["Recall", "Recalled"]


class Recalled(NamedTuple):
    """What the journal knows of a record.

    `post` is the post of the site that it is. `entry` is there where both sides' last state is
    known. `stale` is the post that an entry named and that isn't it any more, or 0; `moved` is
    true where the record had another key before.
    """

    key: str
    post: Listed | None = None
    entry: Entry | None = None
    stale: int = 0
    moved: bool = False
    conflict: str = ""


class Recall:
    """Remembers records, and knows which posts are other records' own."""

    def __init__(self, history: SiteHistory, keys: Keys, index: SiteIndex) -> None:
        self._history = history
        self._keys = keys
        self._index = index
        self._looked_up: dict[int, str] = {}

    def recall(self, post: Post, identity: Identity, settled: Callable[[], None]) -> Recalled:
        """Give what is known of a record.

        A request that nobody knows the outcome of is looked up: `settled` makes sure that the index
        holds whatever the site still had to store.
        """
        key = self._index.take_key(self._keys.of(post))
        entry = self._history.entry(key)
        known = self._by_entry(key, entry or self._renamed(post), identity)
        step = self._history.unanswered(key)
        if step is None:
            return known
        # Whether an update arrived can't be told from marks, so values are compared.
        known = known._replace(entry=None)
        if known.post or step.verb != "create":
            return known
        settled()
        made = [post for post in self._index.newer(step.type, step.after) if self._fits(step, post)]
        if len(made) > 1:
            ids = ", ".join(str(post.id) for post in made)
            return known._replace(conflict=f"an import that was cut off may have made any of {ids}")
        self._looked_up.update((post.id, key) for post in made)
        return known._replace(post=made[0] if made else None)

    def belongs_to_another(self, key: str, post: Listed) -> bool:
        """Tell whether a post of the site is known to be another record, which is still there."""
        if post.id in self._looked_up:
            return self._looked_up[post.id] != key
        owner = self._history.owner(post.id)
        if owner is None or self._history.is_foreign(owner):
            return owner is not None
        return owner.key != key and not self._keys.is_gone(owner.key)

    def _by_entry(self, key: str, entry: Entry | None, identity: Identity) -> Recalled:
        if entry is None:
            return Recalled(key)
        post = self._index.by_id(entry.id)
        if post is None or not _is_still(entry, post, identity):
            return Recalled(key, stale=entry.id)
        both_known = entry if entry.asked and entry.held else None
        return Recalled(key, post, both_known, moved=entry.key != key)

    def _renamed(self, post: Post) -> Entry | None:
        """Return the one entry of a file that is gone and had this record's ID or text."""
        alike = self._history.alike(post.id or 0, marks.text(post))
        gone = [
            entry
            for entry in alike
            if entry.type == (post.type or "post") and self._keys.is_gone(entry.key)
        ]
        return gone[0] if len(gone) == 1 else None

    def _fits(self, step: Step, post: Listed) -> bool:
        """Return whether a post may be the one that a request asked for."""
        if step.date and step.date != post.date:
            return False
        same_slug = bool(step.slug) and step.slug == post.slug
        return (same_slug or step.title == post.title) and not self.belongs_to_another(
            step.key, post
        )


def _is_still(entry: Entry, post: Listed, identity: Identity) -> bool:
    """Return whether a post is the one that an entry means, by type and slug or date.

    Drafts may have no slug, and a date that moves: their title tells. An entry that knows only the
    number is held against the record.
    """
    if post.type != entry.type:
        return False
    slug, date, title = entry.slug, entry.date, entry.title
    if not title:
        slug, date = identity.slug, identity.date
        title = title_mark(stored.title(identity.title))
    same_slug = bool(slug) and slug == post.slug
    same_date = bool(date) and date == post.date
    same_moment = bool(identity.date_gmt) and identity.date_gmt == post.date_gmt
    same_title = title == post.title and not (slug and post.slug)
    return same_slug or same_date or same_moment or same_title
