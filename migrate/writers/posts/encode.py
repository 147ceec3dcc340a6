"""A record becomes the bytes of its file, and what is left for the sidecar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.mapping.said import (
    Authors,
    Said,
    as_shown,
    file_text,
    heard,
    own_provenance,
    say_and_hear,
)
from migrate.mapping.status import shown
from migrate.model import dates
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.rows import Rows
from migrate.model.settings import Settings
from migrate.output.names import is_safe, safe_path
from migrate.syntax import plain_yaml
from migrate.syntax.plain_records import post_values
from migrate.syntax.post_files import is_readable, readable
from migrate.syntax.values import Value
from migrate.syntax.wordpress_folder import KEPT_BESIDE, records_path
from migrate.writers.posts import sidecar
from migrate.writers.posts.draft import ADDRESS, FileDraft, key
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.usual import UsualFiles

_SAID_BY_PATHS: Final = ("type", "slug", "status", "date", "date_gmt")
_ONLY_POSTS: Final = "Leave --only-posts out: .wordpress/ holds it"


class Encoder:
    """Makes drafts of records: pure, for any process."""

    def __init__(
        self, dialect: Dialect, options: PostsOptions, settings: Settings, authors: Authors
    ) -> None:
        """Make one for a run; `authors` are the site's, by their logins."""
        self._dialect = dialect
        self._options = options
        self._settings = settings
        self._authors = authors
        self._usual = UsualFiles(dialect)

    def draft(self, post: Post, note: Note) -> FileDraft:
        """Give the draft; RecordError for a record with text that isn't Unicode."""
        try:
            return self._beside(post, note) if post.type in KEPT_BESIDE else self._file(post, note)
        except UnicodeEncodeError as error:
            raise RecordError(
                "mapping-value",
                f"half of a surrogate pair (U+{ord(error.object[error.start]):04X}) is no text",
                fix="Remove it from the source",
            ) from error

    def usual_rows(self, rows: Rows) -> list[bytes] | None:
        """Give the files that are all of these records; None where each has to be drafted.

        Raises OddRows where only some of them can't be with the others.
        """
        if not self._usual.knows(rows):
            try:
                self.draft(rows.post(0), _note_nothing)
            except RecordError:
                return None
        return self._usual.rows(rows)

    def _file(self, post: Post, note: Note) -> FileDraft:
        alike = self._alike(post)
        data = self._usual.data(alike)
        if data is None:
            return self._odd(post, note)
        draft = self.usual(post, post.provenance.path, data)
        if alike is not post:
            draft.sidecar = _of_format(post)
        return draft

    def _alike(self, post: Post) -> Post:
        """Give the record as its old file shows it, where all but the format of its body stands.

        A rule turns the bodies of a whole folder. Where front matter can't say what they are now, a
        sidecar says it, and nothing else.
        """
        path = post.provenance.path
        if post.content_format == self._dialect.body_format or not path or self._options.only_posts:
            return post  # most are what the dialect's bodies are
        shown = self._dialect.manner.body_format_at(path)
        if post.content_format == shown:
            return post
        is_held = self._dialect.manner.can_hold(post.content_format, path)
        return replace(post, content_format=shown) if is_held else post

    def usual(self, post: Post, path: str, data: bytes) -> FileDraft:
        """Give the draft of a record whose file is known and is all of it."""
        draft = self._draft(post, path)
        draft.data = data
        if self._options.only_posts:
            draft.address = {}
        return draft

    def _odd(self, post: Post, note: Note) -> FileDraft:
        """Make a file of any record, asking what its front matter can say and what not."""
        own = own_provenance(post, self._dialect, self._options.variant)
        visible = as_shown(post, self._authors)
        said = say_and_hear(self._dialect, visible, own)
        path, back = self._placed(visible, said, own.path, note)
        data = file_text(self._dialect, said.values, post.content or b"", own, said.head)
        draft = self._draft(post, path)
        draft.data = _encoded(data, own.encoding, note)
        unsaid = sidecar.unsaid(post, back)
        if self._options.only_posts:
            _note_lost(post, back, unsaid, note)
            draft.address = {}
            return draft
        filled = sidecar.filled(post, back) if self._settings.provenance else []
        brought = sidecar.origin(post, self._dialect) if self._settings.provenance else {}
        draft.sidecar = sidecar.whole(unsaid, post, filled, brought)
        if path == post.provenance.path and not own.encoding:
            alike = self._alike(post)
            if draft.sidecar == ({} if alike is post else _of_format(post)):
                self._usual.learn(alike, data)
        return draft

    def _beside(self, post: Post, note: Note) -> FileDraft:
        draft = self._draft(post, records_path(post.type or ""))
        if self._options.only_posts:
            draft.kind = "dropped"
            note(
                Finding(
                    "loss-no-place",
                    f"{post.type} {post.id} is no post of its own, so it wasn't written",
                    field="type",
                    fix=_ONLY_POSTS,
                )
            )
            return draft
        values = post_values(post)
        if self._settings.provenance and (kept := sidecar.origin(post, self._dialect)):
            values["provenance"] = kept
        draft.kind, draft.data = "beside", plain_yaml.dump(values).encode("utf-8")
        return draft

    def _draft(self, post: Post, path: str) -> FileDraft:
        return FileDraft(
            kind="file",
            key=key(post),
            ref=post.ref(),
            title=post.title or "",
            public=shown(post) == "publish",
            path=path,
            mark=post.provenance.mark,
            address={n: str(held) for n in ADDRESS if (held := getattr(post, n)) is not None},
        )

    def _heard(self, said: Said, path: str) -> Post:
        if said.back is not None and path == said.path:
            return said.back
        return heard(self._dialect, said.values, path)

    def _placed(self, post: Post, said: Said, old_path: str, note: Note) -> tuple[str, Post]:
        """Give where the post wants to be, and what a reader finds there.

        A file keeps its name as long as that says what the post does, or what a new one would.
        """
        skipped = self._dialect.skip_folders
        wanted = self._dialect.path_for(self._dated(post))
        path = readable(safe_path(wanted), skipped)
        back = self._heard(said, path)
        if post.status == "publish" != back.status:
            # The name of a custom type is that of a folder for drafts.
            path = f"_{path}"
            back = self._heard(said, path)
        if is_safe(old_path) and is_readable(old_path, skipped):
            kept = self._heard(said, old_path)
            if all(_says(kept, name, (post, back)) for name in _SAID_BY_PATHS):
                return old_path, kept
        if path != wanted:
            note(
                Finding(
                    "target-name-changed",
                    f"`{wanted}` is no name for every file system, or none of a post; "
                    f"it is called `{path}`",
                    field="slug",
                    fix="Give the record another slug",
                )
            )
        return path, back

    def _dated(self, post: Post) -> Post:
        """Give the record with the wall clock that a file's name shows."""
        if post.date is not None or not post.date_gmt:
            return post
        gmt = datetime.fromisoformat(post.date_gmt)
        try:
            wall = dates.from_gmt(gmt, self._settings.timezone or UTC)
        except ValueError as error:
            raise RecordError(
                "mapping-date", str(error), field="date", fix="Write the date that is meant"
            ) from error
        return replace(post, date=dates.mysql(wall))


def _of_format(post: Post) -> dict[str, Value]:
    """Give the sidecar of a record of whose fields the file shows all but the body's format."""
    return sidecar.whole({"content_format": post.content_format}, post, [], {})


def _says(kept: Post, name: str, either: tuple[Post, Post]) -> bool:
    return any(getattr(kept, name) == getattr(post, name) for post in either)


def _encoded(data: bytes, encoding: str, note: Note) -> bytes:
    """Give the file in the encoding that it had, or in UTF-8 where that can't hold it."""
    if not encoding:
        return data
    text = data.decode("utf-8")
    try:
        encoded = text.encode(encoding)
        if encoded.decode(encoding) == text:
            return encoded
    except (LookupError, UnicodeError):
        pass
    note(
        Finding(
            "target-encoding",
            f"the file was {encoding} and can't be any more; it was written as UTF-8",
            field="content",
            fix="Read it without --encoding",
        )
    )
    return data


def _note_nothing(_finding: Finding) -> None:
    pass


def _note_lost(post: Post, back: Post, unsaid: Iterable[str], note: Note) -> None:
    for name in unsaid:
        if getattr(post, name) != getattr(back, name):
            message = f"front matter can't say {name} as it is, so it wasn't written"
            note(Finding("loss-no-place", message, field=name, fix=_ONLY_POSTS))
