"""Hidden: post types with records, and taxonomies, that XML-RPC tells of and REST keeps to itself.

Their posts and terms come in the shape of REST's rows, as far as XML-RPC tells them: whoever reads
rows need not know where they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.answer import mapping, names
from migrate.live.api import PAGE, Row
from migrate.live.multicall import Call, Fault
from migrate.live.onward import Onward
from migrate.live.post_types import PostType, Schema, Taxonomy
from migrate.live.xml_rpc import address
from migrate.readers.rest import called, losses
from migrate.readers.rest.called import rows, term_ids
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import FORMAT, OF_THE_THEME, Kind
from migrate.readers.rest.listing import Broken
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
            terms.add(taxonomy, _terms(connection, taxonomy, note))
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
        others = sorted(set(known) - {*shown, *_left(options)})
        asked: list[Call] = [
            ("wp.getPosts", (query | {"post_type": name}, ["post_id"])) for name in others
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
        for name, answer in zip(others, found, strict=True)
        if rows(answer)
    ]


def _supports(told: Any) -> frozenset[str]:
    return frozenset(mapping(mapping(told).get("supports")))


def posts(connection: Connection, kind: Kind, broken: Broken) -> Iterator[tuple[Row, Row]]:
    """Give all posts of a kind as REST would, each with what XML-RPC said. Raises SiteError.

    `broken` is told of those that can't be read. XML-RPC calls posts of the future published, so
    they are asked for apart.
    """
    others = [status for status in kind.statuses if status != _FUTURE]
    seen: set[int] = set()
    for statuses in (others, [_FUTURE]):
        offset = 0
        onward = Onward(address(connection.facts))

        def odd(place: int, why: str) -> None:
            number = offset + place + 1  # noqa: B023 - called while the page is read
            broken(f"number {number} of {kind.name} in the order of ids, as XML-RPC tells: {why}")

        while page := _page(connection, kind, statuses, offset):
            onward.see([{"id": each.get("post_id")} for each in rows(page)])
            for told in called.posts(page, odd):
                post = row(kind, told)
                if statuses == [_FUTURE]:
                    post["status"] = _FUTURE
                if post["id"] not in seen:
                    seen.add(post["id"])
                    yield post, told
            offset += PAGE


def _page(connection: Connection, kind: Kind, statuses: list[str], offset: int) -> Any:
    query: dict[str, Any] = {"post_type": kind.name, "post_status": statuses, "number": PAGE}
    query |= {"offset": offset, "orderby": "ID", "order": "ASC"}
    (told,) = connection.call([("wp.getPosts", (query, _FIELDS))])
    if isinstance(told, Fault):
        raise SiteError(told.faultString)
    return told


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
            name=name,
            route="",
            field=name,
            types=names(each.get("object_type")),
            hierarchical=bool(each.get("hierarchical")),
            capabilities={},
        )
        for each in rows(told)
        if isinstance(name := each.get("name"), str)
    ]


def _terms(connection: Connection, taxonomy: Taxonomy, note: Losses) -> dict[int, Row]:
    def odd(_place: int, why: str) -> None:
        note.once(losses.XML_RPC_ODD, f"a term of {taxonomy.name}: {why}")

    (told,) = connection.call([("wp.getTerms", (taxonomy.name,))])
    if isinstance(told, Fault):
        raise SiteError(told.faultString)
    found = {int(row["term_id"]): row for row in called.terms(told, odd)}
    return {number: row | {"id": number} for number, row in found.items()}


def row(kind: Kind, told: Row) -> Row:
    """Give a post, as `called.posts` gives it, as the row that REST would give."""
    made: Row = {"id": int(told["post_id"]), "author": int(told.get("post_author") or 0)}
    made["parent"] = int(told.get("post_parent") or 0)
    made |= {name: told.get(field) for field, name in _COLUMNS.items()}
    made |= {name: {"raw": told.get(field)} for field, name in _TEXTS.items()}
    made |= term_ids(told, kind.taxonomies)
    picture = told.get("post_thumbnail")
    made["featured_media"] = int(picture["attachment_id"]) if isinstance(picture, dict) else 0
    return made
