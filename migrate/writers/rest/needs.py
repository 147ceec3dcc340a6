"""Needs: what has to be made before a record can be sent, and isn't any record's own."""

from __future__ import annotations

from collections.abc import Collection

from migrate.model.post import Post
from migrate.plan.compare import COMMENTS
from migrate.writers.rest.media.media import FEATURED, Media
from migrate.writers.rest.new_users import NewUsers
from migrate.writers.rest.payload import Wanted
from migrate.writers.rest.terms import Terms

__all__ = ["Needs"]


class Needs:
    """Takes the users, terms and files into a plan that the records to be sent carry and name."""

    def __init__(self, terms: Terms, media: Media, new_users: NewUsers) -> None:
        self._new_users = new_users
        self._terms = terms
        self._media = media

    def need(self, post: Post, wanted: Wanted, fields: Collection[str], *, public: bool) -> None:
        """Take what `fields` of a record need; raises SiteError where we may not make it.

        What only records carry which aren't `public` isn't either.
        """
        if "author" in fields:
            self._new_users.need(wanted.fields["author"])
        for comment in wanted.later.get(COMMENTS, ()) if COMMENTS in fields else ():
            self._new_users.need(comment.get("author", 0))
        for name in wanted.term_fields:
            if name in fields:
                self._terms.need(wanted.fields[name], public=public)
        if "content" in fields or FEATURED in fields:
            self._media.need(wanted.media, post, public=public)
