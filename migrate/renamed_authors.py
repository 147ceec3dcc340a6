"""A source whose authors are others, as --author-map says: for files, where no site knows them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from migrate.errors import UsageError
from migrate.mapping.author_map import AuthorMap
from migrate.model.finding import Note
from migrate.model.post import Author
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.stages import Reader


class RenamingReader(Struct, frozen=True):
    """Reads what `reader` reads, with the authors of `authors` in place of those whom it names.

    An author of the source who is called so already stands for them; else the new one has no more
    than a name. `known` are the source's authors, with all that it says of each.
    """

    reader: Reader
    authors: AuthorMap
    known: tuple[Author, ...] = field(default=())

    def head(self, note: Note) -> Head:
        """Give all that is no post; each author once. Raises UsageError as `read`."""
        head = self.reader.head(note)
        renamed = dict.fromkeys(self._renamed(author) for author in head.authors)
        return replace(head, authors=list(renamed))

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records, in source order."""
        return self.reader.locate(note)

    def state(self, handle: Handle) -> str:
        """Give nothing: who an author is depends on all authors."""
        del handle
        return ""

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record, by its new author; UsageError where that is a number."""
        reading = self.reader.read(handle, note)
        if reading.post is not None and reading.post.author is not None:
            reading.post.author = self._renamed(reading.post.author)
        return reading

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field of a record starts."""
        return self.reader.line_of(handle, field)

    def _renamed(self, author: Author) -> Author:
        bare = author == Author(login=author.login)
        whole = [one for one in self.known if bare and one.login == author.login]
        user = self.authors.user(whole[0] if whole else author)
        if not user:
            return author
        if user.isdecimal():
            raise UsageError(
                f"--author-map: {user} is the number of a user, which only a site knows",
                fix="Write a login or a name",
            )
        called = (one for one in self.known if user in (one.login, one.email, one.display_name))
        return next(called, Author(display_name=user))
