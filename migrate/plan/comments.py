"""Comments: which of a record's are on the site, and what is still to be done.

A comment that is sent has the REST API's names. `id` and `parent` are those of the source; of one
on the site they are the site's.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.plan.journal import marks

__all__ = [
    "NO_ADDRESS",
    "Known",
    "Todo",
    "changed_by_site",
    "held",
    "matched",
    "plain",
    "todo",
    "told",
    "value",
]

NO_ADDRESS: Final = "0.0.0.0"  # noqa: S104 - WordPress takes no empty one, and else it takes ours

_REL: Final = re.compile(r'(?<!\s)\s++rel="[^"]*"')
_TELLING: Final = (("date", "author_name", "content"), ("date", "author_name"), ("date", "content"))
_COMPARED: Final = (
    *("author", "author_name", "author_email", "author_url", "author_ip", "author_user_agent"),
    *("date", "date_gmt", "content", "status", "parent"),
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
    """
    by_id = {int(row["id"]): row for row in rows}
    found = matched(wanted, rows, {number: each.id for number, each in known.items()})
    return [_todo(comment, by_id, found, known.get(comment["id"])) for comment in wanted]


def matched(
    wanted: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    known: Mapping[int, int],
) -> dict[int, int]:
    """Return which comments of the site a record's are, each once: the site's numbers by its own.

    `known` are those that are known beforehand. Others are told by date, author and text, else by
    date and one of the two, as far as they state them.
    """
    shelf = _Shelf(rows)
    found: dict[int, int] = {}
    for comment in wanted:
        if comment["id"] in known and shelf.take(known[comment["id"]]):
            found[comment["id"]] = known[comment["id"]]
    for names in _TELLING:
        for comment in wanted:
            if comment["id"] in found or comment["id"] in known:
                continue
            number = shelf.take_like(comment, names)
            if number:
                found[comment["id"]] = number
    return found


class _Shelf:
    """The comments of the site that no comment of the record is yet, by what they say."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._free = {int(row["id"]): row for row in rows}
        self._by_values: dict[tuple[str, ...], dict[tuple[Any, ...], Iterator[int]]] = {}

    def take(self, number: int) -> bool:
        """Take a comment away; tells whether it was there."""
        return self._free.pop(number, None) is not None

    def take_like(self, comment: Mapping[str, Any], names: tuple[str, ...]) -> int:
        """Take the first comment that says the same in these fields; 0 where there is none.

        A single field that isn't the text tells nothing.
        """
        stated = tuple(name for name in names if name in comment)
        if len(stated) < 2 and stated != ("content",):  # noqa: PLR2004 - two that tell
            return 0
        alike = self._by(stated).get(tuple(plain(n, comment[n]) for n in stated), iter(()))
        return next((number for number in alike if self.take(number)), 0)

    def _by(self, names: tuple[str, ...]) -> dict[tuple[Any, ...], Iterator[int]]:
        """Return the comments that say the same in these fields, those that were given left out."""
        if names not in self._by_values:
            found: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
            for number, row in self._free.items():
                found[tuple(plain(name, value(row, name)) for name in names)].append(number)
            self._by_values[names] = {key: iter(numbers) for key, numbers in found.items()}
        return self._by_values[names]


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
        if plain(name, stated) != plain(name, found_there):
            yield name


def value(row: Mapping[str, Any], name: str) -> Any:
    """Return what the site says of a comment, in the words of a request."""
    found = row.get(name)
    if name == "content":
        return str(found.get("raw") or "") if isinstance(found, dict) else ""
    if name in {"date", "date_gmt"}:
        return str(found or "").replace("T", " ")
    return told(row) if name == "status" else found


def plain(name: str, value: Any) -> Any:
    """Return a value as it compares: WordPress marks links, escapes names and trims."""
    match name:
        case "content":
            return _REL.sub("", html.unescape(value)).strip()
        case "author_name" | "author_url":
            return html.unescape(value or "").strip()
        case "author_ip":
            return "" if value == NO_ADDRESS else value
    return value
