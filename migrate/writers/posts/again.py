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

from migrate.model.finding import Finding, Note
from migrate.model.post import Post, RecordRef
from migrate.model.rows import NoteRows, Rows
from migrate.model.seen import Seen, Unread
from migrate.output import manifest
from migrate.output.made import Made
from migrate.output.new_files import NewFiles, woven
from migrate.syntax.wordpress_folder import FOLDER, KEPT_BESIDE, WITHOUT_FOLDER
from migrate.writers.posts import told
from migrate.writers.posts.draft import FileDraft, key, keys
from migrate.writers.posts.encode import Encoder
from migrate.writers.posts.lossy import note_lost
from migrate.writers.posts.marker import Marker


class Again:
    """Encodes records for a folder, as far as they have to be; pure, for any process."""

    def __init__(self, encoder: Encoder, marker: Marker, root: Path, *, only_posts: bool) -> None:
        """Learn what stands below `root`."""
        self._encoder = encoder
        self._marker = marker
        own = WITHOUT_FOLDER if only_posts else FOLDER
        self._is_first = not manifest.is_any(root / own)
        self._there = _names_in(root)
        self._made = Made(root, own)

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

    def encode_rows(self, rows: Rows, note: NoteRows) -> NewFiles | None:
        """Give the files of records; None where each has to be encoded by itself.

        So it is where a run before this one wrote here, or something stands in their folder: that
        may be the same, or in the way.
        """
        if not self._is_first or any(kind.provenance.mark for kind in rows.kinds):
            return None
        if not KEPT_BESIDE.isdisjoint(rows.column("type")):
            return None
        files = self._encoder.rows(rows)
        marks = files and self._marks(rows, files.lost)
        if files is None or marks is None:
            return None
        if not self._there.isdisjoint([path.partition("/")[0] for path in files.paths]):
            return None
        note_lost(files.lost, note)
        digests = [sha256(file).hexdigest() for file in files.data]
        return NewFiles(files.paths, keys(rows), digests, marks, files.data)

    def _marks(self, rows: Rows, lost: Sequence[Sequence[str]]) -> Sequence[str] | None:
        """Give the marks of records, empty where one lost something; None where one has no mark.

        A file ends in its body, so the mark says all (`with_body`).
        """
        if all(lost):
            return [""] * len(rows)
        marks = self._marker.marks(rows)
        return marks and [mark * (not gone) for mark, gone in zip(marks, lost, strict=True)]

    def woven(self, made: Sequence[NewFiles], order: Sequence[tuple[int, int]]) -> NewFiles:
        """Make one of what was made of several rows, in this order."""
        return woven(made, order)

    def encode(self, post: Post, note: Note) -> FileDraft:
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


def _names_in(folder: Path) -> frozenset[str]:
    """Give what stands in a folder; nothing where that can't be seen."""
    try:
        return frozenset(path.name for path in folder.iterdir())
    except OSError:  # whoever writes there says so
        return frozenset()


def with_body(mark: str, post: Post, data: bytes) -> str:
    """Add to a mark what the file doesn't tell of the body: nothing where it ends in that.

    Bodies of one length in which the same bytes end are the same, so most needn't be hashed.
    """
    body = post.content or b""
    return mark if data.endswith(body) else mark + sha256(body).hexdigest()[:32]
