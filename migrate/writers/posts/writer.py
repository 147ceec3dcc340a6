"""The writer of posts as the pipeline sees it: an encoder for chunks and a joiner for the whole."""

from __future__ import annotations

from pathlib import Path

from migrate.mapping.dialect import Dialect
from migrate.mapping.said import by_login
from migrate.model.finding import Note
from migrate.model.post import Author, Post
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.writers.posts.again import Again
from migrate.writers.posts.draft import FileDraft
from migrate.writers.posts.encode import Encoder
from migrate.writers.posts.join import FolderJoiner
from migrate.writers.posts.marker import Marker
from migrate.writers.posts.options import PostsOptions


class PostsWriter:
    """Writes a folder of posts in one dialect.

    `authors` are the source's, so that front matter can show names where records state logins.
    """

    def __init__(
        self,
        settings: Settings,
        dialect: Dialect,
        options: PostsOptions | None = None,
        authors: tuple[Author, ...] = (),
    ) -> None:
        self.settings = settings
        self.dialect = dialect
        self.options = options or PostsOptions()
        self.authors = authors
        self._encoder = Encoder(dialect, self.options, settings, by_login(authors))

    def encode(self, post: Post, note: Note) -> FileDraft:
        """Make the file of one record: pure, for any process."""
        return self._encoder.draft(post, note)

    def encoder(self, root: Path) -> Again:
        """Give what encodes records for a folder, and takes files that stand there for made."""
        authors = by_login(self.authors)
        marker = Marker(self.dialect, self.options, self.settings, authors)
        return Again(self._encoder, marker, root, only_posts=self.options.only_posts)

    def joiner(self, root: Path, known: Head) -> FolderJoiner:
        """Make the object that sees all drafts in source order and writes below `root`."""
        return FolderJoiner(root, known, self.dialect.name, self.options)
