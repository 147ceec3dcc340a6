"""Custom fields: the metas of posts that XML-RPC tells, those nobody registered for REST included.

XML-RPC gives the rows as they are stored, but for those whose key begins with `_`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.api import PAGE, Api
from migrate.live.multicall import Call, Fault, Multicall
from migrate.model.post import Meta
from migrate.readers.rest import losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import FORMAT, Kind
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.shelf import Shelf

__all__ = ["CustomFields"]

_FIELDS: Final = ["custom_fields"]
_STEP: Final = PAGE - 1  # pages overlap, as listings do
_GROUP: Final = 25
_CORES: Final = frozenset({"custom_css", "nav_menu_item", "wp_global_styles"})
"""Types that REST keeps to itself or that are read elsewhere."""


class CustomFields:
    """The metas of a site's posts, kept on disk until their post is read."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._have: set[int] = set()
        self.kinds: set[str] = set()

    def read(self, connection: Connection, kind: Kind, ids: Sequence[int], note: Losses) -> None:
        """Read the metas of a kind's posts, where XML-RPC is on and takes us."""
        if kind.context != "edit" or not ids:
            return
        if connection.xml_rpc != "works":
            note.once(losses.UNREGISTERED, connection.xml_rpc)
            return
        note.once(losses.PROTECTED_METAS)
        try:
            for rows in self._pages(connection, kind, len(ids)):
                self._take(rows)
            missing = [number for number in ids if number not in self._have]
            for start in range(0, len(missing), _GROUP):
                group = missing[start : start + _GROUP]
                found = _called(connection.api, connection, [_post(n) for n in group])
                self._take(row for row in found if row)
        except SiteError:
            note.once(losses.XML_RPC_TEXT, kind.name)
            return
        self.kinds.add(kind.name)

    def of(self, post: int) -> list[Meta]:
        """Give the rows of a post's metas, in the order in which they were stored."""
        return [Meta(*row) for rows in self._shelf.of(post) for row in rows]

    def _pages(self, connection: Connection, kind: Kind, total: int) -> Iterator[list[Any]]:
        def page(api: Api, offset: int) -> list[Any]:
            return [row for rows in _called(api, connection, [_page(kind, offset)]) for row in rows]

        offsets = range(0, max(total - 1, 1), _STEP)
        yield from connection.lanes.in_order(partial(page, offset=each) for each in offsets)

    def _take(self, rows: Iterable[Any]) -> None:
        for row in rows:
            number = int(row["post_id"])
            if number not in self._have:
                self._have.add(number)
                metas = sorted(row.get("custom_fields") or (), key=lambda meta: int(meta["id"]))
                if metas:
                    self._shelf.add(
                        number, [[str(meta["key"]), str(meta["value"])] for meta in metas]
                    )


def name_hidden(
    connection: Connection, types: Iterable[str], taxonomies: Iterable[str], note: Losses
) -> None:
    """Name post types with records, and taxonomies, of which XML-RPC knows and REST shows none."""
    if connection.xml_rpc != "works":
        return
    lists: list[Call] = [("wp.getPostTypes", ({"can_export": True},)), ("wp.getTaxonomies", ())]
    try:
        known, terms = _called(connection.api, connection, lists)
        hidden = sorted({*known} - {*types, *_CORES})
        query: dict[str, Any] = {"number": 1, "post_status": "any"}
        asked: list[Call] = [("wp.getPosts", (query | {"post_type": n}, ["post"])) for n in hidden]
        found = _called(connection.api, connection, asked) if asked else []
    except SiteError:
        return
    for name, rows in zip(hidden, found, strict=True):
        if rows:
            note.once(losses.HIDDEN_TYPE, name)
    for name in sorted({str(each.get("name")) for each in terms} - {*taxonomies, FORMAT}):
        note.once(losses.HIDDEN_TAXONOMY, name)


def _page(kind: Kind, offset: int) -> Call:
    query: dict[str, Any] = {
        "post_type": kind.name,
        "post_status": list(kind.statuses),
        "number": PAGE,
        "offset": offset,
        "orderby": "ID",
        "order": "ASC",
    }
    return "wp.getPosts", (query, _FIELDS)


def _post(number: int) -> Call:
    return "wp.getPost", (number, _FIELDS)


def _called(api: Api, connection: Connection, calls: Sequence[Call]) -> list[Any]:
    """Give the results of calls without those that WordPress refuses. Raises SiteError."""
    assert connection.credentials is not None  # XML-RPC works for nobody else
    answers = Multicall(api.client, connection.facts, connection.credentials)(calls)
    return [[] if isinstance(answer, Fault) else answer for answer in answers]
