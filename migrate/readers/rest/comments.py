"""Comments: all that a site shows, one status at a time, kept on disk until their post is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from migrate.errors import AnswerError
from migrate.live.answer import mapping
from migrate.live.api import Row
from migrate.model.post import Comment
from migrate.readers.rest import losses, metas
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.listing import Broken, listed
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.record import day
from migrate.readers.rest.shelf import Shelf

__all__ = ["Comments"]

_ROUTE: Final = "wp/v2/comments"
_FIELDS: Final = (
    "id,post,parent,author,author_name,author_email,author_url,author_ip,author_user_agent,date,date_gmt,status,type,"
    "meta,content"
)
_APPROVED: Final = {"approved": "1", "hold": "0"}
"""REST's words for comment_approved; the others are stored as they are."""

_REFUSED: Final = frozenset({400, 401, 403, 404})


class Comments:
    """The comments of a site, by their posts."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.shown = True

    def read(
        self, connection: Connection, options: RestOptions, note: Losses, broken: Broken
    ) -> None:
        """Read all that we are shown; what we aren't is named."""
        if not connection.may("moderate_comments"):
            note.once(losses.VISITORS_COMMENTS)
            self._read(connection, {"context": "view"}, note, broken)
            return
        wanted = ["approve", "hold"]
        wanted += ["trash", "post-trashed"] if options.trash else []
        wanted += ["spam"] if options.spam else []
        for status in wanted:
            # `all` is WP_Comment_Query's word; without it pingbacks would stay out.
            asked = {"context": "edit", "status": status, "type": "all"}
            self._read(connection, asked, note, broken)

    def of(self, post: int) -> list[Comment] | None:
        """Give a post's comments in the order of their ids; None where none are shown at all."""
        if not self.shown:
            return None
        return [_comment(row) for row in sorted(self._shelf.of(post), key=_number)]

    def rows(self, post: int) -> Iterator[Row]:
        """Give what the site said of a post's comments."""
        return self._shelf.of(post)

    @property
    def count(self) -> int:
        """Count them."""
        return len(self._shelf)

    def _read(
        self, connection: Connection, asked: dict[str, str], note: Losses, broken: Broken
    ) -> None:
        def take(row: Row) -> None:
            self._shelf.add(int(row.get("post") or 0), row)

        try:
            listed(connection.lanes, _ROUTE, {**asked, "_fields": _FIELDS}, take, broken)
        except AnswerError as error:
            if error.status not in _REFUSED:
                raise
            note.once(losses.HIDDEN_COMMENTS, asked.get("status", "approve"))
            self.shown = self.shown and "status" in asked


def _number(row: Row) -> int:
    return int(row["id"])


def _comment(row: Row) -> Comment:
    content = mapping(row.get("content"))
    text = content.get("raw", content.get("rendered"))
    return Comment(
        id=int(row["id"]),
        author=row.get("author_name"),
        author_email=row.get("author_email"),
        author_url=row.get("author_url"),
        author_ip=row.get("author_ip"),
        agent=row.get("author_user_agent") or None,
        date=day(row.get("date")),
        date_gmt=day(row.get("date_gmt")),
        content=None if text is None else str(text),
        approved=_APPROVED.get(str(row.get("status")), str(row.get("status"))),
        type=None if row.get("type") is None else str(row["type"]),
        parent=int(row.get("parent") or 0),
        user_id=int(row.get("author") or 0),
        meta=metas.rows(row.get("meta"), {}),
    )
