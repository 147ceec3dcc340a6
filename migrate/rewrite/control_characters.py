"""`control-characters`: what XML 1.0 can't hold, so that no WXR file can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from migrate.model.post import Meta, Post
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.syntax.wxr import has_forbidden

_IN_BYTES: Final = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\xef](?:(?<!\xef)|(?<=\xef)\xbf[\xbe\xbf])"
    rb"(?:[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf])*+"
)
"""Begins with one class, which is looked for ten times as quickly as one of two things."""

_IN_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")
_SERIALIZED: Final = re.compile(r"[aOCEs]:\d+:")
_WHITE: Final = frozenset("\v\f")


class ControlCharacters(Rule):
    """Takes out the C0 controls but for tab and line ends, U+FFFE and U+FFFF, wherever they stand.

    XML 1.0 (2.2) has no place for them, code or not. DEL and the C1 controls it allows: these are
    mostly Windows-1252 read as Latin-1, which is the business of `mojibake`. A vertical tab or a
    form feed between two words becomes a blank. A serialized PHP value states the lengths of its
    texts, so one with such a character is left and named.
    """

    looks_for = "control characters and noncharacters that XML 1.0 forbids"
    does = "takes them out of body, title, excerpt, terms, custom fields and comments"
    bodies = ANY_BODY

    def rewrite(self, draft: Draft) -> None:
        """Take them out of every text of the post."""
        body = draft.body
        if has_forbidden(body):
            draft.edit(_edits(body), "control characters taken out")
        for field, value, texts in _changes(draft):
            draft.change(field, value, texts, "control characters taken out")


def _edits(body: bytes) -> Iterator[Edit]:
    for found in _IN_BYTES.finditer(body):
        start, end = found.span()
        run, new = found[0], ""
        if b"\v" in run or b"\f" in run:
            around = body[max(start - 1, 0) : start] + body[end : end + 1]
            new = _instead(run.decode("latin-1"), around.decode("ascii", "replace"))
        yield Edit(start, end, new.encode())


def _instead(run: str, around: str) -> str:
    """Give what a run becomes: a blank where it keeps two words apart, else nothing."""
    if _WHITE.isdisjoint(run) or len(around) != len("ab"):
        return ""
    return "" if around[0].isspace() or around[1].isspace() else " "


def _clean(text: str) -> str:
    def instead(found: re.Match[str]) -> str:
        start, end = found.span()
        return _instead(found[0], text[max(start - 1, 0) : start] + text[end : end + 1])

    return _IN_TEXT.sub(instead, text)


Change = tuple[str, Any, tuple[str, str]]


def _changes(draft: Draft) -> Iterator[Change]:
    post = draft.post
    for field in ("title", "excerpt"):
        text = getattr(post, field)
        if text and _IN_TEXT.search(text):
            yield field, _clean(text), (text, _clean(text))
    yield from _in_terms(post)
    yield from _in_metas(draft)
    yield from _in_comments(post)


def _in_terms(post: Post) -> Iterator[Change]:
    for at, term in enumerate(post.terms or ()):
        if term.name and _IN_TEXT.search(term.name):
            name = _clean(term.name)
            terms = _with(post.terms, at, term._replace(name=name))
            yield f"terms.{at}.name", terms, (term.name, name)


def _in_metas(draft: Draft) -> Iterator[Change]:
    for at, meta in enumerate(draft.post.meta or ()):
        if not _IN_TEXT.search(meta.value):
            continue
        if _SERIALIZED.match(meta.value):
            message = f"the custom field {meta.key} is serialized and holds control characters"
            draft.note("rewrite-control-characters-left", message, field=f"meta.{at}.value")
            continue
        value = _clean(meta.value)
        metas = _with(draft.post.meta, at, Meta(meta.key, value))
        yield f"meta.{at}.value", metas, (meta.value, value)


def _in_comments(post: Post) -> Iterator[Change]:
    for at, comment in enumerate(post.comments or ()):
        text = comment.content
        if text and _IN_TEXT.search(text):
            comments = _with(post.comments, at, replace(comment, content=_clean(text)))
            yield f"comments.{at}.content", comments, (text, _clean(text))


def _with(rows: list[Any] | None, at: int, row: Any) -> list[Any]:
    """Give the rows with another one in one place."""
    return [*(rows or ())[:at], row, *(rows or ())[at + 1 :]]
