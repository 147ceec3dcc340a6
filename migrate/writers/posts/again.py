"""Records of which an earlier run made the very file that stands are not encoded, or read, again.

What becomes of a record depends on the record, the dialect, the options and the program alone.
Their hash goes into the manifest with the file; where it is the same again and the file stands as
it was written, that is the draft. Records of which something was found while they were encoded, or
something stands beside the front matter, are always encoded, so that nothing goes unsaid.

What a record is depends on the state of its source alone. The hash of that and of all the rest goes
into the manifest as well, with what there is to tell of the record (told.py); where it is the same
again, the record isn't even read.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import msgpack
from msgspec.structs import replace

from migrate import program
from migrate.mapping.dialect import Dialect
from migrate.mapping.said import Authors
from migrate.model import dates
from migrate.model.finding import Finding, Note
from migrate.model.post import Post, RecordRef
from migrate.model.seen import Seen, Unread
from migrate.model.settings import Settings
from migrate.output.made import Made
from migrate.syntax.wordpress_folder import FOLDER, KEPT_BESIDE, WITHOUT_FOLDER
from migrate.writers.posts import told
from migrate.writers.posts.draft import FileDraft, key
from migrate.writers.posts.encode import Encoder
from migrate.writers.posts.options import PostsOptions

_PACKED: Final = msgpack.Encoder(enc_hook=lambda value: (type(value).__name__, str(value)))
"""Packs records whole; what it doesn't know, a kind of text in the provenance, by its name."""


class Marker:
    """Gives the hash of all that a record's file depends on: the same in every process and run."""

    def __init__(
        self, dialect: Dialect, options: PostsOptions, settings: Settings, authors: Authors
    ) -> None:
        """Make one for a run, with what the encoder has for all records."""
        zone = dates.offsets(settings.timezone) if settings.timezone else []
        asked = (options.variant, options.only_posts, settings, zone, sorted(authors.items()))
        self._run = sha256(repr((program.digest(), dialect.digest, asked)).encode()).digest()

    def mark_of(self, state: str) -> str:
        """Give the hash for a record that was in this state when it was read, as long."""
        found = sha256(self._run)
        found.update(state.encode("utf-8", "surrogatepass"))
        return found.hexdigest()[:32]

    def mark(self, post: Post) -> str:
        """Give the hash, 32 hexadecimal digits; empty for a record that msgpack can't hold.

        Of the body it knows the length alone.
        """
        body = post.content
        found = sha256(self._run)
        try:
            found.update(_PACKED.encode(replace(post, content=None)))
        except (UnicodeEncodeError, OverflowError):  # half a surrogate pair; a number of 65 bits
            return ""
        found.update(b"-" if body is None else b"%d" % len(body))
        return found.hexdigest()[:32]


class Again:
    """Encodes records for a folder, as far as they have to be; pure, for any process."""

    def __init__(self, encoder: Encoder, marker: Marker, root: Path, *, only_posts: bool) -> None:
        """Learn what stands below `root`."""
        self._encoder = encoder
        self._marker = marker
        self._made = Made(root, WITHOUT_FOLDER if only_posts else FOLDER)

    def recall(self, path: str, state: str) -> Unread | None:
        """Give what would come of the record at a path; None where it is to be read."""
        read = self._marker.mark_of(state)
        if not (found := self._made.unread(read)):
            return None
        entry, data = found
        if not (said := told.again(entry.told, path)):
            return None
        draft = FileDraft(
            kind="file",
            key=entry.key,
            ref=said.seen.ref or RecordRef(),
            title=said.seen.title,
            public=True,
            path=entry.path,
            data=data,
            address=said.address,
            standing=entry.sha256,
            made=entry.made,
            read=read,
            told=entry.told,
        )
        return Unread(draft, said.seen, said.findings)

    def keep(self, made: FileDraft, state: str, seen: Seen, findings: Sequence[Finding]) -> None:
        """Lay up what came of a record, so that it needn't be read another time."""
        if made.made and not made.mark and (said := told.text(made, seen, findings)):
            made.read, made.told = self._marker.mark_of(state), said

    def __call__(self, post: Post, note: Note) -> FileDraft:
        """Give a record's draft; RecordError for a record with text that isn't Unicode."""
        if post.type in KEPT_BESIDE:
            return self._encoder.draft(post, note)
        mark = self._marker.mark(post)
        found = self._made.standing(key(post), mark) if mark else None
        if found and found.entry.made == with_body(mark, post, found.data):
            draft = self._encoder.usual(post, found.entry.path, found.data)
            draft.made, draft.standing = found.entry.made, found.entry.sha256
            return draft
        findings: list[Finding] = []
        draft = self._encoder.draft(post, findings.append)
        for finding in findings:
            note(finding)
        if mark and not (findings or draft.sidecar):
            draft.made = with_body(mark, post, draft.data)
        return draft


def with_body(mark: str, post: Post, data: bytes) -> str:
    """Add to a mark what the file doesn't tell of the body: nothing where it ends in that.

    Bodies of one length in which the same bytes end are the same, so most needn't be hashed.
    """
    body = post.content or b""
    return mark if data.endswith(body) else mark + sha256(body).hexdigest()[:32]
