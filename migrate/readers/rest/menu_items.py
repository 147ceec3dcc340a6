"""Menu items: REST's fields as the title and the metas that wp_update_nav_menu_item() stores."""

from __future__ import annotations

from typing import Any

from migrate.live.answer import mapping
from migrate.live.api import Row
from migrate.model.post import Meta
from migrate.syntax import php_serialized

__all__ = ["metas", "title"]


def title(row: Row) -> str:
    """Give an item's title as stored: empty where it is that of what the item leads to."""
    shown = mapping(row.get("title"))
    return "" if shown.get("rendered") in _targets_titles(row) else str(shown.get("raw", ""))


def metas(row: Row) -> list[Meta]:
    """Give the metas of an item in the order in which WordPress adds them."""
    kind = str(row.get("type", ""))
    values = {
        "type": kind,
        "menu_item_parent": str(row.get("parent") or 0),
        "object_id": str(row.get("object_id") or 0),
        "object": str(row.get("object", "")),
        "target": str(row.get("target", "")),
        "classes": php_serialized.serialize(_list(row.get("classes"))),
        "xfn": " ".join(_list(row.get("xfn"))),
        # The address of anything but a custom link follows from what it leads to.
        "url": str(row.get("url", "")) if kind == "custom" else "",
    }
    return [Meta(f"_menu_item_{name}", value) for name, value in values.items()]


def _targets_titles(row: Row) -> list[str]:
    """Give the titles that came along with an item, of the post or term that it leads to."""
    embedded = mapping(row.get("_embedded")).get("wp:menu-item-object")
    return [
        str(text)
        for each in (embedded if isinstance(embedded, list) else ())
        if isinstance(each, dict)
        if (text := each.get("name") or mapping(each.get("title")).get("rendered"))
    ]


def _list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
