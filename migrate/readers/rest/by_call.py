"""By call: what XML-RPC tells of posts and REST doesn't, or only at a price.

It gives the rows of metas as they are stored, whoever registered them, but for those whose key
begins with `_`. To tell an excerpt REST renders the whole post, also where only what is stored was
asked for (WP_REST_Posts_Controller::prepare_item_for_response()); XML-RPC doesn't. And it has the
columns that REST leaves out of types which don't support them.
"""

from __future__ import annotations

import xmlrpc.client as protocol
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.api import PAGE, Api, Row
from migrate.live.multicall import Call, Fault
from migrate.model.post import Meta, Post
from migrate.readers.rest import losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import MENU_ITEM, Kind
from migrate.readers.rest.listing import in_halves
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.record import day
from migrate.readers.rest.shelf import Shelf

__all__ = ["ByCall"]

_FIELDS: Final = {
    "post_excerpt": "excerpt",
    "post_password": "password",
    "menu_order": "menu_order",
    "comment_status": "comment_status",
    "ping_status": "ping_status",
}
_OF_MENU_ITEMS: Final = {
    "post_date": "date",
    "post_date_gmt": "date_gmt",
    "post_modified": "modified",
    "post_modified_gmt": "modified_gmt",
    "post_name": "slug",
    "guid": "guid",
    "link": "link",
}
"""wp.getPosts' word for a column → the record's field."""

_OF_OTHERS: Final = {"post_parent": "parent"}  # of a menu item, its parent is a meta

_AUTHOR: Final = "post_author"
_METAS: Final = "custom_fields"

_AT_ONCE: Final = 400
"""Posts in one call: WP_Query reads 500 and more in a single query, which sorts all their texts."""

_STEP: Final = _AT_ONCE - 1  # pages overlap, as listings do
_FEWEST: Final = 25


class ByCall:
    """What XML-RPC told of a site's posts, kept on disk until their post is read.

    `kinds` are the types of which it told, `authors` the users that it named.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._have: set[int] = set()
        self.kinds: set[str] = set()
        self.authors: set[int] = set()

    def read(
        self, connection: Connection, kind: Kind, ids: Sequence[int], note: Losses, *, few: bool
    ) -> None:
        """Read what there is of a kind's posts; where XML-RPC fails, their excerpts over REST.

        `few` says that these are some among many, so that they are asked for one by one.
        """
        if kind.context != "edit" or not ids:
            return
        if not kind.by_call:
            note.once(losses.UNREGISTERED, connection.xml_rpc)
            return
        note.once(losses.PROTECTED_METAS)
        try:
            for rows in () if few else _pages(connection, kind, len(ids)):
                self._take(kind, rows)
            missing = self._missing(ids)
            for start in range(0, len(missing), _FEWEST):
                calls = [_post(kind, number) for number in missing[start : start + _FEWEST]]
                self._take(kind, (r for r in connection.call(calls) if not isinstance(r, Fault)))
            self.kinds.add(kind.name)
        except SiteError:
            note.once(losses.XML_RPC_TEXT, kind.name)
        for row in _excerpts(connection, kind, self._missing(ids), note):
            self._shelf.add(int(row["id"]), {"excerpt": (row.get("excerpt") or {}).get("raw")})

    def of(self, number: int) -> Row:
        """Give all that was told of a post."""
        return next(self._shelf.of(number), {})

    def complete(self, post: Post, told: Row) -> None:
        """Put what was told of a post into its record: rows of metas, and fields that are unset."""
        rows = [Meta(*row) for row in told.get(_METAS, ())]
        stored = {row.key for row in rows}
        post.meta = [*rows, *(meta for meta in post.meta or () if meta.key not in stored)]
        for name in told.keys() - {_METAS, "author"}:
            if getattr(post, name) is None:
                setattr(post, name, told[name])

    def _missing(self, ids: Sequence[int]) -> list[int]:
        return [number for number in ids if number not in self._have]

    def _take(self, kind: Kind, rows: Iterable[Row]) -> None:
        names = _names(kind)
        for row in rows:
            number = int(row["post_id"])
            if number in self._have:
                continue
            self._have.add(number)
            told = {name: _value(name, row[field]) for field, name in names.items() if field in row}
            metas = sorted(row.get(_METAS) or (), key=lambda meta: int(meta["id"]))
            told[_METAS] = [[str(meta["key"]), str(meta["value"])] for meta in metas]
            if author := int(row.get(_AUTHOR) or 0):
                told["author"] = author
                self.authors.add(author)
            self._shelf.add(number, told)


def _pages(connection: Connection, kind: Kind, total: int) -> Iterator[list[Row]]:
    def page(api: Api, offset: int, count: int = _AT_ONCE) -> list[Row]:
        try:
            return _listed(connection, _page(kind, offset, count))
        except SiteError:
            if count <= _FEWEST:
                raise
        half = count // 2
        return page(api, offset, half) + page(api, offset + half, count - half)

    offsets = range(0, max(total - 1, 1), _STEP)
    yield from connection.lanes.in_order(partial(page, offset=each) for each in offsets)


def _listed(connection: Connection, call: Call) -> list[Row]:
    (rows,) = connection.call([call])
    if isinstance(rows, Fault):
        raise SiteError(f"XML-RPC refuses {call[0]}: {rows.faultString}")
    return [row for row in rows if isinstance(row, dict)]


def _excerpts(
    connection: Connection, kind: Kind, ids: Sequence[int], note: Losses
) -> Iterator[Row]:
    """Give id and excerpt of posts, as far as the site can render them."""

    def ask(start: int, count: int) -> list[Row]:
        asked = kind.parameters() | {"_fields": "id,excerpt.raw", "per_page": count}
        asked["include"] = ",".join(map(str, ids[start : start + count]))
        return connection.api.rows(kind.type.route, asked)

    def lost(at: int, _why: str) -> None:
        note.once(losses.EXCERPT, f"{kind.name} {ids[at]}")

    for start in range(0, len(ids), PAGE):
        yield from in_halves(ask, start, min(PAGE, len(ids) - start), lost)


def _names(kind: Kind) -> dict[str, str]:
    return _FIELDS | (_OF_MENU_ITEMS if kind.name == MENU_ITEM else _OF_OTHERS)


def _value(name: str, value: Any) -> Any:
    """Return a column's value; dates come as an ISO 8601 of their own, 20180301T08:00:00."""
    if name == "parent":
        return int(value or 0)
    if not isinstance(value, protocol.DateTime):
        return value
    text = str(value)
    return day(f"{text[:4]}-{text[4:6]}-{text[6:8]} {text[9:17]}")


def _page(kind: Kind, offset: int, count: int) -> Call:
    query: dict[str, Any] = {
        "post_type": kind.name,
        "post_status": list(kind.statuses),
        "number": count,
        "offset": offset,
        "orderby": "ID",
        "order": "ASC",
    }
    return "wp.getPosts", (query, [*_names(kind), _AUTHOR, _METAS])


def _post(kind: Kind, number: int) -> Call:
    return "wp.getPost", (number, [*_names(kind), _AUTHOR, _METAS])
