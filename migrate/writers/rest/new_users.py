"""New users: the authors that an import makes where it was asked to, with nobody's password.

While planning, one that isn't there gets a number below zero in place of its id. `ensure` makes it.
Making a user over REST sends no mail (wp_insert_user()).
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from msgspec import Struct

from migrate.errors import AnswerError
from migrate.live.api import Row
from migrate.model.action import HIDDEN, Action
from migrate.model.finding import Finding, Note
from migrate.model.post import Author
from migrate.model.sanitize import sanitize_title, sanitize_user
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import DONE, FAILED, SiteHistory
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.persistence import is_refusal, persist
from migrate.writers.rest.rows import USER_FIELDS, held_user

__all__ = ["NewUsers"]

_ROUTE: Final = "wp/v2/users"
_ROLE: Final = "author"
_PASSWORD_BYTES: Final = 32


class _Planned(Struct):
    """A user to be made; `id` is 0 until it is."""

    author: Author
    action: Action
    id: int = 0
    needed: bool = False


class NewUsers:
    """Makes users of the role author; their passwords are random, and kept nowhere."""

    def __init__(self, connection: Connection, history: SiteHistory, note: Note) -> None:
        self._connection = connection
        self._history = history
        self._note = note
        self._planned: list[_Planned] = []

    def number(self, author: Author) -> int:
        """Give the number of an author who is going to be made.

        Raises SiteError where we may not make users.
        """
        self._connection.account.require(["create_users", "promote_users"], "to create authors")
        name = author.display_name or author.login or ""
        title = name if name and "@" not in name else HIDDEN
        self._planned.append(_Planned(author, Action("create", "user", title=title)))
        return -len(self._planned)

    def need(self, number: int) -> None:
        """Take a user into the plan, if the number is that of one to be made."""
        if number < 0:
            self._planned[-number - 1].needed = True

    def planned(self) -> list[Action]:
        """Give the users that the plan makes; each action goes on to say what became of it."""
        return [planned.action for planned in self._planned if planned.needed]

    def ensure(self, number: int) -> int:
        """Give the id behind a number, after making the user; 0 where the site refuses it."""
        if number >= 0:
            return number
        planned = self._planned[-number - 1]
        if not planned.id and planned.action.verb != "failed":
            try:
                planned.id = self._create(planned.author)
            except AnswerError as error:
                planned.action.verb, planned.action.reason = "failed", error.message
                self._note(
                    Finding(
                        "target-record-failed",
                        f"the author {planned.action.title}: {error.message}",
                    )
                )
        return planned.id

    def _create(self, author: Author) -> int:
        login = _login(author)
        step = Step("", "create", "user", slug=login, object="user")
        number = self._history.intend(step)
        body = _body(author, login)
        try:
            row = persist(
                lambda: self._connection.post(_ROUTE, body, USER_FIELDS),
                lambda: self._held(login),
                self._note,
            )
        except AnswerError as error:
            if is_refusal(error):
                self._history.settle(number, FAILED)
            raise
        self._history.settle(number, DONE, int(row["id"]), held_user(row))
        if not author.email:
            self._note(
                Finding(
                    "target-user-unreachable",
                    f"the user {author.display_name or login} was made with the address "
                    f"{_address(login)}, which nobody reads",
                )
            )
        return int(row["id"])

    def _held(self, login: str) -> Row | None:
        """Return the user that was perhaps made although no answer said so."""
        asked = {"search": login, "context": "edit", "_fields": USER_FIELDS}
        for row in self._connection.api.rows(_ROUTE, asked):
            if str(row.get("username", "")).casefold() == login.casefold():
                return row
        return None


def _body(author: Author, login: str) -> dict[str, Any]:
    names = {
        "name": author.display_name,
        "first_name": author.first_name,
        "last_name": author.last_name,
    }
    return {
        "username": login,
        "email": author.email or _address(login),
        "roles": [_ROLE],
        "password": secrets.token_urlsafe(_PASSWORD_BYTES),
        **{name: value for name, value in names.items() if value},
    }


def _login(author: Author) -> str:
    """Return an author's login, else one that is made of the name."""
    stated = sanitize_user(author.login or "", strict=True)
    name = author.display_name or (author.email or "").partition("@")[0]
    return stated or sanitize_title(name).replace("%", "")


def _address(login: str) -> str:
    """Return an address that is surely nobody's (RFC 2606): WordPress wants one for each user."""
    return f"{sanitize_title(login).replace('%', '')}@users.invalid"
