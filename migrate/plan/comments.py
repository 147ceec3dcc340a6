"""Comments: which of a record's are on the site, and what is still to be done.

A comment that is sent has the REST API's names. `id` and `parent` are those of the source; of one
on the site they are the site's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.plan.journal import marks

__all__ = ["NO_ADDRESS", "Known", "Todo", "changed_by_site", "held", "todo", "told", "value"]

NO_ADDRESS: Final = "0.0.0.0"  # noqa: S104 - WordPress takes no empty one, and else it takes ours

_REL: Final = re.compile(r'\s+rel="[^"]*"')
_TELLING: Final = (("date", "author_name", "content"), ("date", "author_name"), ("date", "content"))
_COMPARED: Final = (
    *("author", "author_name", "author_email", "author_url", "author_ip", "date", "date_gmt"),
    *("content", "status", "parent"),
)


class Known(NamedTuple):
    """What the journal knows of a comment: its number on the site, and marks of both sides."""

    id: int
    asked: bytes
    held: bytes


class Todo(NamedTuple):
    """One comment of a record: its number on the site, 0 for one to be made; what differs in it.

    `conflict` says that both sides changed it; `gone` that somebody took it away on the site.
    """

    wanted: Mapping[str, Any]
    id: int = 0
    fields: tuple[str, ...] = ()
    conflict: bool = False
    gone: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to do about it."""
        return self.conflict or self.gone or (self.id > 0 and not self.fields)


def todo(
    wanted: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    known: Mapping[int, Known],
) -> list[Todo]:
    """Return what is to be done about each comment of a record, in order.

    `rows` are the comments on the site, `known` what the journal knows by their source's numbers.
    One that it doesn't know is told by date, author and text, else by date and one of the two.
    """
    by_id = {int(row["id"]): row for row in rows}
    free = dict(by_id)
    found: dict[int, int] = {}
    for comment in wanted:
        number = known[comment["id"]].id if comment["id"] in known else 0
        if number in free:
            found[comment["id"]] = number
            del free[number]
    for names in _TELLING:
        for comment in wanted:
            if comment["id"] in found or comment["id"] in known:
                continue
            alike = [n for n, row in free.items() if not any(_differing(comment, row, names, {}))]
            if alike:
                found[comment["id"]] = alike[0]
                del free[alike[0]]
    return [_todo(comment, by_id, found, known.get(comment["id"])) for comment in wanted]


def changed_by_site(
    comment: Mapping[str, Any], row: Mapping[str, Any], numbers: Mapping[int, int]
) -> list[str]:
    """Return the fields that the site holds otherwise; `numbers` are the site's by the source's."""
    return list(_differing(comment, row, _COMPARED, numbers))


def held(row: Mapping[str, Any]) -> bytes:
    """Return the mark of what the site says of a comment."""
    said = ("parent", "author_name", "author_email", "author_url", "date", "status")
    return marks.asked({name: row.get(name) for name in said} | {"content": value(row, "content")})


def told(row: Mapping[str, Any]) -> str:
    """Return a comment's status in the word by which it is set."""
    status = str(row.get("status", ""))
    return "approve" if status == "approved" else status


def _todo(
    comment: Mapping[str, Any],
    rows: Mapping[int, Mapping[str, Any]],
    found: Mapping[int, int],
    known: Known | None,
) -> Todo:
    number = found.get(comment["id"], 0)
    if not number:
        return Todo(comment, gone=known is not None)
    if known and known.asked == marks.asked(comment):
        return Todo(comment, number)
    fields = tuple(_differing(comment, rows[number], _COMPARED, found))
    conflict = bool(fields) and known is not None and known.held != held(rows[number])
    return Todo(comment, number, fields, conflict)


def _differing(
    comment: Mapping[str, Any],
    row: Mapping[str, Any],
    names: Sequence[str],
    found: Mapping[int, int],
) -> Iterator[str]:
    """Give the fields in which a comment of the site isn't what the source says."""
    for name in names:
        if name not in comment:
            continue
        stated, found_there = comment[name], value(row, name)
        if name == "parent":
            stated = found.get(stated, 0) if stated else 0
        if _plain(name, stated) != _plain(name, found_there):
            yield name


def value(row: Mapping[str, Any], name: str) -> Any:
    """Return what the site says of a comment, in the words of a request."""
    found = row.get(name)
    if name == "content":
        return found.get("raw", "") if isinstance(found, dict) else ""
    if name in {"date", "date_gmt"}:
        return str(found or "").replace("T", " ")
    return told(row) if name == "status" else found


def _plain(name: str, value: Any) -> Any:
    """Return a value as it compares: WordPress marks links, escapes names and trims."""
    match name:
        case "content":
            return _REL.sub("", html.unescape(value)).strip()
        case "author_name" | "author_url":
            return html.unescape(value or "").strip()
        case "author_ip":
            return "" if value == NO_ADDRESS else value
    return value
