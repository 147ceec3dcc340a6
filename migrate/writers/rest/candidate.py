"""Candidates: records that REST can take, and which posts of the site their texts tell them by."""

from __future__ import annotations

from msgspec import Struct

from migrate.live.api import Row
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.compare import site_value
from migrate.plan.journal import marks
from migrate.plan.recall import Recalled
from migrate.plan.recognise import Found, Identity
from migrate.writers.rest.connection import Kind
from migrate.writers.rest.payload import Wanted

__all__ = ["Candidate", "Rows", "is_empty", "same_content"]

Rows = dict[int, Row]
"""Posts of the site with their texts, by id."""


class Candidate(Struct):
    """A record that REST can take, and what of the site it may be.

    `asks_the_same` says that it still asks what it asked when the last import had brought it in.
    """

    post: Post
    kind: Kind
    wanted: Wanted
    identity: Identity
    found: Found
    losses: list[Finding]
    recalled: Recalled
    asks_the_same: bool = False

    def __post_init__(self) -> None:
        entry = self.recalled.entry
        self.asks_the_same = entry is not None and entry.asked == marks.asked(self.wanted.asked)

    def asked_for(self, *, create_only: bool = False) -> list[int]:
        """Give the posts of the site that it may be, whose values have to be compared.

        With `create_only` it is enough to know that it is there.
        """
        if self.asks_the_same:
            return []
        known = [] if create_only or self.found.post is None else [self.found.post]
        return [post.id for post in (*self.found.likely, *known)]


def same_content(candidate: Candidate, rows: Rows) -> Found:
    """Return the one post that has the record's content, where several do the one of its date.

    Where none has it, a draft without slug is the same if it was of the same date: it was edited.
    """
    wanted = candidate.wanted.fields
    fits = [
        post
        for post in candidate.found.likely
        if post.id in rows and wanted.get("content", "") == site_value(rows[post.id], "content")
    ]
    if len(fits) > 1:
        fits = [post for post in fits if wanted.get("date", post.date) == post.date]
    if len(fits) > 1:
        ids = ", ".join(str(post.id) for post in fits)
        return Found(conflict=f"several posts of the site have this title and content: {ids}")
    return Found(fits[0]) if fits else _same_draft(candidate)


def _same_draft(candidate: Candidate) -> Found:
    """Return the one draft without slug that has the title and the stated date of a record."""
    date, moment = candidate.identity.date, candidate.identity.date_gmt
    drafts = [
        post
        for post in candidate.found.likely
        if not post.slug and (date or moment) and (post.date == date or post.date_gmt == moment)
    ]
    if len(drafts) > 1:
        ids = ", ".join(str(post.id) for post in drafts)
        return Found(conflict=f"several drafts of the site have this title and date: {ids}")
    return Found(drafts[0] if drafts else None)


def is_empty(candidate: Candidate) -> bool:
    """Return whether wp_insert_post() would take the record for empty; `0` is empty to PHP."""
    texts = [candidate.wanted.fields.get(name, "") for name in ("title", "content", "excerpt")]
    texts[0] = stored.title(texts[0])
    all_supported = {"title", "editor", "excerpt"} <= candidate.kind.type.supports
    return all_supported and all(text in {"", "0"} for text in texts)
