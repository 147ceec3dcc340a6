"""Recognition: which post of the site a record is, if it is there already.

In this order: the ID, where the record comes from this very site; the permalink's path; type, slug
and date; and for what has no slug on either side (drafts have none) type, title and content, or
type, title and date, which the caller has to compare. Whatever isn't certain is a conflict: nothing
is sent then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from migrate.plan.site_index import Listed, SiteIndex
from migrate.plan.stored import numbered

__all__ = ["Found", "Identity", "free_slug", "not_in_trash", "recognise", "reserved_slug"]

_SLUGLESS: Final = ("draft", "pending")
_CHECKED: Final = frozenset({"publish", "future", "private"})
_FEEDS: Final = frozenset({"feed", "rdf", "rss", "rss2", "atom", "embed"})


class Identity(NamedTuple):
    """What a record is recognised by, in the site's own terms (see `stored`); empty is unstated.

    `statuses` are those that the site may hold it under; `id` is 0 unless the record comes from
    this site; `own` says that its permalink is of this site; `flat` that posts of this type have no
    parents, so that one slug is one post; `parent` is the post that it belongs under, below zero
    for one that has yet to be made.
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
    own: bool = False
    parent: int = 0


class Found(NamedTuple):
    """The post that a record is, or why that can't be told.

    `likely` are the posts of which one may be it, if it has the same content. `doubt` is why
    `post` isn't it, unless it has the same title and content. `taken` is why the record can't have
    its slug; `post` then is one that may have been given a number behind it for that reason.
    """

    post: Listed | None = None
    likely: tuple[Listed, ...] = ()
    conflict: str = ""
    doubt: str = ""
    taken: str = ""


def recognise(record: Identity, index: SiteIndex) -> Found:
    """Return the post of the site that a record is; an empty answer if it isn't there."""
    found = _by_id(record, index) or _by_path(record, index) or _by_slug(record, index)
    if found is None:
        found = Found(likely=tuple(_by_title(record, index)))
    return not_in_trash(record, found)


def not_in_trash(record: Identity, found: Found) -> Found:
    """Return what was found; a conflict where it lies in the trash and the record doesn't."""
    if found.post and found.post.status == "trash" and not _in_trash(record):
        return Found(
            conflict=f"it is post {found.post.id}, which lies in the site's trash: restore it "
            "there, or delete it for good"
        )
    return found


def free_slug(
    record: Identity,
    index: SiteIndex,
    but: int = 0,
    letting_go: frozenset[str] = frozenset({"trash"}),
) -> str:
    """Return why a record can't have its slug, else nothing; `but` is the record's own post.

    wp_unique_post_slug(): posts of one type share their slugs, pages of one parent. Those of the
    statuses `letting_go` keep none from others.
    """
    for holder in index.by_slug(record.type, record.slug):
        beside = record.flat or holder.parent == record.parent
        if holder.id != but and holder.status not in letting_go and beside:
            return f"the slug {record.slug} belongs to post {holder.id} of the site"
    return ""


def reserved_slug(record: Identity, index: SiteIndex) -> str:
    """Return why WordPress would give a record another slug although it is free, else nothing.

    wp_unique_post_slug(): feeds' names, page numbers, and for posts whatever may be read as a date.
    """
    slug = record.slug
    if not _CHECKED & record.statuses:
        return ""
    number = slug.isascii() and slug.removeprefix("" if record.flat else "page").isdecimal()
    if record.flat and number:
        number = record.type == "post" and int(slug) > 0 and _may_be_date(int(slug), index)
    return f"WordPress keeps the slug {slug} for itself" if number or slug in _FEEDS else ""


def _may_be_date(number: int, index: SiteIndex) -> bool:
    """Return whether a number as a slug could be a date; days and months everywhere may be one."""
    return number <= 31 or not index.has_longer_paths("post")  # noqa: PLR2004 - days of a month


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
    return _trusted(record, posts[0]) if posts else None


def _trusted(record: Identity, post: Listed) -> Found:
    """Return a post of the record's path, as far as it can be believed.

    Another site may have the same path for something else, so the date has to agree, or title and
    content. Nothing that visitors don't see is published for the sake of a path.
    """
    if _dated(record) and _same_date(record, post):
        return Found(post)
    if post.status != "publish" and "publish" in record.statuses:
        return Found(
            conflict=f"post {post.id} of the site has this permalink, but another date, and isn't "
            "public"
        )
    if record.own:
        return Found(post)
    return Found(
        post,
        doubt=f"post {post.id} of the site has this permalink's path, but another date, title or "
        "content",
    )


def _by_slug(record: Identity, index: SiteIndex) -> Found | None:
    holders = index.by_slug(record.type, record.slug) if record.slug else []
    posts = [post for post in holders if not _dated(record) or _same_date(record, post)]
    if len(posts) > 1:
        posts = [post for post in posts if (post.status == "trash") == _in_trash(record)]
    if len(posts) > 1 and not record.flat:
        posts = [post for post in posts if post.parent == record.parent]
    if len(posts) > 1:
        return Found(conflict=_several(posts, "have this slug"))
    if posts:
        return Found(posts[0])
    held = free_slug(record, index)
    if not held:
        return None
    return Found(_by_number(record, index), taken=f"{held}, which has another date")


def _by_number(record: Identity, index: SiteIndex) -> Listed | None:
    """Return the one post of the record's title and date whose slug is its own with a number."""
    alike = [
        post
        for status in sorted(record.statuses)
        for post in index.by_title(record.type, status, record.title)
        if numbered(record.slug, post.slug) and _dated(record) and _same_date(record, post)
    ]
    return alike[0] if len(alike) == 1 else None


def _by_title(record: Identity, index: SiteIndex) -> Iterator[Listed]:
    """Give posts of the record's title: drafts without slug, and others if it has none itself."""
    for status in sorted(record.statuses.union(_SLUGLESS)):
        for post in index.by_title(record.type, status, record.title):
            unnamed = status in _SLUGLESS and not post.slug
            if unnamed or (status in record.statuses and not record.slug):
                yield post


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
