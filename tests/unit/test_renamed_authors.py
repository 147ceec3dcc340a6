"""An author map gives a source's records other authors."""

from __future__ import annotations

import pytest
from msgspec import Struct

from migrate.errors import UsageError
from migrate.mapping.author_map import AuthorMap
from migrate.model.finding import Finding, Note
from migrate.model.post import Author, Post
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.readers.posts import PostsReader
from migrate.renamed_authors import RenamingReader
from tests.sources import SAMPLES, posts_reader

JANE = Author("jane", "Jane Doe", "jane@example.org")
OLD = Author("old", "Old Name")


class One(Struct, frozen=True):
    """A source of one record by an author."""

    author: Author | None
    known: tuple[Author, ...] = ()

    def head(self, note: Note) -> Head:
        """Give the authors that are known."""
        del note
        return Head(authors=list(self.known))

    def read(self, handle: Handle, note: Note) -> Reading:
        """Give the record."""
        del handle, note
        return Reading(Post(author=self.author))


def author_of(one: One, **users: str) -> Author | None:
    """Read the record with a map."""
    reader: PostsReader = one  # type: ignore[assignment]
    post = RenamingReader(reader, AuthorMap(users), one.known).read(Handle("a"), _ignore).post
    assert post is not None
    return post.author


def _ignore(_finding: Finding) -> None:
    pass


def test_an_author_becomes_another() -> None:
    """By login or name; whom the source knows by that name comes with all it says."""
    assert author_of(One(Author(display_name="old")), old="New") == Author(display_name="New")
    assert author_of(One(OLD, (JANE, OLD)), old="jane") == JANE
    assert author_of(One(Author("old"), (OLD,)), **{"Old Name": "New"}).display_name == "New"  # type: ignore[union-attr]


def test_others_stay() -> None:
    """Whom the map doesn't name, and records without an author."""
    assert author_of(One(JANE), old="New") == JANE
    assert author_of(One(None), old="New") is None


def test_a_number_is_a_sites() -> None:
    """A file can't say who that is."""
    with pytest.raises(UsageError, match="12 is the number of a user"):
        author_of(One(OLD), old="12")


def test_the_head_names_each_author_once() -> None:
    """Two who become one are one."""
    reader: PostsReader = One(None, (JANE, OLD))  # type: ignore[assignment]
    renaming = RenamingReader(reader, AuthorMap({"old": "jane"}), (JANE, OLD))

    assert renaming.head(_ignore).authors == [JANE]


def test_places_stay_those_of_the_file() -> None:
    """Findings stand where they stood."""
    plain = posts_reader(SAMPLES / "wpghs")
    renaming = RenamingReader(plain, AuthorMap({"Marit Vollan": "mv"}))
    handles = list(renaming.locate(_ignore))

    assert handles == list(plain.locate(_ignore))
    assert renaming.line_of(handles[0], "author") == plain.line_of(handles[0], "author")
