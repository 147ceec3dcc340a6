"""By call: what XML-RPC tells of posts and REST doesn't, or only at a price.

It gives the rows of metas as they are stored, whoever registered them, but for those whose key
begins with `_`. To tell an excerpt REST renders the whole post, also where only what is stored was
asked for (WP_REST_Posts_Controller::prepare_item_for_response()); XML-RPC doesn't. And it has the
columns that REST leaves out of types which don't support them, and terms of taxonomies that REST
doesn't show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.answer import mapping
from migrate.live.api import PAGE, Api, Row
from migrate.live.multicall import Call, Fault
from migrate.live.post_types import Taxonomy
from migrate.model.post import Meta, Post
from migrate.readers.rest import losses
from migrate.readers.rest.called import posts, term_ids
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import MENU_ITEM, Kind
from migrate.readers.rest.listing import in_halves
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.shelf import Shelf

__all__ = ["ByCall", "complete"]

_EXCERPT: Final = "post_excerpt"
_FIELDS: Final = {
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
_OF_OTHERS: Final = {"post_parent": "parent"}  # of a menu item, its parent is a meta
"""wp.getPosts' word for a column → the record's field."""

_NUMBERS: Final = frozenset({"parent", "menu_order"})
_AUTHOR: Final = "post_author"
_METAS: Final = "custom_fields"
_TERMS: Final = "terms"

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
            for page in () if few else _pages(connection, kind, len(ids)):
                for told in page:
                    self.take(kind, told)
            missing = self._missing(ids)
            for start in range(0, len(missing), _FEWEST):
                self._ask(connection, kind, missing[start : start + _FEWEST], note)
            self.kinds.add(kind.name)
        except SiteError:
            note.once(losses.XML_RPC_TEXT, kind.name)
        for row in _excerpts(connection, kind, self._missing(ids), note):
            excerpt = mapping(row.get("excerpt")).get("raw")
            told = {"excerpt": None if excerpt is None else str(excerpt)}
            self._shelf.add(int(row["id"]), {"fields": told})

    def take(self, kind: Kind, told: Row) -> None:
        """Keep what was told of one post of a kind, as `called.posts` gives it; once."""
        number = int(told["post_id"])
        if number in self._have:
            return
        self._have.add(number)
        metas = sorted(told.get(_METAS) or (), key=lambda meta: int(meta["id"]))
        kept: Row = {
            "fields": {n: told[field] for field, n in _names(kind).items() if field in told},
            "metas": [[str(meta["key"]), str(meta["value"])] for meta in metas],
        }
        for name in _NUMBERS & kept["fields"].keys():
            kept["fields"][name] = int(kept["fields"][name] or 0)
        if _TERMS in told:
            kept["terms"] = term_ids(told, _untold(kind))
        if author := int(told.get(_AUTHOR) or 0):
            kept["author"] = author
            self.authors.add(author)
        self._shelf.add(number, kept)

    def of(self, number: int) -> Row:
        """Give what was told of a post: `fields`, `metas`, `terms` and `author`, where it was."""
        return next(self._shelf.of(number), {})

    def _ask(self, connection: Connection, kind: Kind, ids: Sequence[int], note: Losses) -> None:
        """Ask for posts one by one, in one request; one that is told oddly is named."""
        results = connection.call([_post(kind, number) for number in ids])
        for number, result in zip(ids, results, strict=True):

            def odd(_place: int, why: str, number: int = number) -> None:
                note.once(losses.XML_RPC_ODD, f"{kind.name} {number}: {why}")

            for told in posts([result], odd):
                self.take(kind, told)

    def _missing(self, ids: Sequence[int]) -> list[int]:
        return [number for number in ids if number not in self._have]


def complete(post: Post, told: Row) -> None:
    """Put what was told of a post into its record: rows of metas, and fields that are unset."""
    metas = [Meta(*row) for row in told.get("metas", ())]
    stored = {row.key for row in metas}
    post.meta = [*metas, *(meta for meta in post.meta or () if meta.key not in stored)]
    for name, value in told.get("fields", {}).items():
        if getattr(post, name) is None:
            setattr(post, name, value)


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
    (answer,) = connection.call([call])
    if isinstance(answer, Fault):
        raise SiteError(f"XML-RPC refuses {call[0]}: {answer.faultString}")
    return posts(answer, _asked_again)


def _asked_again(_place: int, _why: str) -> None:
    """Say nothing of an odd post yet: it is asked for by itself."""


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
    """Return the columns to ask for: those that REST has no field for, and the excerpt."""
    known = _FIELDS | (_OF_MENU_ITEMS if kind.name == MENU_ITEM else _OF_OTHERS)
    return {_EXCERPT: "excerpt"} | {
        column: name for column, name in known.items() if name not in kind.schema.fields
    }


def _untold(kind: Kind) -> list[Taxonomy]:
    """Return the taxonomies of a kind that REST doesn't show."""
    return [each for each in kind.taxonomies if not each.route]


def _asked(kind: Kind) -> list[str]:
    author = [] if "author" in kind.schema.fields else [_AUTHOR]
    terms = [_TERMS] if _untold(kind) else []
    return [*_names(kind), *author, *terms, _METAS]


def _page(kind: Kind, offset: int, count: int) -> Call:
    query: dict[str, Any] = {
        "post_type": kind.name,
        "post_status": list(kind.statuses),
        "number": count,
        "offset": offset,
        "orderby": "ID",
        "order": "ASC",
    }
    return "wp.getPosts", (query, _asked(kind))


def _post(kind: Kind, number: int) -> Call:
    return "wp.getPost", (number, _asked(kind))
