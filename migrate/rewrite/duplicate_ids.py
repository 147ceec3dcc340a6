"""`duplicate-ids`: an id that stands more than once in a body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from migrate.rewrite.draft import Draft, Edit
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.syntax.html_markup import Attribute, Tag, attributes
from migrate.syntax.id_references import referred_to

_ID: Final = re.compile(rb"id[\t\n\f\r ]*+=[\t\n\f\r ]*+[\"']?+([^\t\n\f\r \"'>]++)")
_BLANKS: Final = b"\t\n\f\r "


class DuplicateIds(Rule):
    """Takes a repeated id from all elements but the first, which a browser goes by as well.

    An id that something in the body refers to is left, since it may mean any of them.
    """

    looks_for = "an id that stands more than once in one body"
    does = "leaves it to the first element, and names it where something refers to it"
    bodies = ANY_BODY - {"rst"}

    def rewrite(self, draft: Draft) -> None:
        """Take the id from the later elements."""
        if _may_have_some(draft.body):
            draft.edit(list(_edits(draft)), "id taken out that an earlier element has")


def _may_have_some(body: bytes) -> bool:
    values = _ID.findall(body.lower())
    return len(values) != len(set(values))


def _edits(draft: Draft) -> Iterator[Edit]:
    later = _later(draft)
    if not later:
        return
    body, named = draft.body, referred_to(draft.body, draft.markup)
    for tag, given in later:
        if given.value not in named:
            yield Edit(tag.start, tag.end, _without(body, tag, given))
            continue
        value = given.value.decode("utf-8", "replace")
        said = "the id {} stands more than once, and something refers to it"
        message = quoting(said, repr(value))
        draft.note("rewrite-id-unclear", message, at=given.start)


def _later(draft: Draft) -> list[tuple[Tag, Attribute]]:
    """Give the ids that stood before in the body, each with its tag.

    An element with two ids has the first; it is left, since it would get the second.
    """
    seen, later = set[bytes](), list[tuple[Tag, Attribute]]()
    for tag in draft.markup.tags:
        if tag.is_end or b"id" not in draft.body[tag.start : tag.end].lower():
            continue
        given = [one for one in attributes(draft.body, tag) if one.name == b"id"]
        if not given or not given[0].value:
            continue
        if given[0].value in seen and len(given) == 1:
            later.append((tag, given[0]))
        seen.add(given[0].value)
    return later


def _without(body: bytes, tag: Tag, given: Attribute) -> bytes:
    """Give a tag without an attribute and the blanks before it; as it is where that says another.

    Behind `a id="x" =b` an `a =b` would be left.
    """
    before = body[tag.start : given.start]
    after = body[given.end : tag.end]
    if after.lstrip(_BLANKS).startswith(b"="):
        return body[tag.start : tag.end]
    if after[:1] in b"\t\n\f\r />":
        before = before.rstrip(_BLANKS)
    closing = before.endswith(b"/") and after == b">"
    return before + (b" " if closing else b"") + after
