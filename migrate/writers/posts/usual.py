"""Files of records that were such a file before and still are: proven by reading what was written.

A record that came from front matter of the dialect, through any other form, mostly goes back into
it unchanged. Its head is written straight from its fields and read again by a plan: where that
gives this very record, nothing is unsaid, filled in or kept, and the file has its old name. Any
other record is for encode.py, and so is the first one of each shape, against which the plan is
tried.
"""

from __future__ import annotations

from typing import Final

from migrate.mapping.dialect import Dialect
from migrate.mapping.plans import Plan, Refused
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.output.names import is_safe
from migrate.syntax import frontmatter, spyc_fast
from migrate.syntax.post_files import is_readable

_Shape = tuple[tuple[str, ...], tuple[bool, ...]]

_MOST_SHAPES: Final = 1024


class UsualFiles:
    """Knows the plans of the shapes that it has seen. Can be pickled, and then knows none."""

    def __init__(self, dialect: Dialect) -> None:
        """Make one for a dialect."""
        self._dialect = dialect
        self._plans: dict[_Shape, Plan | None] = {}

    def __reduce__(self) -> tuple[type[UsualFiles], tuple[Dialect]]:
        return UsualFiles, (self._dialect,)

    def data(self, post: Post) -> bytes | None:
        """Give the file of a record at its old path; None for encode.py."""
        head = self._head(post)
        if head is None:
            return None
        entries = spyc_fast.entries(head)
        plan = self._plans.get(_shape(entries)) if entries else None
        if plan is None or not self._says(plan, entries, post):
            return None
        return self._file(head, post)

    def learn(self, post: Post, data: bytes) -> None:
        """Take the file that encode.py made of a record as an example of its shape."""
        head = self._head(post)
        entries = spyc_fast.entries(head) if head is not None else []
        if not entries or entries[-1][3]:
            return
        shape = _shape(entries)
        lists = dict(zip(*shape, strict=True))
        if shape in self._plans or len(lists) < len(entries):
            return
        if len(self._plans) >= _MOST_SHAPES:
            self._plans.clear()
        self._plans[shape] = self._dialect.plan(lists, post)
        if self.data(post) != data:
            self._plans[shape] = None

    def _head(self, post: Post) -> str | None:
        said = post.provenance
        if (
            said.dialect != self._dialect.name
            or not said.path
            or post.content is None
            or post.date is None
            or post.password
            or (post.author and post.author.login is not None)
            or (said.origin or said.encoding or said.filled or said.stated or said.removed)
            or not is_safe(said.path)
            or not is_readable(said.path, self._dialect.skip_folders)
        ):
            return None
        return self._dialect.usual_head(post)

    def _says(self, plan: Plan, entries: list[tuple[str, str, str, str]], post: Post) -> bool:
        """Tell whether a reader of these entries finds the record, all of it and no more."""
        found: list[Finding] = []
        try:
            back = self._dialect.decode_planned(plan, entries, post.provenance.path, found.append)
        except Refused:
            return False
        back.content = post.content
        return not found and back == post

    @staticmethod
    def _file(head: str, post: Post) -> bytes | None:
        body = post.content or b""
        try:
            return frontmatter.join(frontmatter.usual(body), head.encode(), body)
        except UnicodeEncodeError:
            return None


def _shape(entries: list[tuple[str, str, str, str]]) -> _Shape:
    keys, _, lists, _ = zip(*entries, strict=True)
    return keys, tuple(map(bool, lists))
