"""Items as WordPress and this program write them, read with one pattern.

It takes an item whose elements stand in core's order, each spelled as core spells it, and gives
what item.py gives; for any other, and wherever there is something to say, it gives None.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Final

from migrate.model.post import Author, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.readers.wxr import provenance
from migrate.readers.wxr.known import Document, Known
from migrate.syntax import wxr
from migrate.syntax.php_serialized import has_wrong_length
from migrate.syntax.wxr_elements import ITEM

_TEXT: Final = rb"[^\]]*+(?:\](?!\]>)[^\]]*+)*+"
_CDATA: Final = rb"<!\[CDATA\[(?P<%b>" + _TEXT + rb")\]\]>"
_PLAIN: Final = rb"(?P<%b>[^<&]*+)"
_NUMBER: Final = rb"(?P<%b>\d{1,18})"
_ELEMENTS: Final = {
    b"title": _CDATA,
    b"link": _PLAIN,
    b"pubDate": _PLAIN,
    b"dc:creator": _CDATA,
    b"guid": _PLAIN,
    b"description": rb"(?P<%b>)",
    b"content:encoded": _CDATA,
    b"excerpt:encoded": _CDATA,
    b"wp:post_id": _NUMBER,
    b"wp:post_date": _CDATA,
    b"wp:post_date_gmt": _CDATA,
    b"wp:post_modified": _CDATA,
    b"wp:post_modified_gmt": _CDATA,
    b"wp:comment_status": _CDATA,
    b"wp:ping_status": _CDATA,
    b"wp:post_name": _CDATA,
    b"wp:status": _CDATA,
    b"wp:post_parent": _NUMBER,
    b"wp:menu_order": _NUMBER,
    b"wp:post_type": _CDATA,
    b"wp:post_password": _CDATA,
    b"wp:is_sticky": rb"(?P<%b>[01])",
}
"""The elements of every item in core's order, and how each is spelled."""

_TAG_OF: Final = {ITEM[name.decode()].field: b"<" + name for name in _ELEMENTS}
_ITEM: Final = re.compile(
    rb"<item>\s*+(?:<\?wpmigrate (?:[^?]|\?(?!>))*+\?>\s*+)?+"
    + b"".join(
        rb"<%b%b>%b</%b>\s*+"
        % (
            name,
            rb' isPermaLink="(?:false|true)"' if name == b"guid" else b"",
            spelled % ITEM[name.decode()].field.encode(),
            name,
        )
        for name, spelled in _ELEMENTS.items()
    )
)
_SECTION: Final = rb"<!\[CDATA\[(" + _TEXT + rb")\]\]>"
_ROW: Final = re.compile(
    rb'<(category) domain="([^"&<\t\r\n]*+)" nicename="([^"&<\t\r\n]*+)">%b</category>\s*+'
    rb"|<wp:postmeta>\s*+<wp:meta_key>%b</wp:meta_key>\s*+"
    rb"<wp:meta_value>%b</wp:meta_value>\s*+</wp:postmeta>\s*+"
    rb"|(</item>\Z|[\s\S]++)" % (_SECTION, _SECTION, _SECTION)
)
_NAMES: Final = (*_ELEMENTS, b"category", b"wp:postmeta", b"wp:meta_key", b"wp:meta_value")
_END: Final = b"</item>"
_INSTRUCTION: Final = b"<?wpmigrate"
_DATES: Final = ("date", "date_gmt", "modified", "modified_gmt")
_USUAL_DATE: Final = len(wxr.ZERO_DATE)
_PATH: Final = re.compile(r"(?!\.\.?(?:/|\Z))[^/\\:\0]+(?:/(?!\.\.?(?:/|\Z))[^/\\:\0]+)*")
_PARTS: Final = frozenset(Provenance.__slots__) - {"removed", "stated", "origin", "encoding"}
_FIELDS: Final = frozenset(Post.__slots__) - {"provenance", "content_format"}


class _Odd(Exception):  # noqa: N818 - no failure: item.py takes over
    """Something in the item is for item.py."""


def is_usual(document: Document) -> bool:
    """Tell whether a document names its elements as WordPress does."""
    found = {name: document.names.resolve(name) for name in _NAMES}
    return not document.is_old and all(
        name.said.encode() == written and not name.guessed for written, name in found.items()
    )


def read(data: bytes, known: Known) -> Post | None:
    """Read an item of a usual document; None where item.py has to."""
    match = _ITEM.match(data)
    if match is None or wxr.has_forbidden(data):
        return None
    rows = _ROW.findall(data, match.end())
    if rows[-1][6] != _END:
        return None
    try:
        texts = {name: text.decode() for name, text in match.groupdict(b"").items()}
        said = _provenance(data[: match.start("title")])
        post = _post(texts, match["content"], rows)
        post.provenance = said
        _unset(post, said.filled, known)
    except (*provenance.UNUSABLE, _Odd):
        return None
    said.filled = []
    return post


def place(data: bytes, field: str) -> int | None:
    """Give where a field's element starts in an item that `read` took; None for a row's."""
    match = _ITEM.match(data)
    if match is None or field not in _TAG_OF:
        return None
    return data.rfind(_TAG_OF[field], 0, match.start(field))


def _post(texts: dict[str, str], content: bytes, rows: list[tuple[bytes, ...]]) -> Post:
    terms: list[TermRef] = []
    meta: list[Meta] = []
    for category, domain, nicename, label, key, value, _ in rows[:-1]:
        if category:
            terms.append(TermRef(domain.decode() or "category", label.decode(), nicename.decode()))
        elif has_wrong_length(value):
            raise _Odd
        else:
            meta.append(Meta(key.decode(), value.decode()))
    for name in _DATES:
        texts[name] = _date(texts[name])
    return Post(
        id=int(texts["id"]),
        type=texts["type"],
        status=texts["status"],
        title=texts["title"],
        content=content,
        excerpt=texts["excerpt"],
        slug=texts["slug"],
        author=Author(login=texts["author"]),
        date=texts["date"],
        date_gmt=texts["date_gmt"],
        modified=texts["modified"],
        modified_gmt=texts["modified_gmt"],
        parent=int(texts["parent"]),
        menu_order=int(texts["menu_order"]),
        password=texts["password"],
        guid=texts["guid"],
        link=texts["link"],
        comment_status=texts["comment_status"],
        ping_status=texts["ping_status"],
        sticky=texts["sticky"] == "1",
        terms=terms,
        meta=meta,
        comments=[],
    )


def _date(text: str) -> str:
    if text == wxr.ZERO_DATE:
        return ""
    if len(text) != _USUAL_DATE or datetime.fromisoformat(text).isoformat(" ") != text:
        raise _Odd
    return text


def _provenance(before: bytes) -> Provenance:
    """Read the instruction that may stand before the elements, if it keeps only simple things."""
    start = before.find(_INSTRUCTION)
    if start < 0:
        return Provenance()
    said: dict[str, Any] = json.loads(before[start + len(_INSTRUCTION) : before.rfind(b"?>")])
    if not said.keys() <= _PARTS or not _is_simple(said):
        raise _Odd
    return Provenance(**said)


def _is_simple(said: dict[str, Any]) -> bool:
    spelling, filled = said.get("spelling", {}), said.get("filled", [])
    path = said.get("path", "")
    return (
        all(isinstance(said.get(name, ""), str) for name in ("path", "dialect", "variant"))
        and (not path or _PATH.fullmatch(path) is not None)
        and (not spelling or (list(spelling) == ["absent"] and _is_texts(spelling["absent"])))
        and _is_texts(filled)
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and set(map(type, value)) <= {str}


def _unset(post: Post, filled: list[str], known: Known) -> None:
    """Unset the fields that a writer had to fill in."""
    for name in filled:
        if name in _FIELDS:
            setattr(post, name, None)
        else:
            provenance.unset(post, name, known)
