"""Post types and taxonomies as the REST API offers them: routes, fields, statuses, metas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final, Literal

from msgspec import Struct

from migrate.errors import AnswerError, SiteError
from migrate.live.account import Account
from migrate.live.answer import mapping, names, plain_text, quoted
from migrate.live.api import Api, Row

__all__ = [
    "Context",
    "PostType",
    "Schema",
    "Taxonomy",
    "post_types",
    "schema",
    "schemas",
    "taxonomies",
]

Context = Literal["view", "edit"]
"""WordPress's word for how much an answer holds; `edit` asks for rights."""

_PUBLISHING: Final = frozenset({"publish", "future", "private"})
"""The statuses that WP_REST_Posts_Controller::handle_status_param() keeps for those who publish."""


class PostType(Struct, frozen=True):
    """A post type; `route` is where its posts are, such as `wp/v2/posts`, in its namespace.

    `capabilities` are the rights that it asks for by WordPress's general names (`publish_posts` →
    `publish_pages`), `supports` the features that it was registered with.
    """

    name: str
    namespace: str
    route: str
    hierarchical: bool
    capabilities: Mapping[str, str]
    supports: frozenset[str]
    taxonomies: frozenset[str]

    @property
    def has_route_of_its_own(self) -> bool:
        """Tell whether its posts have one place, not one below each post of another type."""
        return "(" not in self.route

    def statuses(self, offered: Iterable[str], account: Account | None) -> frozenset[str]:
        """Give those of the offered statuses that an account may set in posts; a visitor none."""
        if account is None or not account.may(self.capabilities.get("edit_posts", "")):
            return frozenset()
        may_publish = account.may(self.capabilities.get("publish_posts", ""))
        return frozenset(offered) - (frozenset() if may_publish else _PUBLISHING)


class Schema(Struct, frozen=True):
    """What posts of one type take: fields to write, statuses to set, meta keys → their schema.

    `listed` are the statuses that a listing of them may be asked for.
    """

    fields: frozenset[str]
    statuses: frozenset[str]
    meta: Mapping[str, Row]
    listed: frozenset[str] = frozenset()


class Taxonomy(Struct, frozen=True):
    """A taxonomy of posts of some `types`; a post's terms of it stand in the field `field`."""

    name: str
    route: str
    field: str
    types: frozenset[str]
    hierarchical: bool
    capabilities: Mapping[str, str]

    @property
    def right_to_create(self) -> str:
        """The right that WP_REST_Terms_Controller asks for before it makes a term."""
        return self.capabilities.get("edit_terms" if self.hierarchical else "assign_terms", "")


def post_types(api: Api, context: Context = "edit") -> dict[str, PostType]:
    """Return the post types that we may edit, by name; to view, all, but without their supports."""
    listed = api.get("wp/v2/types", {"context": context})
    return {
        name: _post_type(name, row) for name, row in _rows(listed, "type", api.url("wp/v2/types"))
    }


def taxonomies(api: Api, context: Context = "edit") -> dict[str, Taxonomy]:
    """Return the taxonomies that REST offers, by name; to view, without their rights."""
    listed = api.get("wp/v2/taxonomies", {"context": context})
    return {
        name: Taxonomy(
            name=name,
            route=_route(row, name),
            field=str(row.get("rest_base") or name),
            types=names(row.get("types")),
            hierarchical=bool(row.get("hierarchical")),
            capabilities=mapping(row.get("capabilities")),
        )
        for name, row in _rows(listed, "taxonomy", api.url("wp/v2/taxonomies"))
    }


def schema(api: Api, post_type: PostType) -> Schema:
    """Return what posts of a type take, as the site's own schema says."""
    return _schema(api.options(post_type.route))


def schemas(api: Api, types: Iterable[PostType]) -> dict[str, Schema]:
    """Return what posts of each type take, by its name, with one question for each namespace.

    Of a type whose routes don't say it, it is empty.
    """
    wanted = list(types)
    routes: dict[str, Any] = {}
    for namespace in sorted({each.namespace for each in wanted}):
        with suppress(AnswerError):  # a plugin keeps its routes to itself
            routes |= mapping(api.get(namespace, {"context": "help"}).get("routes"))
    return {each.name: _schema(mapping(routes.get(f"/{each.route}"))) for each in wanted}


def _schema(described: Row) -> Schema:
    properties = mapping(mapping(described.get("schema")).get("properties"))
    metas = mapping(properties.get("meta"))
    return Schema(
        fields=frozenset(n for n, rule in properties.items() if not mapping(rule).get("readonly")),
        statuses=names(mapping(properties.get("status")).get("enum")),
        meta={n: mapping(rule) for n, rule in mapping(metas.get("properties")).items()},
        listed=_listed(described),
    )


def _listed(described: Row) -> frozenset[str]:
    """Return the values of the argument `status` of the route's GET."""
    endpoints = described.get("endpoints")
    for endpoint in map(mapping, endpoints if isinstance(endpoints, list) else ()):
        if "GET" in names(endpoint.get("methods")):
            status = mapping(mapping(endpoint.get("args")).get("status"))
            return names(mapping(status.get("items")).get("enum"))
    return frozenset()


def _post_type(name: str, row: Row) -> PostType:
    return PostType(
        name=name,
        namespace=_namespace(row),
        route=_route(row, name),
        hierarchical=bool(row.get("hierarchical")),
        capabilities=mapping(row.get("capabilities")),
        supports=frozenset(mapping(row.get("supports"))),
        taxonomies=names(row.get("taxonomies")),
    )


def _route(row: Row, name: str) -> str:
    return f"{_namespace(row)}/{row.get('rest_base') or name}"


def _namespace(row: Row) -> str:
    return str(row.get("rest_namespace") or "wp/v2")  # named since WordPress 5.9


def _rows(listed: Row, kind: str, url: str) -> Iterator[tuple[str, Row]]:
    """Give what stands under each name. Raises SiteError where that is no object."""
    for name, row in listed.items():
        if not isinstance(row, dict):
            raise SiteError(
                f"the {kind} {plain_text(name)} came back as {quoted(row)}",
                path=url,
                fix="Look for a plugin that changes the REST API's types and taxonomies",
            )
        yield name, row
