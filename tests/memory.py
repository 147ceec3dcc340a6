"""A source in memory, for tests that need one with just these records."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head


class Memory:
    """A source in memory, for two sources that differ in one thing."""

    def __init__(self, posts: list[Post], head: Head) -> None:
        self.posts = posts
        self.known = head

    def head(self, note: Note) -> Head:
        """Give the head."""
        del note
        return self.known

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records by their number."""
        del note
        return (Handle(f"{number}.md") for number in range(len(self.posts)))

    def read(self, handle: Handle, note: Note) -> Reading:
        """Give a copy of a record."""
        del note
        return Reading(copy.deepcopy(self.posts[int(handle.path.removesuffix(".md"))]))

    def state(self, handle: Handle) -> str:
        """Give nothing: all is read."""
        del handle
        return ""

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Say line 1: nothing here has lines."""
        del handle, field
        return 1
