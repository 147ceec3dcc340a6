"""`self-closing`: `<span/>` and the like, which HTML reads as opened and never closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from migrate.patterns import pattern
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.syntax.html_markup import FOREIGN, VOID, Tag
from migrate.syntax.plain_html import tags_named

_NEVER_CLOSED: Final = VOID | FOREIGN | {b"html", b"head", b"body", b"plaintext"}
_BREAKS: Final = (b"<br />", b"<br/>")
_FEW: Final = 200
"""How long names may be, all of them together, for which a pattern is made."""

_CLOSING: Final = pattern(rb"<([A-Za-z][^\t\n\f\r />]*+)[^<>]*+(?<=/)>")


class SelfClosing(Rule):
    """Gives elements that are written as closing themselves the end tag that HTML asks for.

    One that has an end tag of its own further on is closed already and stays. A name that ends in
    a colon is an address between angle brackets.
    """

    looks_for = "`<span/>`, `<iframe …/>`, `<i/>` …, which swallow what follows in a browser"
    does = "closes them: `<span></span>`"
    bodies = ANY_BODY - {"rst"}

    def rewrite(self, draft: Draft) -> None:
        """Give each of them its end tag, and change nothing else of it."""
        body = draft.body
        if _may_have_some(body):
            edits = [_closed(body, tag) for tag in _never_closed(_tags(draft))]
            said = "end tag put in place of a slash that closes nothing"
            draft.edit(edits, said, keeps_plain=True)


def _may_have_some(body: bytes) -> bool:
    """Say whether a `/>` may stand in anything but a void element; a no is sure."""
    done, slash = 0, body.find(b"/>")
    if _closes_void(body, 0, slash) and body.count(b"/>") == sum(map(body.count, _BREAKS)):
        return False
    while slash >= 0:
        if not _closes_void(body, done, slash):
            return True
        done = slash + 2
        slash = body.find(b"/>", done)
    return False


def _closes_void(body: bytes, done: int, slash: int) -> bool:
    """Say whether a `/>` is that of a void element's tag, which begins behind `done`."""
    opened = body.rfind(b"<", done, slash)
    name = body[opened + 1 : min(slash, opened + 9)].split(None, 1)
    return opened >= 0 and bool(name) and name[0].lower() in VOID


def _tags(draft: Draft) -> list[Tag]:
    """Give the tags of all elements of which one may be written as closing itself."""
    if draft.is_plain and sum(map(len, names := _names(draft.body))) <= _FEW:
        return tags_named(draft.body, names)
    return draft.markup.tags


def _names(body: bytes) -> set[bytes]:
    """Give the names of all tags of a plain body that may be written as closing themselves."""
    return {name.lower() for name in _CLOSING.findall(body)} - _NEVER_CLOSED


def _never_closed(tags: Iterable[Tag]) -> Iterator[Tag]:
    """Give the tags whose element has no end tag, in order.

    An end tag belongs to the last open element of its name that is written as open, and where there
    is none, to the last one that is written as closing itself.
    """
    opened: dict[bytes, int] = {}
    closing: dict[bytes, list[Tag]] = {}
    for tag in tags:
        name = tag.name
        if tag.is_self_closing and not tag.is_end:
            if name not in _NEVER_CLOSED and not name.endswith(b":"):
                closing.setdefault(name, []).append(tag)
        elif not tag.is_end:
            opened[name] = opened.get(name, 0) + 1
        elif opened.get(name):
            opened[name] -= 1
        elif closing.get(name):
            closing[name].pop()
    return iter(sorted(tag for left in closing.values() for tag in left))


def _closed(body: bytes, tag: Tag) -> Edit:
    start, end, name, _, _ = tag
    written = body[start + 1 : start + 1 + len(name)]
    return Edit(start, end, b"".join((body[start : end - 2], b"></", written, b">")))
