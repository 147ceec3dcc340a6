"""People: who wrote the posts of a site, as far as it shows its users."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from migrate.errors import AnswerError
from migrate.live.api import PAGE, Row
from migrate.model.post import Author
from migrate.readers.rest import losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.losses import Losses

__all__ = ["People"]

_REFUSED = frozenset({401, 403, 404})


class People:
    """The authors of a site's posts, by their ids."""

    def __init__(self, found: dict[int, Author], *, complete: bool) -> None:
        self._found = found
        self._complete = complete

    @classmethod
    def read(cls, connection: Connection, ids: Iterable[int], note: Losses) -> People:
        """Ask for those users alone: a shop has more customers than authors."""
        wanted = sorted({number for number in ids if number})
        complete = connection.may("list_users")
        if not complete and wanted:
            note.once(losses.LOGINS)
        found: dict[int, Author] = {}
        try:
            for start in range(0, len(wanted), PAGE):
                group = wanted[start : start + PAGE]
                found |= _asked(connection, group, edit=complete)
        except AnswerError as error:
            if error.status not in _REFUSED:
                raise
            note.once(losses.NO_USERS)  # a security plugin has closed the route
            complete = False
        return cls(found, complete=complete)

    @property
    def all(self) -> list[Author]:
        """Give them in the order of their ids."""
        return [self._found[number] for number in sorted(self._found)]

    def author(self, number: int | None) -> Author | None:
        """Give the author with that id; of one who is no user any more the login is empty."""
        if number is None:
            return None
        if number in self._found:
            return self._found[number]
        return Author(login="", id=number) if self._complete else Author(id=number)


def _asked(connection: Connection, ids: Sequence[int], *, edit: bool) -> dict[int, Author]:
    asked: dict[str, str | int] = {
        "include": ",".join(map(str, ids)),
        "per_page": PAGE,
        "context": "edit" if edit else "view",
        "_fields": "id,username,name,first_name,last_name,email",
    }
    rows = connection.api.rows("wp/v2/users", asked)
    return {int(row["id"]): _author(row) for row in rows}


def _author(row: Row) -> Author:
    return Author(
        login=row.get("username"),
        display_name=row.get("name"),
        email=row.get("email"),
        first_name=row.get("first_name"),
        last_name=row.get("last_name"),
        id=int(row["id"]),
    )
