"""One text is at most 256 MB: an item with a longer one is named, not read."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from migrate.errors import RecordError
from migrate.readers.wxr.content import Content
from migrate.readers.wxr.repair import Notes, shown
from migrate.readers.wxr.scan import Scan

LONGEST_TEXT: Final = 256 << 20

_TAG_OR_SECTION: Final = re.compile(rb"<(?:!\[CDATA\[|!--|/?[A-Za-z_])")
_ENDS: Final = {b"<![CDATA[": re.compile(rb"\]\]>"), b"<!--": re.compile(rb"-->")}
_NEAR: Final = 1 << 16
_TITLE: Final = re.compile(rb"<title>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</title>", re.DOTALL)
_END_OF_TITLE: Final = b"</title>"
_ID: Final = re.compile(rb"<wp:post_id>(?:<!\[CDATA\[)?\s*([0-9]+)")


def refuse_long_text(content: Content, start: int, end: int, notes: Notes) -> None:
    """Raise RecordError where the item in this range holds a text that is too long for any record.

    Holds one block of it.
    """
    if end - start <= LONGEST_TEXT:
        return
    scan = Scan(content)
    at = tag = start
    while at < end:
        found = scan.find(_TAG_OR_SECTION, at)
        place = min(found.start, end) if found else end
        if found and found.text in _ENDS and place < end:
            hidden = scan.find(_ENDS[found.text], found.end)
            at = hidden.end if hidden else found.end
            continue
        if place - tag > LONGEST_TEXT:
            _refuse(content, (start, end), place - tag, notes)
        tag, at = place, (found.end if found else end)


def _refuse(content: Content, item: tuple[int, int], length: int, notes: Notes) -> NoReturn:
    start, end = item
    near = content.read(start, start + _NEAR) + content.read(max(start, end - _NEAR), end)
    title = _TITLE.search(near, 0, near.rfind(_END_OF_TITLE) + len(_END_OF_TITLE))
    number = _ID.search(near)
    name = (f" {shown(title[1])!r}" if title else "") + (
        f" (ID {number[1].decode()})" if number else ""
    )
    error = RecordError(
        "source-text-too-long",
        f"the item{name} holds a text of {length} bytes; one text is at most {LONGEST_TEXT}",
        line=notes.line(0),
        fix="Take the text out of the file, or shorten it",
    )
    error.public = False
    raise error
