"""`tracking-pixels`: images that show nothing and only tell somebody who reads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from migrate.rewrite.counting_images import counter_of, is_elsewhere, is_paid
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.whole_lines import is_joined, with_line
from migrate.syntax.html_markup import Tag, attributes

_IMAGE: Final = re.compile(rb"<(?:img|IMG)")
_WRAPPERS: Final = frozenset({b"a", b"noscript"})
_TINY: Final = re.compile(r"\s*0*[01](?:px)?\s*", re.IGNORECASE)
_TINY_STYLE: Final = re.compile(
    r"(?=.*(?<![\w-])width\s*:\s*[01](?:px)?\s*(?:;|!|$))"
    r"(?=.*(?<![\w-])height\s*:\s*[01](?:px)?\s*(?:;|!|$))",
    re.IGNORECASE | re.DOTALL,
)
_LAZY: Final = ("srcset", "data-src", "data-lazy-src", "data-original")
_LONGEST_STYLE: Final = 1000


class TrackingPixels(Rule):
    """Takes out images of one pixel from another host, and those of known counters of any size.

    A link or a `<noscript>` that held nothing else goes with its image. A place holder that a
    script fills (`data-src`) is left, and so is an image that counts for the author's pay, which
    is named.
    """

    looks_for = "images of one pixel, and those of services that count the readers of feeds"
    does = "takes them out, with a link that held nothing else"
    bodies = ANY_BODY - {"rst"}

    def rewrite(self, draft: Draft) -> None:
        """Take the images out of the body."""
        if _IMAGE.search(draft.body):
            draft.edit(list(_edits(draft)), "image taken out that only counts readers")


def _edits(draft: Draft) -> Iterator[Edit]:
    body, tags, done = draft.body, draft.markup.tags, 0
    for place, tag in enumerate(tags):
        if tag.name != b"img" or tag.is_end or not _only_counts(draft, tag):
            continue
        start, end = with_line(body, *_with_wrappers(body, tags, place))
        if not is_joined(body, start):
            yield Edit(max(start, done), end, b"")
            done = end


def _only_counts(draft: Draft, tag: Tag) -> bool:
    said = _said(draft.body, tag)
    address = said.get("src", "").strip()
    if is_paid(address):
        message = "an image that counts for the author's pay was left"
        draft.note("rewrite-pixel-left", message, at=tag.start)
        return False
    return counter_of(address) is not None or (
        is_elsewhere(address) and _is_tiny(said) and not any(said.get(name) for name in _LAZY)
    )


def _said(body: bytes, tag: Tag) -> dict[str, str]:
    """Give the attributes of a tag; of two with one name the first, as browsers do."""
    said: dict[str, str] = {}
    for one in attributes(body, tag):
        value = html.unescape(one.value.decode("utf-8", "replace"))
        said.setdefault(one.name.decode("utf-8", "replace"), value)
    return said


def _is_tiny(said: dict[str, str]) -> bool:
    if _TINY.fullmatch(said.get("width", "")) and _TINY.fullmatch(said.get("height", "")):
        return True
    return bool(_TINY_STYLE.match(said.get("style", "")[:_LONGEST_STYLE]))


def _with_wrappers(body: bytes, tags: list[Tag], place: int) -> tuple[int, int]:
    """Give the span of an image and of the elements that hold nothing else."""
    first = last = place
    while first and last + 1 < len(tags):
        opening, closing = tags[first - 1], tags[last + 1]
        holds_it = opening.name == closing.name and closing.is_end and not opening.is_end
        between = (
            body[opening.end : tags[first].start].strip() + body[tags[last].end : closing.start]
        )
        if opening.name not in _WRAPPERS or not holds_it or between.strip():
            break
        first, last = first - 1, last + 1
    return tags[first].start, tags[last].end
