"""Needs: what has to be made before a record, taken into the plan as soon as one asks for it."""

from __future__ import annotations

from collections.abc import Collection

from migrate.model.post import Post
from migrate.writers.companion.terms import Terms
from migrate.writers.companion.wanted import Wanted
from migrate.writers.rest.media.media import Media
from migrate.writers.rest.new_users import NewUsers

__all__ = ["Needs"]


class Needs:
    """Takes terms, users and files of records into the plan."""

    def __init__(self, terms: Terms, media: Media, new_users: NewUsers) -> None:
        self._terms = terms
        self._media = media
        self._new_users = new_users

    def need(self, post: Post, wanted: Wanted, fields: Collection[str], *, public: bool) -> None:
        """Take what these fields of a record need. Raises SiteError where we lack a right."""
        if "terms" in fields:
            self._terms.need(wanted.terms, public=public)
        if "author" in fields:
            self._new_users.need(wanted.user)
        if "comments" in fields:
            for user in wanted.users:
                self._new_users.need(user)
        if "content" in fields or "meta" in fields:
            others = [item for item in wanted.items if not item.is_record]
            self._media.need(others, post, public=public)
