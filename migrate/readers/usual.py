"""Posts whose head their tool wrote, read by plans: each question about a shape is asked once.

The first post of a shape is read the long way; its plan is kept only if it gives the same record.
After that a head costs one regex and a step for each key. Whatever a plan refuses, a file with
another frame, a text that isn't spelled as the tool spells it, is read the long way.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from migrate.mapping.dialect import Dialect
from migrate.mapping.plans import Entries, Plan, Refused
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.syntax import frontmatter, spyc_fast
from migrate.syntax.heads import Head, holds_key
from migrate.syntax.post_files import suffix

_OPENING: Final = b"---\n"
_CLOSING: Final = b"\n---"
_FRAME: Final = frontmatter.usual(b"text")
_FRAME_ALONE: Final = frontmatter.usual(b"")
_MOST_SHAPES: Final = 1024
_RST: Final = ".rst"
"""In such files a line of dashes may be the mark over a title."""

_Shape = tuple[str, str, tuple[str, ...], tuple[bool, ...]]
"""Folder, the ending of the name, keys, and whether each holds a list."""


class Usual(NamedTuple):
    """A record, its dialect and its head."""

    post: Post
    dialect: Dialect
    head: Head


class UsualPosts:
    """Knows the plans of the shapes that it has seen. Can be pickled, and then knows none."""

    def __init__(self) -> None:
        self._plans: dict[_Shape, tuple[Dialect, Plan] | None] = {}

    def __reduce__(self) -> tuple[type[UsualPosts], tuple[()]]:
        return UsualPosts, ()

    def read(self, path: str, data: bytes, note: Note) -> Usual | None:
        """Give the record of a file in UTF-8, without what stands beside it; None for others."""
        head = _cut(data)
        entries = spyc_fast.entries(head.text) if head else []
        known = self._plans.get(_shape(path, entries)) if entries else None
        if head is None or known is None or _hides_key(entries):
            return None
        dialect, plan = known
        try:
            post = dialect.decode_planned(plan, entries, path, note)
        except Refused:
            return None
        post.content = head.body
        return Usual(post, dialect, head)

    def learn(self, path: str, data: bytes, dialect: Dialect, post: Post) -> None:
        """Take a record that was read the long way, without a guess, as an example of its shape."""
        head = _cut(data)
        entries = spyc_fast.entries(head.text) if head else []
        if head is None or entries[-1][3] or suffix(path) == _RST:
            return
        shape = _shape(path, entries)
        lists = dict(zip(*shape[2:], strict=True))
        if shape in self._plans or len(lists) < len(entries) or _hides_key(entries):
            return
        if len(self._plans) >= _MOST_SHAPES:
            self._plans.clear()
        plan = dialect.plan(lists, post)
        self._plans[shape] = (dialect, plan) if plan else None
        again = self.read(path, data, _ignore)
        if again is None or again.post != post:
            self._plans[shape] = None


def _cut(data: bytes) -> Head | None:
    """Cut a file in the usual frame, as the tool writes it; None for any other."""
    end = data.find(_CLOSING, 3)
    if end < len(_OPENING) or not data.startswith(_OPENING):
        return None
    behind = end + len(_CLOSING)
    if behind == len(data):
        return _head(data[4 : end + 1], _FRAME_ALONE, b"")
    if behind + 1 == len(data) or data[behind : behind + 1] != b"\n":
        return None
    return _head(data[4 : end + 1], _FRAME, data[behind + 1 :])


def _head(text: bytes, frame: frontmatter.Frame, body: bytes) -> Head | None:
    return None if b"\r" in text else Head("spyc", frame, text.decode("utf-8"), body)


def _shape(path: str, entries: Entries) -> _Shape:
    keys, _, lists, _ = zip(*entries, strict=True)
    return path.rpartition("/")[0], suffix(path), keys, tuple(map(bool, lists))


def _hides_key(entries: Entries) -> bool:
    """Tell whether a line of a block looks like a key, which counts where a dialect is told."""
    for _, scalar, lines, _ in entries:
        block = scalar or lines
        if "\n " in block and holds_key(block):
            return True
    return False


def _ignore(_finding: Finding) -> None:
    pass
