"""Posts in files with front matter, in any dialect that has a mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.reading import Reading
from migrate.model.rows import PlacedRows
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.readers import post_text
from migrate.readers.detect import Detector, Told
from migrate.readers.folder import Folder
from migrate.readers.post_lines import key_of, line_of, note_frame
from migrate.readers.sidecar import Sidecar
from migrate.readers.usual import MOST_BYTES, Usual, UsualPosts
from migrate.readers.wordpress_folder import WordPressFolder, note_left
from migrate.syntax import heads, spyc_spelling
from migrate.syntax.heads import Head as FileHead
from migrate.syntax.post_files import MARKDOWN
from migrate.syntax.spyc_dump import VARIANTS
from migrate.syntax.values import Value
from migrate.syntax.wordpress_folder import FOLDER


class PostsReader:
    """Reads a folder of posts, or a single one.

    The first of `dialects` that recognises a file reads it; a single one that the user named reads
    every file. `passed_over` counts, while locating, the files that are no posts by the reason.
    What stands in `.wordpress/` is read with a folder's posts. A `nameless` file says nothing by
    its name.
    """

    tells_states = True

    def __init__(
        self,
        source: Path,
        dialects: tuple[Dialect, ...],
        named_dialect: bool,
        encoding: str,
        passed_over: Counter[str],
        nameless: bool = False,
    ) -> None:
        self.source = source
        self.dialects = dialects
        self.named_dialect = named_dialect
        self.encoding = encoding
        self.passed_over = passed_over
        self.nameless = nameless
        self._detector = Detector(source, dialects, named_dialect)
        self._looked_at: dict[str, bytes] = {}
        self._usual = UsualPosts()
        self._is_folder = source.is_dir()
        self._beside = WordPressFolder(source)

    def head(self, note: Note) -> Head:
        """Give what `.wordpress/` says of the site; front matter alone says nothing."""
        return self._beside.head(note)

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the files that may be posts, bytewise by their paths, then other types' records."""
        if not self.source.is_dir():
            yield Handle(self.source.name)
            return
        skip = {folder for dialect in self.dialects for folder in dialect.skip_folders}
        homes = [dialect.manner.home for dialect in self.dialects]
        without_sidecar: list[str] = []
        for path in Folder(self.source, skip, self.passed_over, homes).paths(note):
            if self._beside.left and not self._beside.has_sidecar(path):
                without_sidecar.append(path)
            yield Handle(path)
        yield from self._beside.records(note)
        if self._beside.left:
            claimed = {self._beside.left_of(path, self._id_in(path)) for path in without_sidecar}
            note_left(self._beside, claimed, note)

    def state(self, handle: Handle) -> str:
        """Give what stands for a file of which nothing is said beside it, and what tells it.

        What it holds is kept for `read`, which mostly comes next.
        """
        self._looked_at.clear()
        try:
            post_text.refuse_name(handle.path)
            if handle.end or self.nameless or self._beside.says_of(handle.path):
                return ""
            data = self._bytes(handle)
        except RecordError:
            return ""
        self._looked_at[handle.path] = data
        told_by = self._detector.told_by(handle.path)
        return f"{sha256(data).hexdigest()} {self.encoding} {told_by} {handle.path}"

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record; RecordError with its line where it can't be read."""
        post_text.refuse_name(handle.path)
        if handle.path.startswith(f"{FOLDER}/"):
            return self._beside.read(handle)
        data = self._text(handle)
        usual = self._usual.read(handle.path, data, note) or self._odd(handle, data, note)
        if usual is None:
            return Reading(passed_over=self._no_front_matter(handle, data, note))
        post, dialect, head = usual
        post = self._with_sidecar(post, dialect, head, note)
        rows = post.meta
        return Reading(post, line_of=lambda field: line_of(dialect, head, field, rows))

    def rows(self, handles: Sequence[Handle]) -> list[PlacedRows]:
        """Read files beside one another where nothing is said beside them."""
        if self.nameless or self.encoding != "utf-8":
            return []
        paths = [handle.path for handle in handles]
        files: list[bytes | None] = []
        room = MOST_BYTES
        for handle in handles:
            files.append(self._bare(handle))
            room -= len(files[-1] or b"")
            if room < 0:
                break
        found = self._usual.rows(paths, files, line_of) if room >= 0 else []
        taken = {at for places, _ in found for at in places}
        self._looked_at = {
            paths[at]: data for at, data in enumerate(files) if data is not None and at not in taken
        }
        return found

    def _bare(self, handle: Handle) -> bytes | None:
        """Give the text of a file of which nothing is said beside it; None for any other."""
        try:
            post_text.refuse_name(handle.path)
            if handle.end or self._beside.says_of(handle.path):
                return None
            return self._text(handle)
        except RecordError:
            return None

    def _odd(self, handle: Handle, data: bytes, note: Note) -> Usual | None:
        """Read a file of which nothing is known yet; None where it has no front matter."""
        told = self._detector.tell(handle.path, data)
        if told is None:
            return None
        told.note(note)
        dialect, head = told.dialect, told.head
        values, post = _decoded(told, handle, note)
        if self.nameless:
            _take_back_name(post, dialect, values)
        post.content = head.body
        self._keep_spelling(post, told, values)
        note_frame(head, note)
        if self._detector.may_learn(told) and not self.nameless and self.encoding == "utf-8":
            self._usual.learn(handle.path, data, dialect, post)
        return Usual(post, dialect, head)

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field of a record starts, from the file as it is now."""
        try:
            return self.read(handle, lambda _: None).line_of(field)
        except RecordError:
            return None

    def _id_in(self, path: str) -> int | None:
        """Give the ID that a file's front matter states; None for none."""
        try:
            told = self._detector.tell(path, self._text(Handle(path)))
            post = told and _decoded(told, Handle(path), _ignore)[1]
        except RecordError:
            return None
        return post.id if post else None

    def _with_sidecar(self, post: Post, dialect: Dialect, head: FileHead, note: Note) -> Post:
        """Give the post with what its sidecar says; RecordError where that can't be read."""
        found = self._beside.sidecar(post.provenance.path, post.id)
        if found is None:
            return post
        path, beside = found

        def placed(finding: Finding) -> None:
            finding.path, finding.placed = path, True
            finding.line = self._beside.line_of(path, finding.field)
            note(finding)

        try:
            sidecar = Sidecar(post, beside, self._beside.authors)
        except RecordError as error:
            error.path, error.line = path, self._beside.line_of(path, error.field)
            raise
        if not sidecar.belongs():
            message = f"it belongs to the post {beside['id']}, not to {post.id}"
            fix = "Remove it, or put the post back"
            placed(Finding("source-sidecar-alone", message, fix=fix))
            return post
        return sidecar.merged(dialect, head.load(), placed)

    def _text(self, handle: Handle) -> bytes:
        return post_text.as_utf8(self._bytes(handle), self.encoding)

    def _bytes(self, handle: Handle) -> bytes:
        if (looked_at := self._looked_at.pop(handle.path, None)) is not None:
            return looked_at
        path = f"{self.source}/{handle.path}" if self._is_folder else str(self.source)
        return post_text.read(path, follow=not self._is_folder)

    def _no_front_matter(self, handle: Handle, data: bytes, note: Note) -> str:
        post_text.refuse_binary(data)
        what = "the file has no front matter" if data.strip() else "the file is empty"
        fix = "Begin it with a line `---`, its keys, and a line `---`"
        if not self.source.is_dir():
            raise RecordError("source-named-no-front-matter", what, line=1, fix=fix)
        if Path(handle.path).suffix.lower() in MARKDOWN:
            note(Finding("source-no-front-matter", what, line=1, fix=fix, placed=True))
        return "no front matter"

    def _keep_spelling(self, post: Post, told: Told, values: dict[str, Value]) -> None:
        dialect, head = told.dialect, told.head
        kept = post.provenance
        if self.encoding != "utf-8":
            kept.encoding = self.encoding
        if head.spelling == "spyc":
            _keep_spyc(post, dialect, head)
            return
        if head.spelling != dialect.spelling:
            kept.variant = head.spelling
        kept.spelling = heads.as_text(kept.spelling)
        kept.spelling.update(heads.kept(head, values, dialect.encode(post)))


def _decoded(told: Told, handle: Handle, note: Note) -> tuple[dict[str, Value], Post]:
    values: dict[str, Value] = {}
    try:
        values = told.head.load()
        return values, told.dialect.decode(values, handle.path, note)
    except RecordError as error:
        if error.field:
            error.line = line_of(told.dialect, told.head, error.field)
        if values:
            error.public = _is_public(told.dialect, values, handle.path, error.field)
        raise


def _is_public(dialect: Dialect, values: Mapping[str, Value], path: str, unusable: str) -> bool:
    """Tell whether what can be used of a head makes its record one that visitors see."""
    rest = {key: value for key, value in values.items() if key != unusable}
    try:
        post = dialect.decode(rest, path, _ignore)
    except RecordError as error:
        return error.field in rest and _is_public(dialect, rest, path, error.field)
    return post.status == "publish" and not post.password


def _take_back_name(post: Post, dialect: Dialect, values: Container[str]) -> None:
    """Unset what a record has from the name of its file alone."""
    post.provenance.path = ""
    for name in ("type", "slug"):
        if key_of(dialect, name, ()) not in values:
            setattr(post, name, None)


def _keep_spyc(post: Post, dialect: Dialect, head: FileHead) -> None:
    kept = post.provenance
    by_order = kept.variant
    values = dialect.encode(post)
    likely_first = sorted(VARIANTS, key=lambda variant: variant != by_order)
    kept.variant, raw = spyc_spelling.spelling(head.text, values, likely_first)
    if by_order not in ("", kept.variant):
        kept.spelling["order"] = list(values)
    if raw:
        kept.spelling["raw"] = raw
    kept.spelling.update(heads.kept_frame(head))


def _ignore(_finding: Finding) -> None:
    pass
