"""A record becomes the bytes of its file, and what is left for the sidecar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

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
from migrate.model.provenance import Provenance
from migrate.model.rows import Rows
from migrate.model.settings import Settings
from migrate.output.names import is_safe, safe_path
from migrate.syntax import plain_yaml
from migrate.syntax.plain_records import post_values
from migrate.syntax.post_files import is_readable, readable
from migrate.syntax.values import Value
from migrate.syntax.wordpress_folder import KEPT_BESIDE, records_path
from migrate.writers.posts import sidecar
from migrate.writers.posts.as_files import AsFiles, Example
from migrate.writers.posts.draft import ADDRESS, FileDraft, key
from migrate.writers.posts.lossy import ONLY_POSTS, loss
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.usual import UsualFiles

_SAID_BY_PATHS: Final = ("type", "slug", "status", "date", "date_gmt")


class FilesOfRows(NamedTuple):
    """Files of records beside one another: their paths, what they hold, and the fields lost."""

    paths: Sequence[str]
    data: list[bytes]
    lost: Sequence[Sequence[str]]


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
        self._as_files = AsFiles(dialect, self._example)

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

    def rows(self, rows: Rows) -> FilesOfRows | None:
        """Give the files of records; None where each has to be drafted.

        Raises OddRows where only some of them can't be with the others.
        """
        if any(kind.provenance.dialect != self._dialect.name for kind in rows.kinds):
            return self._lossy_rows(rows) if self._options.only_posts else None
        if not self._usual.knows(rows):
            try:
                self.draft(rows.post(0), _note_nothing)
            except RecordError:
                return None
        data = self._usual.rows(rows)
        return None if data is None else FilesOfRows(rows.paths, data, [()] * len(rows))

    def _lossy_rows(self, rows: Rows) -> FilesOfRows | None:
        found = self._as_files.rows(rows)
        if found is None:
            return None
        shown, lost = found
        data = self._usual.rows(shown)
        return None if data is None else FilesOfRows(shown.paths, data, lost)

    def _example(self, post: Post) -> Example | None:
        """Give a record as its file will show it, and teach `self._usual` to write such a file."""
        own = own_provenance(post, self._dialect, self._options.variant)
        if own.path or own.encoding or post.content is None:
            return None
        noted: list[Finding] = []
        try:
            data, path, back = self._made(post, own, noted.append)
        except (RecordError, UnicodeEncodeError):
            return None
        provenance = Provenance(path, self._dialect.name, own.variant or "1.0")
        back = replace(back, content=post.content, provenance=provenance)
        self._usual.learn(back, data)
        if noted or self._usual.data(back) != data:
            return None
        return Example(back, _lost(post, back, sidecar.unsaid(post, back)))

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
        data, path, back = self._known(post, own) or self._made(post, own, note)
        draft = self._draft(post, path)
        draft.data = _encoded(data, own.encoding, note)
        unsaid = sidecar.unsaid(post, back)
        if self._options.only_posts:
            for name in _lost(post, back, unsaid):
                note(loss(name))
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

    def _known(self, post: Post, own: Provenance) -> tuple[bytes, str, Post] | None:
        """Give the same as `_made`, where it follows from what was made of others."""
        if own.path or own.encoding or post.content is None:
            return None
        back = self._as_files.record(post)
        data = self._usual.data(back) if back else None
        return (data, back.provenance.path, back) if back and data is not None else None

    def _made(self, post: Post, own: Provenance, note: Note) -> tuple[bytes, str, Post]:
        """Give a file in UTF-8, its path, and what a reader finds in it."""
        visible = as_shown(post, self._authors)
        said = say_and_hear(self._dialect, visible, own)
        path, back = self._placed(visible, said, own.path, note)
        return (
            file_text(self._dialect, said.values, post.content or b"", own, said.head),
            path,
            back,
        )

    def _beside(self, post: Post, note: Note) -> FileDraft:
        draft = self._draft(post, records_path(post.type or ""))
        if self._options.only_posts:
            draft.kind = "dropped"
            note(
                Finding(
                    "loss-no-place",
                    f"{post.type} {post.id} is no post of its own, so it wasn't written",
                    field="type",
                    fix=ONLY_POSTS,
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


def _lost(post: Post, back: Post, unsaid: Iterable[str]) -> list[str]:
    return [name for name in unsaid if getattr(post, name) != getattr(back, name)]
