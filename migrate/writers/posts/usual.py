"""Files of records that were such a file before and still are: proven by reading what was written.

A record that came from front matter of the dialect, through any other form, mostly goes back into
it unchanged. Its head is written straight from its fields, each entry read again: where that gives
this very record, nothing is unsaid, filled in or kept, and the file has its old name. Any other
record is for encode.py, and so is the first one of each shape, against which the way is tried.
"""

from __future__ import annotations

from typing import Final

from migrate.mapping.dialect import Dialect
from migrate.mapping.head_writer import HeadWriter
from migrate.mapping.plans import Refused
from migrate.model.post import Post
from migrate.output.names import is_safe
from migrate.syntax import frontmatter, heads, spyc_fast
from migrate.syntax.post_files import is_readable

_Shape = tuple[str, tuple[str, ...], tuple[str, ...] | None, tuple[str, ...]]
"""What a record's keys follow from: the generation of the tool, the keys that it hadn't, and what
terms and metas the record has."""

_MOST_SHAPES: Final = 1024


class UsualFiles:
    """Knows the plans of the shapes that it has seen. Can be pickled, and then knows none."""

    def __init__(self, dialect: Dialect) -> None:
        """Make one for a dialect."""
        self._dialect = dialect
        self._writers: dict[_Shape, HeadWriter | None] = {}

    def __reduce__(self) -> tuple[type[UsualFiles], tuple[Dialect]]:
        return UsualFiles, (self._dialect,)

    def data(self, post: Post) -> bytes | None:
        """Give the file of a record at its old path; None for encode.py."""
        writer = self._writers.get(_shape(post)) if self._may_be(post) else None
        if writer is None:
            return None
        try:
            return self._file(self._dialect.write_planned(writer, post), post)
        except Refused:
            return None

    def learn(self, post: Post, data: bytes) -> None:
        """Take the file that encode.py made of a record as an example of its shape."""
        shape = _shape(post)
        if shape in self._writers or not self._may_be(post):
            return
        head = heads.cut(self._dialect.spelling, data)
        entries = spyc_fast.entries(head.text) if head else []
        if not entries or entries[-1][3]:
            return
        keys = {key: bool(lines) for key, _, lines, _ in entries}
        if len(keys) < len(entries):
            return
        if len(self._writers) >= _MOST_SHAPES:
            self._writers.clear()
        self._writers[shape] = self._dialect.head_writer(keys, post)
        if self.data(post) != data:
            self._writers[shape] = None

    def _may_be(self, post: Post) -> bool:
        """Tell whether nothing stands against it that shows at once."""
        said = post.provenance
        return bool(
            said.dialect == self._dialect.name
            and said.path
            and post.content is not None
            and said.spelling.keys() <= {"absent"}
            and is_safe(said.path)
            and is_readable(said.path, self._dialect.skip_folders)
        )

    @staticmethod
    def _file(head: str, post: Post) -> bytes | None:
        body = post.content or b""
        try:
            return frontmatter.join(frontmatter.usual(body), head.encode(), body)
        except UnicodeEncodeError:
            return None


def _shape(post: Post) -> _Shape:
    said = post.provenance
    terms = None if post.terms is None else tuple(dict.fromkeys([t.taxonomy for t in post.terms]))
    metas = tuple(dict.fromkeys([row.key for row in post.meta or ()]))
    return said.variant, tuple(said.spelling.get("absent", ())), terms, metas
