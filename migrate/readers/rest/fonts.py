"""Fonts: the files that font faces name, which are no attachments (WordPress 6.5)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from migrate.model.post import Post
from migrate.readers.rest.media import File
from migrate.readers.rest.options import Wanted

__all__ = ["fonts"]

_FACE: Final = "wp_font_face"


def fonts(post: Post, wanted: Wanted) -> Iterator[File]:
    """Give the files of a font face; its content is what theme.json says of one."""
    if post.type != _FACE or wanted == "none":
        return
    try:
        said = json.loads(post.content or b"")
    except (ValueError, RecursionError):
        return
    sources = said.get("src") if isinstance(said, dict) else None
    for url in sources if isinstance(sources, list) else [sources]:
        if isinstance(url, str) and url:
            yield File(url)
