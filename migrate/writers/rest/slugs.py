"""Slugs: whether a record can have the one that it states."""

from __future__ import annotations

from migrate.plan.recognise import Identity, free_slug, reserved_slug
from migrate.plan.site_index import Listed, SiteIndex
from migrate.plan.stored import numbered
from migrate.writers.rest.candidate import Candidate
from migrate.writers.rest.options import ImportOptions

__all__ = ["Slugs"]


class Slugs:
    """What one record takes, a later one can't have, unless WordPress's numbers are accepted."""

    def __init__(self, index: SiteIndex, options: ImportOptions) -> None:
        self._index = index
        self._accepts = options.renames_taken

    def for_new(self, candidate: Candidate) -> str:
        """Take the slug of a record that is to be made; give why it can't have it."""
        if not candidate.identity.slug:
            return ""
        reserved = reserved_slug(candidate.identity, self._index)
        held = reserved or self._take(candidate, candidate.identity)
        return "" if self._accepts else held

    def of(self, candidate: Candidate, post: Listed, fields: tuple[str, ...]) -> str:
        """Take the slug of a record that is there; give why it can't have it.

        `fields` are those that differ.
        """
        stated = "parent" in candidate.wanted.fields
        parent = candidate.identity.parent if stated else post.parent
        identity = candidate.identity._replace(parent=parent)
        if "slug" in fields or "parent" in fields:
            held = free_slug(identity, self._index, post.id)
            held = held or reserved_slug(identity, self._index)
            held = held or self._take(candidate, identity)
            return "" if self._accepts else held
        if identity.slug:
            self._take(candidate, identity)
        return ""

    def is_renamed(self, candidate: Candidate, post: Listed) -> bool:
        """Tell whether a post has a number behind its slug since another one has the slug itself.

        That was accepted where the journal knows the post, or the user says so now.
        """
        identity = candidate.identity
        if not (candidate.recalled.post or self._accepts) or not numbered(identity.slug, post.slug):
            return False
        return bool(
            free_slug(identity, self._index, post.id) or reserved_slug(identity, self._index)
        )

    def _take(self, candidate: Candidate, identity: Identity) -> str:
        if "trash" in identity.statuses:  # the trash lets go of slugs
            return ""
        source = candidate.post.provenance.path
        parent = 0 if identity.flat else identity.parent
        taken = self._index.take_slug(identity.type, parent, identity.slug, source)
        return f"{taken} has the slug {identity.slug} as well" if taken else ""
