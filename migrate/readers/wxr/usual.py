"""Items as WordPress and this program write them, read with two patterns.

It takes an item whose elements stand in core's order, each spelled as item_patterns.py has it, and
gives what item.py gives; for any other, and wherever there is something to say, it gives None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.patterns import pattern
from migrate.readers.wxr import provenance, usual_comments
from migrate.readers.wxr.item_patterns import (
    BEFORE,
    BEHIND,
    BODY_OPENS,
    END,
    NAMES,
    ROW,
    TAG_OF,
)
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.usual_texts import Odd, date_in, meta_in, texts_in
from migrate.syntax import wxr

_NUMBERS: Final = ("id", "parent", "menu_order")
_DATES: Final = ("date", "date_gmt", "modified", "modified_gmt")
PATH: Final = pattern(r"(?!\.\.?(?:/|\Z))[^/\\:\0]+(?:/(?!\.\.?(?:/|\Z))[^/\\:\0]+)*")
PATH_IN_JSON: Final = pattern(r'"path":"([^"\\\x00-\x1f]*)"')
_PARTS: Final = frozenset(Provenance.__struct_fields__) - {
    "removed",
    "stated",
    "origin",
    "encoding",
}
_FIELDS: Final = frozenset(Post.__struct_fields__) - {"provenance", "content_format"}


def is_usual(document: Document) -> bool:
    """Tell whether a document names its elements as WordPress does."""
    names = ((written, document.names.resolve(written.encode())) for written in NAMES)
    return not document.is_old and all(
        name.said == written and not name.guessed for written, name in names
    )


class Filled(NamedTuple):
    """What a writer had to fill in: fields as they are without that, and parts of rows."""

    fields: dict[str, None]
    rows: Sequence[str]


_NOTHING_FILLED: Final = Filled({}, ())


class Usual(NamedTuple):
    """A record, and its item as it was cut: round the body, which ends at `end` in `data`."""

    post: Post
    data: bytes
    before: re.Match[str]
    end: int
    behind: re.Match[str]
    filled: Filled

    def place(self, field: str) -> int | None:
        """Give where a field's element starts, in bytes of the item; None where item.py tells."""
        if field not in TAG_OF:
            return None
        if field == "content":
            return self.data.rfind(TAG_OF[field], 0, self.end)
        is_before = field in self.before.re.groupindex
        found = self.before if is_before else self.behind
        start = found.start(field)
        if start < 0:
            return None
        upto = len(found.string[:start].encode()) + (0 if is_before else self.end)
        return self.data.rfind(TAG_OF[field], 0, upto)


def read(data: bytes, known: Known) -> Usual | None:
    """Read an item of a usual document; None where item.py has to."""
    opens = data.find(BODY_OPENS)
    if opens < 0:
        return None
    start = opens + len(BODY_OPENS)
    end = wxr.section_end(data, start)
    if end < 0 or wxr.has_forbidden(data):
        return None
    try:
        body = data[start:end]
        body.decode()
        before = BEFORE.pattern.fullmatch(data[:opens].decode())
        behind = BEHIND.pattern.match(data[end:].decode())
        if before is None or behind is None:
            return None
        texts = texts_in(before, BEFORE) | texts_in(behind, BEHIND)
        said, filled = _provenance(texts.pop("said") or "")
        said_by_rows, texts["comments"] = rows(behind.string, behind.end())
        post = _post(texts, body, said_by_rows, filled)
        post.provenance = said
        for name in filled.rows:
            provenance.unset(post, name, known)
    except (*provenance.UNUSABLE, Odd):
        return None
    return Usual(post, data, before, end, behind, filled)


def rows(text: str, start: int = 0) -> tuple[list[tuple[str, ...]], list[Comment]]:
    """Give the terms and metas from a place to an item's end, as Row has them, and its comments.

    Raises Odd for any other.
    """
    found = ROW.findall(text, start)
    rest = found.pop()[-1]
    return found, [] if rest == END else usual_comments.read(rest)


def _post(
    texts: dict[str, Any], content: bytes, said: Sequence[tuple[str, ...]], filled: Filled
) -> Post:
    """Make the record of an item's texts, by the names of its fields, without what was filled."""
    terms: list[TermRef] = []
    meta: list[Meta] = []
    for category, domain, nicename, label, key, plain_key, value, _ in said:
        if category:
            terms.append(term(domain, nicename, label))
        else:
            meta.append(meta_in(key or plain_key, value))
    for name in _DATES:
        texts[name] = texts[name] and date_in(texts[name])
    for name in _NUMBERS:
        texts[name] = int(texts[name])
    texts["sticky"] = texts["sticky"] == "1"
    texts["author"] = Author(texts["author"])
    texts.update(content=content, terms=terms, meta=meta)
    texts.update(filled.fields)
    return Post(**texts)


def term(domain: str, nicename: str, label: str) -> TermRef:
    """Give the term that a `<category>` names."""
    return TermRef(domain or "category", label, nicename)


def _provenance(instruction: str) -> tuple[Provenance, Filled]:
    """Read the instruction that may stand before the elements, if it keeps only simple things."""
    if not instruction:
        return Provenance(), _NOTHING_FILLED
    path, rest = "", instruction
    if found := PATH_IN_JSON.search(instruction):
        path = found[1]
        rest = f"{instruction[: found.start(1)]}p{instruction[found.end(1) :]}"
    said, filled = _kept(rest)
    if said.get("path", "") != ("p" if found else "") or (path and not PATH.fullmatch(path)):
        raise Odd
    made = Provenance(path, said.get("dialect", ""), said.get("variant", ""))
    if said.get("spelling"):
        made.spelling = {"absent": list(said["spelling"]["absent"])}
    return made, filled


@lru_cache(maxsize=1024)
def _kept(instruction: str) -> tuple[dict[str, Any], Filled]:
    """Read an instruction, which mostly differs from others in its path alone."""
    said: dict[str, Any] = json.loads(instruction)
    if not said.keys() <= _PARTS or not _is_simple(said):
        raise Odd
    filled = said.get("filled", [])
    fields: dict[str, None] = dict.fromkeys(name for name in filled if name in _FIELDS)
    rows = [name for name in filled if name not in fields]
    if any(name.partition(".")[0] in fields for name in rows):
        raise Odd
    return said, Filled(fields, rows)


def _is_simple(said: dict[str, Any]) -> bool:
    spelling, filled = said.get("spelling", {}), said.get("filled", [])
    return (
        all(isinstance(said.get(name, ""), str) for name in ("path", "dialect", "variant"))
        and (not spelling or (list(spelling) == ["absent"] and _is_texts(spelling["absent"])))
        and _is_texts(filled)
    )


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and set(map(type, value)) <= {str}
