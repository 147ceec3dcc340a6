"""Marks: short stand-ins for values, equal where the values are, that tell nothing of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from migrate.model.post import Post

__all__ = ["as_json", "asked", "is_whole", "storable", "text", "whole"]

_WHOLE: Final = b"whole "
_AS_JSON: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


def as_json(value: Any) -> str:
    """Return JSON that is the same for equal values, its types kept: an undo has to send them."""
    return _AS_JSON(value)


def storable(text: str) -> str:
    """Return a text as SQLite takes it: what is no character, as in odd file names, is escaped."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def asked(value: Mapping[str, Any]) -> bytes:
    """Return the mark of fields."""
    return hashlib.sha256(as_json(value).encode()).digest()


def whole(digest: str) -> bytes:
    """Return the mark of a post as the companion tells it, whose digest this is.

    It says more than a listing over REST does, so the two are never held against each other.
    """
    return _WHOLE + bytes.fromhex(digest)


def is_whole(mark: bytes) -> bool:
    """Tell whether a mark of a post comes from the companion."""
    return mark.startswith(_WHOLE)


def text(post: Post) -> bytes:
    """Return the mark of a record's title and body, by which a renamed file is known again.

    Empty where there is no body: too many records are alike in that.
    """
    if not (post.content or b"").strip():
        return b""
    return asked({"type": post.type, "title": post.title, "content": (post.content or b"").hex()})
