"""On which line of a post's file a field stands, and what is odd about its first ones."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.mapping.dialect import Dialect
from migrate.model.finding import Finding, Note
from migrate.model.post import Meta
from migrate.syntax.heads import Head


def line_of(
    dialect: Dialect, head: Head, field: str, metas: Sequence[Meta] | None = None
) -> int | None:
    """Give the line of the body for `content`, else of the key with the field; `metas` as read."""
    if field == "content":
        return head.frame.head_line + head.text.count("\n") + head.frame.closing.count(b"\n")
    found = head.line_of(key_of(dialect, field, metas or ()))
    return max(1, head.frame.head_line - 1) if found is None else found


def key_of(dialect: Dialect, field: str, metas: Sequence[Meta]) -> str:
    """Give the key that carries a field: a rule's, a meta's own, the permalink's for a slug."""
    of, _, rest = field.partition(".")
    at = rest.partition(".")[0]
    if of == "meta" and at.isdecimal() and int(at) < len(metas):
        return metas[int(at)].key
    if field == "slug" and dialect.slug_from_link:
        return dialect.key_of("link")
    return dialect.key_of(field) or field


def note_frame(head: Head, note: Note) -> None:
    """Note what is odd about what stands round a head."""
    frame = head.frame

    def say(code: str, message: str, fix: str) -> None:
        note(Finding(code, message, line=1, fix=fix, placed=True))

    if frame.has_byte_order_mark:
        say(
            "source-byte-order-mark",
            "the file begins with a byte order mark",
            "Save it without one if other tools are to read it",
        )
    if frame.blank_lines and head.spelling not in ("rst", "html-head"):
        say(
            "source-blank-before-front-matter",
            "blank lines stand before the front matter",
            "Remove them if other tools are to read it",
        )
    if frame.newline == b"\r\n" or "\r" in head.text:
        say(
            "source-crlf",
            "the lines of the front matter end in CR LF",
            "Save it with LF if WordPress GitHub Sync is to read it",
        )
