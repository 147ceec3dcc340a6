"""Shown: what a site shows of its posts, and two records in the form in which it would hold both.

What a site doesn't show isn't compared; each such field is named once per post type.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from migrate.model.defaults import POST
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.site import Term
from migrate.model.strip_tags import strip_tags
from migrate.plan import stored

__all__ = ["Shown", "Shows", "term_key"]

_IDS: Final = frozenset({"_thumbnail_id", "_menu_item_menu_item_parent", "_menu_item_object_id"})
"""Metas that hold the ID of a post or term, which says nothing on another site."""

_SITES_OWN: Final = frozenset({"_wp_attached_file", "_wp_attachment_metadata"})
"""Metas that the site makes itself of a file that it gets."""

_LISTS: Final = frozenset({"provenance", "author", "terms", "meta", "comments", "content_format"})
_NOTHING: Final[tuple[object, ...]] = (None, "", b"", 0, False, [])

Hidden = Callable[[str], None]
"""Is told the name of each field of which a record says something and the site shows nothing."""


class Shows(Struct, frozen=True):
    """What the site shows of one post type beside its plain fields: metas and taxonomies.

    `all_metas` says that every meta is shown whose key doesn't begin with `_`, `protected` that
    those are as well.
    """

    metas: frozenset[str]
    taxonomies: frozenset[str]
    all_metas: bool = False
    protected: bool = False

    def shows(self, key: str) -> bool:
        """Tell whether the site would show a meta."""
        named = self.protected if key.startswith("_") else self.all_metas
        return named or key in self.metas


class Shown(Struct, frozen=True):
    """A site's post types with what it shows of each, and what it needs to know to store a post.

    `default_category` is the term that a post without a category gets. `comment_metas` says that
    metas of comments are shown. `options` are those of the site's options that it would tell.
    """

    home: str
    zone: tzinfo
    types: Mapping[str, Shows]
    default_category: TermRef
    comment_metas: bool = False
    options: frozenset[str] = frozenset()

    def as_held(self, post: Post, *, same_site: bool) -> Post:
        """Give a record as the site would hold it, slugs decoded and names without entities."""
        floating = post.date == ""
        return replace(
            post,
            title=None if post.title is None else stored.title(post.title),
            slug=stored.slug_of_row(stored.slug(post.slug or "")) or None,
            date=None if floating or post.date is None else stored.wall(post.date, self.zone),
            date_gmt=None if floating else post.date_gmt,
            guid=None if post.guid is None else html.unescape(post.guid),
            link=stored.path(post.link or "", self.home) or None,
            author=_author(post.author),
            terms=self._terms(post),
            meta=None if post.meta is None else _metas(post.meta, same_site=same_site),
            comments=None
            if post.comments is None
            else [c if self.comment_metas else replace(c, meta=None) for c in post.comments],
        )

    def comparable(self, said: Post, held: Post, hidden: Hidden) -> tuple[Post, Post]:
        """Give both records (`as_held`) without what the site doesn't show of such a record."""
        shows = self.types[held.type or ""]
        said, held = replace(said), replace(held)
        for name in Post.__struct_fields__:
            if name in _LISTS or getattr(held, name) is not None:
                continue
            _hide(said, name, hidden)
        said.status = self._status(said, held)
        said.author = _told(said.author, held.author, hidden)
        if held.comments is None:
            _hide(said, "comments", hidden)
        else:
            held.comments = _kept(held.comments, said.comments or [])
        if said.terms is not None:
            said.terms = [t for t in said.terms if _is_in(t.taxonomy, shows.taxonomies, hidden)]
        if said.meta is not None:
            named = {row.key for row in said.meta}
            said.meta = [row for row in said.meta if _is_shown(row.key, shows, hidden)]
            held.meta = [r for r in held.meta or () if r.key in named or r.key not in _SITES_OWN]
        return said, held

    def _terms(self, post: Post) -> list[TermRef] | None:
        if post.terms is None:
            return None
        found = [_term(ref) for ref in post.terms]
        is_post = (post.type or POST["type"]) == "post"
        if is_post and not any(ref.taxonomy == "category" for ref in found):
            found.append(_term(self.default_category))
        return found

    def _status(self, said: Post, held: Post) -> str | None:
        """Return the status as stated, or as held where that is what it comes to by now."""
        if said.status is None:
            return None
        moment = stored.gmt(said.date, self.zone) if said.date else said.date_gmt or ""
        same = stored.status(said.status, moment, datetime.now(UTC), publish_missed=False).same
        return held.status if held.status in same else said.status


def term_key(term: Term) -> tuple[str, str]:
    """Give what a term is known by: its taxonomy, and its slug decoded."""
    return term.taxonomy, stored.slug_of_row(term.slug)


def _hide(said: Post, name: str, hidden: Hidden) -> None:
    if getattr(said, name) not in _NOTHING:
        hidden(name)
    setattr(said, name, None)


def _is_in(taxonomy: str, shown: frozenset[str], hidden: Hidden) -> bool:
    if taxonomy not in shown:
        hidden(f"terms.{taxonomy}")
    return taxonomy in shown


def _is_shown(key: str, shows: Shows, hidden: Hidden) -> bool:
    if not shows.shows(key):
        hidden(f"meta.{key}")
    return shows.shows(key)


def _kept(held: list[Comment], said: list[Comment]) -> list[Comment]:
    """Return comments without those in the trash or marked as spam, unless some are stated."""
    shown = {"0", "1", *(comment.approved for comment in said)}
    return [comment for comment in held if comment.approved in shown]


def _told(said: Author | None, held: Author | None, hidden: Hidden) -> Author | None:
    """Return what is said of an author as far as the site tells it."""
    if said is None:
        return None
    known = held or Author()
    lacking = {name for name, value in known._asdict().items() if value is None}
    for name in lacking.intersection(n for n, value in said._asdict().items() if value):
        hidden(f"author.{name}")
    return said._replace(**dict.fromkeys(lacking))


def _author(author: Author | None) -> Author | None:
    if author is None:
        return None
    names = (author.display_name, author.first_name, author.last_name)
    display, first, last = (name if name is None else html.unescape(name) for name in names)
    return author._replace(display_name=display, first_name=first, last_name=last)


def _term(ref: TermRef) -> TermRef:
    slug = None if ref.slug is None else stored.slug_of_row(stored.slug(ref.slug))
    name = None if ref.name is None else _name(ref.name)
    return TermRef(ref.taxonomy, name, slug or None, tuple(_name(each) for each in ref.ancestors))


def _name(name: str) -> str:
    # WordPress stores `&amp;` and takes tags away (sanitize_term_field, pre_term_name).
    return " ".join(strip_tags(html.unescape(name)).split())


def _metas(rows: list[Meta], *, same_site: bool) -> list[Meta]:
    return rows if same_site else [row for row in rows if row.key not in _IDS]
