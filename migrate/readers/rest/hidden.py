"""Hidden: post types with records, and taxonomies, that XML-RPC tells of and REST keeps to itself.

Their posts and terms come in the shape of REST's rows, as far as XML-RPC tells them: whoever reads
rows need not know where they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.api import PAGE, Row
from migrate.live.multicall import Call, Fault
from migrate.live.post_types import PostType, Schema, Taxonomy
from migrate.readers.rest import losses
from migrate.readers.rest.called import column, rows, term_ids
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import FORMAT, OF_THE_THEME, Kind
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.terms import Terms

__all__ = ["kinds", "posts", "row", "taxonomies"]

_FIELDS: Final = ["post", "terms", "custom_fields"]

_CORES: Final = frozenset({"custom_css", "customize_changeset", "oembed_cache", "nav_menu_item"})
"""Types that say nothing outside their site, or that are read elsewhere."""

_FUTURE: Final = "future"
_SCHEMA: Final = Schema(frozenset({"featured_media"}), frozenset(), {})
_COLUMNS: Final = {
    "post_date": "date",
    "post_date_gmt": "date_gmt",
    "post_modified": "modified",
    "post_modified_gmt": "modified_gmt",
    "post_name": "slug",
    "post_status": "status",
    "post_password": "password",
    "link": "link",
    "comment_status": "comment_status",
    "ping_status": "ping_status",
    "menu_order": "menu_order",
}
_TEXTS: Final = {
    "post_title": "title",
    "post_content": "content",
    "post_excerpt": "excerpt",
    "guid": "guid",
}


def taxonomies(
    connection: Connection, terms: Terms, options: RestOptions, note: Losses
) -> dict[str, Taxonomy]:
    """Read the terms of taxonomies of posts beside those that are there; gives these taxonomies."""
    found: dict[str, Taxonomy] = {}
    for taxonomy in _told_taxonomies(connection):
        of_posts = taxonomy.types - {"link"} - _left(options)
        if not of_posts or taxonomy.name in {*terms.shown, FORMAT}:
            continue
        try:
            terms.add(taxonomy, _terms(connection, taxonomy))
        except SiteError:
            note.once(losses.HIDDEN_TAXONOMY, taxonomy.name)
        else:
            found[taxonomy.name] = taxonomy
    return found


def kinds(
    connection: Connection,
    shown: Mapping[str, Kind],
    taxonomies: Iterable[Taxonomy],
    options: RestOptions,
) -> list[Kind]:
    """Give the kinds with records beside those that REST shows."""
    if connection.xml_rpc != "works":
        return []
    statuses = sorted({s for kind in shown.values() for s in kind.statuses} - {"inherit"})
    query: dict[str, Any] = {"number": 1, "post_status": statuses}
    try:
        (answer,) = connection.call([("wp.getPostTypes", ({"can_export": True}, ["supports"]))])
        known: Row = answer if isinstance(answer, dict) else {}
        names = sorted(set(known) - {*shown, *_left(options)})
        asked: list[Call] = [
            ("wp.getPosts", (query | {"post_type": name}, ["post_id"])) for name in names
        ]
        found = connection.call(asked) if asked else []
    except SiteError:
        return []
    own = list(taxonomies)
    return [
        Kind(
            PostType(name, "", "", False, {}, _supports(known[name]), frozenset()),
            _SCHEMA,
            tuple(each for each in own if name in each.types),
            "edit",
            tuple(statuses),
            by_call=True,
        )
        for name, answer in zip(names, found, strict=True)
        if rows(answer)
    ]


def _supports(told: Row) -> frozenset[str]:
    supports = told.get("supports")
    return frozenset(supports if isinstance(supports, dict) else ())


def posts(connection: Connection, kind: Kind) -> Iterator[tuple[Row, Row]]:
    """Give all posts of a kind as REST would, each with what XML-RPC said. Raises SiteError.

    XML-RPC calls posts of the future published, so they are asked for apart.
    """
    others = [status for status in kind.statuses if status != _FUTURE]
    seen: set[int] = set()
    for statuses in (others, [_FUTURE]):
        offset = 0
        while page := _page(connection, kind, statuses, offset):
            offset += PAGE
            for told in page:
                post = row(kind, told)
                if statuses == [_FUTURE]:
                    post["status"] = _FUTURE
                if post["id"] not in seen:
                    seen.add(post["id"])
                    yield post, told


def _page(connection: Connection, kind: Kind, statuses: list[str], offset: int) -> list[Row]:
    query: dict[str, Any] = {"post_type": kind.name, "post_status": statuses, "number": PAGE}
    query |= {"offset": offset, "orderby": "ID", "order": "ASC"}
    (told,) = connection.call([("wp.getPosts", (query, _FIELDS))])
    if isinstance(told, Fault):
        raise SiteError(told.faultString)
    return rows(told)


def _left(options: RestOptions) -> frozenset[str]:
    """Return the types that aren't read here."""
    return _CORES if options.templates else _CORES | OF_THE_THEME


def _told_taxonomies(connection: Connection) -> list[Taxonomy]:
    if connection.xml_rpc != "works":
        return []
    try:
        (told,) = connection.call([("wp.getTaxonomies", ({},))])  # public ones or not
    except SiteError:
        return []
    return [
        Taxonomy(
            name=str(each["name"]),
            route="",
            field=str(each["name"]),
            types=frozenset(map(str, each.get("object_type") or ())),
            hierarchical=bool(each.get("hierarchical")),
            capabilities={},
        )
        for each in rows(told)
    ]


def _terms(connection: Connection, taxonomy: Taxonomy) -> dict[int, Row]:
    (told,) = connection.call([("wp.getTerms", (taxonomy.name,))])
    if isinstance(told, Fault):
        raise SiteError(told.faultString)
    return {int(row["term_id"]): row | {"id": int(row["term_id"])} for row in rows(told)}


def row(kind: Kind, told: Row) -> Row:
    """Give what XML-RPC told of a post as the row that REST would give."""
    made: Row = {"id": int(told["post_id"]), "author": int(told.get("post_author") or 0)}
    made["parent"] = int(told.get("post_parent") or 0)
    made |= {name: column(told.get(field)) for field, name in _COLUMNS.items()}
    made |= {name: {"raw": told.get(field)} for field, name in _TEXTS.items()}
    made |= term_ids(told, kind.taxonomies)
    picture = told.get("post_thumbnail")
    made["featured_media"] = int(picture["attachment_id"]) if isinstance(picture, dict) else 0
    return made
