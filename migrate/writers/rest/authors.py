"""Authors: which user of the site wrote a post or a comment."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from migrate.errors import AnswerError
from migrate.live.api import PAGE, Row
from migrate.model.finding import Note
from migrate.model.post import Author, Post
from migrate.writers.rest.actions import finding
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.new_users import NewUsers
from migrate.writers.rest.options import ImportOptions

__all__ = ["Authors"]

_ESCAPED: Final = re.compile(r"""[&<>"'\\*]""")
_WAYS_OUT: Final = (
    "Make the user on the site, name another one with --author-map, or let --create-authors make "
    "them; --fail-on loss stops here"
)


class Authors:
    """Finds users by login, then e-mail, then display name; asks the site once for each author.

    The author map speaks first. The site is searched rather than listed: a shop has more customers
    than posts.
    """

    def __init__(
        self, connection: Connection, new_users: NewUsers, options: ImportOptions, note: Note
    ) -> None:
        self._connection = connection
        self._new_users = new_users
        self._map = options.author_map
        self._creates = options.create_authors and not connection.is_visitor
        self._known = {author.id: author for author in options.head.authors if author.id}
        self._note = note
        self._found: dict[Author, tuple[int, str]] = {}

    def id_of(self, post: Post) -> int:
        """Give the user who wrote a record, below zero for one that is going to be made.

        0 where none is stated, or the site has no such user; the latter is a finding about the
        first record of that author.
        """
        author = post.author
        if author is None or not _is_named(author):
            return 0
        is_new = author not in self._found
        number, problem = self._search(author)
        if is_new and not number:
            self._name(author, problem, post)
        return number

    def commenter(self, source_id: int) -> int:
        """Give the user that a user of the source's site is, as `id_of` does, but quietly."""
        author = self._known.get(source_id)
        return self._search(author)[0] if author and _is_named(author) else 0

    def need(self, fields: Mapping[str, Any]) -> None:
        """Take the author of a record into the plan, if it is one to be made."""
        self._new_users.need(fields.get("author", 0))

    def settled(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Give fields with an author's id in place of an open number, after making the user.

        Without an author where the site refuses that one.
        """
        author = self._new_users.ensure(fields.get("author", 0))
        rest = {name: held for name, held in fields.items() if name != "author"}
        return rest | ({"author": author} if author else {})

    def _search(self, author: Author) -> tuple[int, str]:
        if author not in self._found:
            self._found[author] = self._asked_for(author)
        return self._found[author]

    def _asked_for(self, author: Author) -> tuple[int, str]:
        """Return the user, or 0 and why there is none."""
        mapped = self._map.user(author)
        if mapped.isdecimal():
            return int(mapped), ""
        wanted = Author(mapped, mapped, mapped) if mapped else author
        number, problem = self._on_site(wanted)
        if not number and self._creates and not mapped:
            return self._new_users.number(author), ""
        return number, f"{problem}, whom the author map names" if mapped else problem

    def _on_site(self, author: Author) -> tuple[int, str]:
        keys = (
            ("username", author.login),
            ("email", author.email),
            ("name", author.display_name),
        )
        problem = "the site has no such user"
        for key, value in keys:
            users = self._users(key, value) if value else []
            if len(users) == 1:
                return int(users[0]["id"]), ""
            if users:
                problem = f"{len(users)} users of the site have that name"
        return 0, problem

    def _name(self, author: Author, problem: str, post: Post) -> None:
        if self._connection.is_visitor:
            return  # visitors see some users only, and no logins
        shown = _no_address(author.display_name or "") or _no_address(author.login or "")
        importer = _no_address(self._connection.account.name) or "the importing user"
        self._note(
            finding(
                "loss-author-unknown",
                f"author {shown or 'with an e-mail address only'}: {problem}; new posts go to "
                f"{importer}, posts that are there keep their author",
                post,
                "author",
                fix=_WAYS_OUT,
            )
        )

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


def _is_named(author: Author) -> bool:
    return bool(author.login or author.email or author.display_name)


def _no_address(name: str) -> str:
    """Return a name, nothing of it where it holds an e-mail address: reports are public."""
    return "" if "@" in name else name


def _folded(key: str, value: str) -> str:
    # A display name may be stored with entities; logins and e-mails know no upper case.
    return html.unescape(value) if key == "name" else value.casefold()
