"""Actions and findings about one record, worded alike by planning and applying."""

from __future__ import annotations

from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan import stored

__all__ = ["action", "finding", "is_public", "kind_name", "link_differs"]


def kind_name(post: Post) -> str:
    """Return a record's type; WordPress's default is post."""
    return post.type or "post"


def is_public(row: Row) -> bool:
    """Return whether visitors can read a post of the site."""
    return row.get("status") == "publish" and not row.get("password")


def action(
    verb: Verb, post: Post, reason: str = "", *, link: str = "", public: bool | None = None
) -> Action:
    """Return what happens to a record; where it isn't on the site, the record says who may see it.

    `public` is true only if both what the site holds and what it will hold can be read by visitors.
    """
    if public is None:
        public = post.status == "publish"
    return Action(
        verb,
        kind_name(post),
        path=post.provenance.path,
        id="" if post.id is None else str(post.id),
        slug=post.slug or "",
        title=post.title or "",
        target_url=link,
        reason=reason,
        public=public and not post.password,
    )


def finding(code: str, message: str, post: Post, field: str = "", *, fix: str = "") -> Finding:
    """Return a finding about a record. It names no text of it: the record may not be public."""
    path = post.provenance.path
    return Finding(code, message, path=path, record=post.ref(), field=field, fix=fix)


def link_differs(post: Post, row: Row, home: str) -> Finding | None:
    """Return the finding for a post that isn't served under the path of its permalink.

    Only for what visitors can see: drafts have no address yet.
    """
    stated = stored.path(post.link, home) if post.link else ""
    link = str(row.get("link", ""))
    if not stated or row.get("status") != "publish" or stored.path(link, home) == stated:
        return None
    return finding("target-link-differs", f"the site serves it under {link}", post, "link")
