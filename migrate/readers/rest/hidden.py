"""Hidden: post types with records, and taxonomies, of which XML-RPC knows and REST shows none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.multicall import Call, Fault
from migrate.readers.rest import losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import FORMAT
from migrate.readers.rest.losses import Losses

__all__ = ["name_hidden"]

_CORES: Final = frozenset({"custom_css", "nav_menu_item", "wp_global_styles"})
"""Types that REST keeps to itself or that are read elsewhere."""


def name_hidden(
    connection: Connection, types: Iterable[str], taxonomies: Iterable[str], note: Losses
) -> None:
    """Name what is there beside these `types` and `taxonomies`, which REST shows."""
    if connection.xml_rpc != "works":
        return
    lists: list[Call] = [("wp.getPostTypes", ({"can_export": True},)), ("wp.getTaxonomies", ())]
    try:
        known, terms = _called(connection, lists)
        hidden = sorted({*known} - {*types, *_CORES})
        query: dict[str, Any] = {"number": 1, "post_status": "any"}
        asked: list[Call] = [("wp.getPosts", (query | {"post_type": n}, ["post"])) for n in hidden]
        found = _called(connection, asked) if asked else []
    except SiteError:
        return
    for name, rows in zip(hidden, found, strict=True):
        if rows:
            note.once(losses.HIDDEN_TYPE, name)
    for name in sorted({str(each.get("name")) for each in terms} - {*taxonomies, FORMAT}):
        note.once(losses.HIDDEN_TAXONOMY, name)


def _called(connection: Connection, calls: list[Call]) -> list[Any]:
    """Give the results of calls, empty for those that WordPress refuses. Raises SiteError."""
    return [[] if isinstance(answer, Fault) else answer for answer in connection.call(calls)]
