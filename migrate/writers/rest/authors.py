"""Authors: which user of the site wrote a post."""

from __future__ import annotations

import html
import re
from typing import Final

from migrate.errors import AnswerError
from migrate.live.api import PAGE, Row
from migrate.model.finding import Note
from migrate.model.post import Author, Post
from migrate.writers.rest.actions import finding
from migrate.writers.rest.connection import Connection

__all__ = ["Authors"]

_ESCAPED: Final = re.compile(r"""[&<>"'\\*]""")


class Authors:
    """Finds users by login, then e-mail, then display name; asks the site once for each author.

    The site is searched rather than listed: a shop has more customers than posts.
    """

    def __init__(self, connection: Connection, note: Note) -> None:
        self._connection = connection
        self._note = note
        self._found: dict[Author, int] = {}

    def id_of(self, post: Post) -> int:
        """Give the user who wrote a record; 0 where none is stated, or the site has no such user.

        The latter is a finding about the first record of that author.
        """
        author = post.author
        if author is None or not (author.login or author.email or author.display_name):
            return 0
        if author not in self._found:
            self._found[author] = self._search(author, post)
        return self._found[author]

    def _search(self, author: Author, post: Post) -> int:
        keys = (
            ("username", author.login),
            ("email", author.email),
            ("name", author.display_name),
        )
        problem = "the site has no such user"
        for key, value in keys:
            users = self._users(key, value) if value else []
            if len(users) == 1:
                return int(users[0]["id"])
            if users:
                problem = f"{len(users)} users of the site have that name"
        if self._connection.is_visitor:
            return 0  # visitors see some users only, and no logins
        shown = _no_address(author.display_name or "") or _no_address(author.login or "")
        importer = _no_address(self._connection.account.name) or "the importing user"
        self._note(
            finding(
                "loss-author-unknown",
                f"author {shown or 'with an e-mail address only'}: {problem}; new posts go to "
                f"{importer}, posts that are there keep their author",
                post,
                "author",
            )
        )
        return 0

    def _users(self, key: str, value: str) -> list[Row]:
        """Return the users whose field is this value; searching alone finds parts as well."""
        wanted = _folded(key, value)
        return [row for row in self._asked(value) if _folded(key, str(row.get(key, ""))) == wanted]

    def _asked(self, text: str) -> list[Row]:
        # WordPress stores names with entities and slashes escaped: look for what stays the same.
        plain = max(_ESCAPED.split(text), key=len)
        search: dict[str, str | int] = {"search": plain.strip(), "per_page": PAGE}
        api = self._connection.api
        try:
            return api.rows("wp/v2/users", {**search, "context": "edit"})
        except AnswerError as error:
            if error.status not in {401, 403}:
                raise
        # Only administrators see logins and e-mails; editors see the names of those who write.
        return api.rows("wp/v2/users", {**search, "who": "authors"})


def _no_address(name: str) -> str:
    """Return a name, nothing of it where it holds an e-mail address: reports are public."""
    return "" if "@" in name else name


def _folded(key: str, value: str) -> str:
    # A display name may be stored with entities; logins and e-mails know no upper case.
    return html.unescape(value) if key == "name" else value.casefold()
