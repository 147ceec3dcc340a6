"""Recognition: which post of the site a record is, if it is there already.

In this order: the ID, where the record comes from this very site; the permalink's path; type, slug
and date; and for a record without slug (drafts have none) type, status, title and content, which
the caller has to compare. Whatever isn't certain is a conflict: nothing is sent then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from migrate.plan.site_index import Listed, SiteIndex

__all__ = ["Found", "Identity", "free_slug", "recognise"]


class Identity(NamedTuple):
    """What a record is recognised by, in the site's own terms (see `stored`); empty is unstated.

    `statuses` are those that the site may hold it under; `id` is 0 unless the record comes from
    this site; `flat` says that posts of this type have no parents, so that one slug is one post.
    """

    type: str
    statuses: frozenset[str]
    title: str
    id: int = 0
    path: str = ""
    slug: str = ""
    date: str = ""
    date_gmt: str = ""
    flat: bool = True


class Found(NamedTuple):
    """The post that a record is, or why that can't be told.

    `likely` are the posts of which one may be it, if it has the same content.
    """

    post: Listed | None = None
    likely: tuple[Listed, ...] = ()
    conflict: str = ""


def recognise(record: Identity, index: SiteIndex) -> Found:
    """Return the post of the site that a record is; an empty answer if it isn't there."""
    found = _by_id(record, index) or _by_path(record, index) or _by_slug(record, index)
    if found is None and not record.slug:
        found = Found(likely=tuple(_by_title(record, index)))
    return _not_in_trash(record, found or Found())


def free_slug(record: Identity, index: SiteIndex, but: int = 0) -> str:
    """Return why a record can't have its slug, else nothing; `but` is the record's own post.

    wp_unique_post_slug(): posts of one type share their slugs, pages of one parent.
    """
    for holder in index.by_slug(record.type, record.slug):
        if holder.id != but and holder.status != "trash" and (record.flat or not holder.parent):
            return f"the slug {record.slug} belongs to post {holder.id} of the site"
    return ""


def _by_id(record: Identity, index: SiteIndex) -> Found | None:
    post = index.by_id(record.id) if record.id else None
    if post is None or post.type != record.type:
        return None
    other_slug = bool(record.slug) and record.slug != post.slug
    if other_slug and _dated(record) and not _same_date(record, post):
        return Found(
            conflict=f"post {post.id} of the site has this ID, but another slug and another date"
        )
    return Found(post)


def _by_path(record: Identity, index: SiteIndex) -> Found | None:
    posts = index.by_path(record.path) if record.path else []
    if len(posts) > 1:
        return Found(conflict=_several(posts, "have this permalink"))
    if posts and posts[0].type != record.type:
        return Found(
            conflict=f"{posts[0].type} {posts[0].id} of the site has this permalink, and the "
            f"record is a {record.type}"
        )
    return Found(posts[0]) if posts else None


def _by_slug(record: Identity, index: SiteIndex) -> Found | None:
    holders = index.by_slug(record.type, record.slug) if record.slug else []
    posts = [post for post in holders if not _dated(record) or _same_date(record, post)]
    if len(posts) > 1:
        posts = [post for post in posts if (post.status == "trash") == _in_trash(record)]
    if len(posts) > 1:
        return Found(conflict=_several(posts, "have this slug"))
    if posts:
        return Found(posts[0])
    held = free_slug(record, index)
    return Found(conflict=f"{held}, which has another date") if held else None


def _by_title(record: Identity, index: SiteIndex) -> Iterator[Listed]:
    for status in sorted(record.statuses):
        yield from index.by_title(record.type, status, record.title)


def _not_in_trash(record: Identity, found: Found) -> Found:
    if found.post and found.post.status == "trash" and not _in_trash(record):
        return Found(
            conflict=f"it is post {found.post.id}, which lies in the site's trash: restore it "
            "there, or delete it for good"
        )
    return found


def _in_trash(record: Identity) -> bool:
    return "trash" in record.statuses


def _dated(record: Identity) -> bool:
    return bool(record.date or record.date_gmt)


def _same_date(record: Identity, post: Listed) -> bool:
    if record.date:
        return record.date == post.date
    return record.date_gmt == post.date_gmt


def _several(posts: list[Listed], what: str) -> str:
    ids = ", ".join(str(post.id) for post in posts)
    return f"several posts of the site {what}: {ids}"
