"""The one canonical form of a record: JSON that is the same bytes for the same record.

UTF-8, keys sorted by code point, no blanks, `/` and non-ASCII unescaped, every leaf a string, unset
fields absent. Its SHA-256 is the record's hash. Provenance is not part of a record's meaning and
stays out.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from msgspec import Struct

from migrate.model.post import Post

_AS_JSON: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def dumps(value: Any) -> str:
    """Give the canonical JSON text of a plain value (dicts, lists, strings, numbers, booleans)."""
    return _AS_JSON(plain(value))


def record(post: Post) -> str:
    """Give the canonical JSON text of a record."""
    return dumps(post)


def digest(post: Post) -> str:
    """Give the record's hash: the SHA-256 of its canonical form, in hexadecimal."""
    return hashlib.sha256(record(post).encode("utf-8", "surrogatepass")).hexdigest()


def plain(value: Any) -> Any:
    """Give a value as what its canonical text holds: maps, lists and strings; nothing unset."""
    match value:
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case bytes():
            return value.decode("utf-8")
        case dict():
            return {str(k): plain(v) for k, v in value.items() if v is not None}
        case tuple() if hasattr(value, "_asdict"):
            return plain(value._asdict())
        case list() | tuple():
            return [plain(item) for item in value]
    if isinstance(value, Struct):
        names = (name for name in value.__struct_fields__ if name != "provenance")
        return {n: plain(v) for n in names if (v := getattr(value, n)) is not None}
    raise TypeError(f"{type(value).__name__} has no canonical form")
