"""Files: those of an attachment, as its metas name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from migrate.model.post import Post
from migrate.readers.rest.media import File, beside
from migrate.readers.rest.options import Wanted
from migrate.syntax import php_serialized

__all__ = ["files"]

_DETAILS: Final = "_wp_attachment_metadata"
_DIGITS: Final = 18  # more has no size of a file


def files(post: Post, wanted: Wanted) -> Iterator[File]:
    """Give the files of a record; none where it is no attachment, or has no address."""
    url = post.attachment_url
    if not url or wanted == "none":
        return
    known = _details(post)
    yield File(url, _size(known))
    if original := known.get("original_image"):
        yield File(beside(url, str(original)))
    sizes = known.get("sizes")
    for held in sizes.values() if wanted == "all" and isinstance(sizes, dict) else ():
        if isinstance(held, dict) and held.get("file"):
            yield File(beside(url, str(held["file"])), _size(held))


def _details(post: Post) -> dict[str, Any]:
    """Return wp_get_attachment_metadata(), nothing where it is odd."""
    values = (row.value for row in post.meta or () if row.key == _DETAILS)
    try:
        tree = php_serialized.array(next(values, ""))
    except ValueError:
        return {}
    return tree if isinstance(tree, dict) else {}


def _size(held: dict[str, Any]) -> int | None:
    size = str(held.get("filesize", ""))
    return int(size) or None if size.isdecimal() and len(size) <= _DIGITS else None
