"""Comments: those of a record as the REST API takes them, those of posts as the site has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from migrate.live.api import PAGE, Row
from migrate.model.post import Comment, Post
from migrate.plan import stored
from migrate.plan.comments import Known
from migrate.plan.compare import COMMENTS
from migrate.plan.journal.history import SiteHistory
from migrate.writers.rest.authors import Authors
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.losses import Losses

__all__ = ["FIELDS", "ROUTE", "Comments", "known", "on_posts"]

ROUTE: Final = "wp/v2/comments"
FIELDS: Final = (
    "id,post,parent,author,author_name,author_email,author_url,author_ip,author_user_agent,date,"
    "date_gmt,content,status,type"
)
_STATUSES: Final = {"1": "approve", "0": "hold", "": "hold", "spam": "spam", "trash": "trash"}
_REFUSING: Final = frozenset({"draft", "trash"})
_LISTINGS: Final = ("all", "spam", "trash")  # `all` leaves both out


class Comments:
    """Turns comments into requests; names what of them is lost, each kind once a run."""

    def __init__(self, connection: Connection, authors: Authors) -> None:
        self._connection = connection
        self._authors = authors

    def field(
        self, post: Post, kind: Kind, status: str, losses: Losses
    ) -> dict[str, list[dict[str, Any]]]:
        """Return a record's comments, parents first, under the name of their field; {} for none."""
        if not post.comments:
            return {}
        reason = _unsendable(kind, status)
        if reason:
            losses.refused("comments", f"its {len(post.comments)} comments aren't sent: {reason}")
            return {}
        sent = {
            comment.id or -place: comment
            for place, comment in enumerate(post.comments, 1)
            if _travels(comment, losses)
        }
        return {COMMENTS: list(self._ordered(sent, losses))} if sent else {}

    def _ordered(self, sent: dict[int, Comment], losses: Losses) -> Iterator[dict[str, Any]]:
        """Give comments as requests, each behind the one that it answers."""
        given: set[int] = set()
        waiting = list(sent)
        while waiting:
            above = {number: sent[number].parent or 0 for number in waiting}
            ready = [n for n in waiting if above[n] in given or above[n] not in sent]
            for number in ready or waiting[:1]:  # a circle is cut where it starts
                if above[number] and above[number] not in given:
                    losses.comments("parent", "the place below a comment that isn't sent")
                    above[number] = 0
                given.add(number)
                waiting.remove(number)
                yield self._request(number, sent[number], above[number], losses)

    def _request(
        self, number: int, comment: Comment, parent: int, losses: Losses
    ) -> dict[str, Any]:
        """Return a comment's fields; what isn't stated isn't asked for."""
        stated = {
            "author_name": comment.author,
            "author_email": comment.author_email,
            "author_url": comment.author_url,
            "author_ip": comment.author_ip,
            "author_user_agent": comment.agent,
            "content": comment.content,
            "status": None if comment.approved is None else _STATUSES[comment.approved],
        }
        fields: dict[str, Any] = {n: value for n, value in stated.items() if value is not None}
        fields |= {"id": number, "parent": parent}
        if comment.date:
            fields["date"] = stored.wall(comment.date, self._connection.facts.zone)
        elif comment.date_gmt:
            fields["date_gmt"] = comment.date_gmt
        elif comment.date is not None:
            losses.comments("date", "a date that is none, so it becomes the import's,")
        user = self._authors.commenter(comment.user_id) if comment.user_id else 0
        if user:
            fields["author"] = user
        elif comment.user_id:
            losses.comments("user_id", "the accounts of commenters that the site doesn't have")
        return fields


def known(history: SiteHistory, key: str) -> dict[int, Known]:
    """Return what the journal knows of the comments of a record, by their source's numbers."""
    return {
        int(step.key.removeprefix(f"{key}#comment:")): Known(step.site_id, step.title, step.held)
        for step in history.done_below(f"{key}#comment:")
    }


def on_posts(connection: Connection, ids: Sequence[int]) -> dict[int, list[Row]]:
    """Return the comments on posts, of any status, by post."""
    found: dict[int, list[Row]] = {post_id: [] for post_id in ids}
    for start in range(0, len(ids), PAGE):
        posts = ",".join(map(str, ids[start : start + PAGE]))
        for status in _LISTINGS:
            asked = {"context": "edit", "post": posts, "status": status, "_fields": FIELDS}
            for row in connection.api.every(ROUTE, asked):
                if (post := int(row.get("post") or 0)) in found:
                    found[post].append(row)
    return found


def _unsendable(kind: Kind, status: str) -> str:
    """Return why a record takes no comments; nothing where it does."""
    if status in _REFUSING:
        return f"WordPress takes none for a post of the status {status}"
    if "comment_status" not in kind.schema.fields:
        return "records of this type take none"
    return ""


def _travels(comment: Comment, losses: Losses) -> bool:
    """Return whether REST can make a comment, and name what of it is lost."""
    for meta in comment.meta or ():
        losses.comments(f"meta.{meta.key}", f"the meta {meta.key} of comments")
    if comment.type not in {None, "", "comment"}:
        losses.comments(f"type.{comment.type}", f"comments of the type {comment.type}")
        return False
    if not (comment.content or "").strip():
        losses.comments("content", "comments without a text")
        return False
    if comment.approved is not None and comment.approved not in _STATUSES:
        losses.comments(f"status.{comment.approved}", f"comments of the status {comment.approved}")
        return False
    return True
