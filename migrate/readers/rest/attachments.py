"""Attachments: what REST says of a media file, as the metas that WordPress keeps it in."""

from __future__ import annotations

from typing import Any, Final

from migrate.live.api import Row
from migrate.model.post import Meta
from migrate.syntax import php_serialized

__all__ = ["UPLOADS", "metas"]

UPLOADS: Final = "/wp-content/uploads/"
_ADDED: Final = frozenset({"source_url", "mime_type"})
"""What WP_REST_Attachments_Controller adds to each size; what it calls mime_type is mime-type."""


def metas(row: Row) -> list[Meta]:
    """Give the metas that hold a file's path, its metadata and its alternative text."""
    details = row.get("media_details")
    known = details if isinstance(details, dict) else {}
    found: list[Meta] = []
    if file := str(known.get("file") or _path(str(row.get("source_url") or ""))):
        found.append(Meta("_wp_attached_file", file))
    if stored := _stored(known):
        found.append(Meta("_wp_attachment_metadata", php_serialized.serialize(stored)))
    if alt := str(row.get("alt_text") or ""):
        found.append(Meta("_wp_attachment_image_alt", alt))
    return found


def _path(url: str) -> str:
    """Return a file's path below the uploads folder, where the address shows it."""
    _, _, path = url.partition(UPLOADS)
    return path


def _stored(details: Row) -> dict[str, Any]:
    """Return wp_get_attachment_metadata() as it was before REST added to it."""
    sizes = details.get("sizes")
    if not isinstance(sizes, dict) or (not sizes and "width" not in details):
        # A file that is no picture has no sizes; REST shows an empty object all the same.
        return {name: value for name, value in details.items() if name != "sizes"}
    return {
        name: {
            size: _size(held)
            for size, held in sizes.items()
            if size != "full" and isinstance(held, dict)
        }
        if name == "sizes"
        else value
        for name, value in details.items()
    }


def _size(held: Row) -> dict[str, Any]:
    size: dict[str, Any] = {}
    for name in ("file", "width", "height"):
        if name in held:
            size[name] = held[name]
    if "mime_type" in held:
        size["mime-type"] = held["mime_type"]
    return size | {name: held[name] for name in held if name not in size and name not in _ADDED}
