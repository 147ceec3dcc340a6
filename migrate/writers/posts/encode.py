"""A record becomes the bytes of its file, and what is left for the sidecar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.mapping.said import Said, as_shown, file_text, own_provenance, say
from migrate.mapping.status import shown
from migrate.model import dates
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.output.names import is_safe, safe_path
from migrate.syntax import plain_yaml
from migrate.syntax.plain_records import post_values
from migrate.syntax.post_files import is_readable, readable
from migrate.syntax.wordpress_folder import KEPT_BESIDE, records_path
from migrate.writers.posts import sidecar
from migrate.writers.posts.draft import FileDraft, key

_SAID_BY_PATHS: Final = ("slug", "status", "date", "date_gmt")
_NO_LOSS: Final = frozenset(("id", "type", "provenance"))
_ONLY_POSTS: Final = "Leave --only-posts out: .wordpress/ holds it"


class Encoder:
    """Makes drafts of records: pure, for any process."""

    def __init__(
        self,
        dialect: Dialect,
        variant: str,
        zone: tzinfo | None,
        *,
        provenance: bool,
        only_posts: bool,
    ) -> None:
        self._dialect = dialect
        self._variant = variant
        self._zone = zone
        self._provenance = provenance
        self._only_posts = only_posts

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

    def _file(self, post: Post, note: Note) -> FileDraft:
        dialect = self._dialect
        own = own_provenance(post, dialect, self._variant)
        path, said = self._placed(post, own, note)
        data = file_text(dialect, said.values, post.content or b"", own)
        unsaid = sidecar.unsaid(post, said.back)
        if self._only_posts:
            _note_lost(unsaid, note)
            beside: dict[str, object] = {}
        draft = self._draft(post, path)
        draft.data = _encoded(data, own.encoding, note)
        if not self._only_posts:
            filled = sidecar.filled(post, said.back) if self._provenance else []
            brought = sidecar.origin(post, dialect) if self._provenance else {}
            draft.sidecar = sidecar.whole(unsaid, post, filled, brought)
        return draft

    def _beside(self, post: Post, note: Note) -> FileDraft:
        draft = self._draft(post, records_path(post.type or ""))
        if self._only_posts:
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
        if self._provenance and (kept := post.provenance.as_json()):
            values["provenance"] = kept
        draft.kind, draft.data = "beside", plain_yaml.dump(values).encode("utf-8")
        return draft

    def _draft(self, post: Post, path: str) -> FileDraft:
        address = {n: t for n, t in (("slug", post.slug), ("link", post.link)) if t is not None}
        return FileDraft(
            kind="file",
            key=key(post),
            ref=post.ref(),
            title=post.title or "",
            public=shown(post) == "publish",
            path=path,
            address=dict(address),
        )

    def _placed(self, post: Post, own: Provenance, note: Note) -> tuple[str, Said]:
        """Give where the post wants to be, and what is said there.

        A file keeps its name as long as that doesn't say anything else than a new one would.
        """
        wanted = self._dialect.path_for(self._dated(as_shown(post)))
        path = readable(safe_path(wanted), self._dialect.skip_folders)
        said = say(self._dialect, post, path, own)
        if is_safe(own.path) and is_readable(own.path, self._dialect.skip_folders):
            kept = say(self._dialect, post, own.path, own)
            if all(getattr(kept.back, n) == getattr(said.back, n) for n in _SAID_BY_PATHS):
                return own.path, kept
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
        return path, said

    def _dated(self, post: Post) -> Post:
        """Give the record with the wall clock that a file's name shows."""
        if post.date is not None or not post.date_gmt:
            return post
        gmt = datetime.fromisoformat(post.date_gmt)
        return replace(post, date=dates.mysql(dates.from_gmt(gmt, self._zone or UTC)))


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


def _note_lost(unsaid: dict[str, object], note: Note) -> None:
    for name in unsaid:
        if name not in _NO_LOSS:
            message = f"front matter can't say {name} as it is, so it wasn't written"
            note(Finding("loss-no-place", message, field=name, fix=_ONLY_POSTS))
