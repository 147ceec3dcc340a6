"""The author map: a YAML file that says which user of the site an author of the source is.

    Jane Doe: jane
    joe@old.example: joe@example.org
    old-login: 12

Before the colon stands an author's login, e-mail or display name, behind it the user's, or the
user's number.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from migrate.errors import MappingError
from migrate.mapping.document import parse
from migrate.model.post import Author
from migrate.output import plain

__all__ = ["AuthorMap", "load"]


class AuthorMap:
    """The users that authors are said to be; case doesn't matter."""

    def __init__(self, users: Mapping[str, str] | None = None) -> None:
        self._users = {name.casefold(): user for name, user in (users or {}).items()}

    def user(self, author: Author) -> str:
        """Give what names an author's user; empty where the map says nothing of them."""
        names = (author.login, author.email, author.display_name)
        return next(
            (self._users[n] for name in names if (n := (name or "").casefold()) in self._users), ""
        )


def load(path: Path) -> AuthorMap:
    """Return the map that a file holds; MappingError with its place where something is wrong."""
    try:
        text = plain.text(path)
    except (OSError, UnicodeDecodeError) as error:
        said = f"the author map can't be read: {getattr(error, 'strerror', None) or error}"
        fix = "Name a file of lines `author: user`, in UTF-8"
        raise MappingError(said, path=str(path), fix=fix) from error
    document = parse(text, str(path))
    if not isinstance(document.data, dict):
        raise MappingError(
            "an author map is lines of `author: user`", path=str(path), line=1, fix="See the docs"
        )
    wrong = [name for name, user in document.data.items() if not isinstance(user, str | int)]
    if wrong:
        complaints = [document.at((name,), "one user is wanted here") for name in wrong]
        raise document.error(complaints)
    return AuthorMap({str(name): str(user) for name, user in document.data.items()})
