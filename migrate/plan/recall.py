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
from migrate.plan.journal.history import TAKEN_BACK, SiteHistory
from migrate.plan.journal.keys import Keys
from migrate.plan.recognise import Identity
from migrate.plan.site_index import Listed, SiteIndex, title_mark

__all__ = ["Recall", "Recalled", "is_its_post", "made_by"]


class Recalled(NamedTuple):
    """What the journal knows of a record.

    `post` is the post of the site that it is. `entry` is there where both sides' last state is
    known. `stale` is the post that an entry named and that isn't it any more, or 0; `moved` is
    true where the record had another key before, `taken_back` where an undo was the last to change
    the post, or where its record was gone and it was put into the trash.
    """

    key: str
    post: Listed | None = None
    entry: Entry | None = None
    stale: int = 0
    moved: bool = False
    taken_back: bool = False
    conflict: str = ""


class Recall:
    """Remembers records, and knows which posts are other records' own.

    `whole` says that the site is seen through its companion: what an import over REST last saw of
    both sides can't be compared with that, nor the other way round.
    """

    def __init__(
        self, history: SiteHistory, keys: Keys, index: SiteIndex, *, whole: bool = False
    ) -> None:
        self._whole = whole
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
        # Whether an update arrived can't be told from marks, so values are compared. What lies in
        # the trash was put there by us.
        known = known._replace(entry=None, taken_back=known.taken_back or step.verb == "trash")
        if known.post or step.verb != "create":
            return known
        settled()
        made = made_by(step, self._index, self.belongs_to_another)
        if len(made) > self._history.unanswered_alike(step):
            ids = ", ".join(str(post.id) for post in made)
            return known._replace(conflict=f"an import that was cut off may have made any of {ids}")
        # Records that are alike in all that the journal knows of them may each have any of these:
        # their values are compared next.
        self._looked_up.update((post.id, key) for post in made[:1])
        return known._replace(post=made[0] if made else None)

    def entry(self, post: Post) -> Entry | None:
        """Give what was kept under a record's key, whether or not that still holds.

        None where what was kept of the site can't be held against what is seen of it now.
        """
        entry = self._history.entry(self._keys.of(post))
        return entry if entry and marks.is_whole(entry.held) == self._whole else None

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
        if _is_another(entry, post, identity):
            return Recalled(
                key,
                conflict=f"the journal knows it as post {entry.id}, which has another title, slug "
                "and date: it may be the record of another site or file with the same number",
            )
        comparable = marks.is_whole(entry.held) == self._whole
        both_known = entry if entry.asked and entry.held and comparable else None
        taken_back = entry.asked == TAKEN_BACK
        return Recalled(key, post, both_known, moved=entry.key != key, taken_back=taken_back)

    def _renamed(self, post: Post) -> Entry | None:
        """Return the one entry of a file that is gone and had this record's ID or text."""
        alike = self._history.alike(post.id or 0, marks.text(post))
        gone = [
            entry
            for entry in alike
            if entry.type == (post.type or "post") and self._keys.is_gone(entry.key)
        ]
        return gone[0] if len(gone) == 1 else None


def _is_another(entry: Entry, post: Listed, record: Identity) -> bool:
    """Return whether nothing of a record is as it was, so that another one may have its key.

    Exports of two sites may call themselves by one address, and a file may be written anew.
    """
    if not (entry.slug and entry.title and record.slug and (record.date or record.date_gmt)):
        return False
    same_date = record.date in (entry.date, post.date) or (
        not record.date and record.date_gmt == post.date_gmt
    )
    same_title = title_mark(stored.title(record.title)) in (entry.title, post.title)
    return not same_date and not same_title and record.slug not in (entry.slug, post.slug)


def made_by(step: Step, index: SiteIndex, is_others: Callable[[str, Listed], bool]) -> list[Listed]:
    """Return the posts that a request may have made which nobody answered.

    `is_others` tells whether a post is known to be another record than that of a key.
    """
    return [
        post
        for post in index.newer(step.type, step.after)
        if _fits(step, post) and not is_others(step.key, post)
    ]


def _fits(step: Step, post: Listed) -> bool:
    """Return whether a post may be the one that a request asked for."""
    if step.date and step.date != post.date:
        return False
    return (bool(step.slug) and step.slug == post.slug) or step.title == post.title


def _is_still(entry: Entry, post: Listed, identity: Identity) -> bool:
    """Return whether a post is the one that an entry means, by type and slug or date.

    Drafts may have no slug, and a date that moves: their title tells. An entry that knows only the
    number is held against the record.
    """
    if post.type != entry.type:
        return False
    if bool(identity.date_gmt) and identity.date_gmt == post.date_gmt:
        return True
    if not entry.title:
        title = title_mark(stored.title(identity.title))
        entry = entry._replace(slug=identity.slug, date=identity.date, title=title)
    return is_its_post(entry, post)


def is_its_post(entry: Entry, post: Listed) -> bool:
    """Return whether a post is the one of an entry; one that knows only the number believes it."""
    if not entry.title:
        return post.type == entry.type
    same_slug = bool(entry.slug) and entry.slug == post.slug
    same_date = bool(entry.date) and entry.date == post.date
    same_title = entry.title == post.title and not (entry.slug and post.slug)
    return post.type == entry.type and (same_slug or same_date or same_title)
