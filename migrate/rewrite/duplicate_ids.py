"""`duplicate-ids`: an id that stands more than once in a body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from migrate.patterns import pattern
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.syntax.html_markup import Attribute, Tag, attributes, tag_at
from migrate.syntax.id_references import may_refer, referred_to

_ID: Final = re.compile(rb"id[\t\n\f\r ]*+=[\t\n\f\r ]*+[\"']?+([^\t\n\f\r \"'>]++)")
_IDS: Final = pattern(rb"id[\t\n\f\r ]*+=")
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
        tags = _tags_with_repeated(draft)
        if tags:
            said = "id taken out that an earlier element has"
            draft.edit(list(_edits(draft, tags)), said, keeps_plain=True)


def _tags_with_repeated(draft: Draft) -> Iterable[Tag]:
    """Give all start tags with an id, and perhaps more, where one may stand more than once."""
    lowered = draft.body.lower()
    values = _ID.findall(lowered)
    if len(values) == len(set(values)):
        return ()
    tags = _tags_with_ids(draft.body, lowered) if draft.is_plain else draft.markup.tags
    return [tag for tag in tags if not tag.is_end and b"id" in lowered[tag.start : tag.end]]


def _tags_with_ids(body: bytes, lowered: bytes) -> Iterator[Tag]:
    """Give the tags of a plain body before each `id=`, of which those in a text are no tag's."""
    last = 0
    for found in _IDS.finditer(lowered):
        start = body.rfind(b"<", last, found.start())  # none where it is the tag of the last one
        last = found.start()
        if start >= 0 and (tag := tag_at(body, start)):
            yield tag


def _edits(draft: Draft, tags: Iterable[Tag]) -> Iterator[Edit]:
    body = draft.body
    named = referred_to(body, draft.markup) if may_refer(body) else ()
    for tag, given in _later(body, tags):
        if given.value not in named:
            yield Edit(tag.start, tag.end, _without(body, tag, given))
            continue
        value = given.value.decode("utf-8", "replace")
        said = "the id {} stands more than once, and something refers to it"
        message = quoting(said, repr(value))
        draft.note("rewrite-id-unclear", message, at=given.start)


def _later(body: bytes, tags: Iterable[Tag]) -> Iterator[tuple[Tag, Attribute]]:
    """Give the ids that stood before in the body, each with its tag.

    An element with two ids has the first; it is left, since it would get the second.
    """
    seen = set[bytes]()
    for tag in tags:
        given = [one for one in attributes(body, tag) if one.name == b"id"]
        if not given or not given[0].value:
            continue
        if given[0].value in seen and len(given) == 1:
            yield tag, given[0]
        seen.add(given[0].value)


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
