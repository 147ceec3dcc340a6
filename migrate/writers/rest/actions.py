"""Actions and findings about one record, worded alike by planning and applying."""

from __future__ import annotations

from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan import stored

__all__ = ["action", "finding", "kind_name", "link_differs"]


def kind_name(post: Post) -> str:
    """Return a record's type; WordPress's default is post."""
    return post.type or "post"


def action(verb: Verb, post: Post, reason: str = "", *, link: str = "", status: str = "") -> Action:
    """Return what happens to a record; `status` is the one it has, or will have, on the site."""
    return Action(
        verb,
        kind_name(post),
        path=post.provenance.path,
        id="" if post.id is None else str(post.id),
        slug=post.slug or "",
        title=post.title or "",
        target_url=link,
        reason=reason,
        public=status == "publish" and not post.password,
    )


def finding(code: str, message: str, post: Post, field: str = "") -> Finding:
    """Return a finding about a record. It names no text of it: the record may not be public."""
    return Finding(code, message, path=post.provenance.path, record=post.ref(), field=field)


def link_differs(post: Post, row: Row, home: str) -> Finding | None:
    """Return the finding for a post that isn't served under the path of its permalink.

    Only for what visitors can see: drafts have no address yet.
    """
    stated = stored.path(post.link or "", home)
    link = str(row.get("link", ""))
    if not stated or row.get("status") != "publish" or stored.path(link, home) == stated:
        return None
    return finding("target-link-differs", f"the site serves it under {link}", post, "link")
