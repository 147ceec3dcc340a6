"""Front matter keys that no rule names: rows of post meta under the same name, and back.

WordPress holds text in rows: a scalar is one row, a list of scalars one row an item, an empty list
none, and a map or a list of lists one row in PHP's serialized form. The shape goes to the
provenance where the dialect wouldn't choose it by itself.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any, Final, Literal

from migrate.errors import RecordError
from migrate.model.post import Meta, Post
from migrate.syntax.values import Plain, Value

Style = Literal["list", "single"]
"""How a dialect writes a meta: always as a list, or one row as one text and several as a list."""

_ARRAY_INDEX: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
_TEXTS: Final = frozenset((str, Plain))
_DEEPEST: Final = 100
_ERRORS: Final = "surrogatepass"  # YAML can escape a lone surrogate


def read(rows: list[Meta], key: str, value: Value, style: Style) -> str:
    """Add the rows that a key stands for; give its shape, empty where it is the dialect's own.

    Raises RecordError, with the key, for a value nested deeper than anybody nests on purpose.
    """
    if isinstance(value, str):
        rows.append(Meta(key, str(value)))
        shape = "text"
    elif _is_rows(value):
        rows += [Meta(key, str(item)) for item in value]
        shape = "list" if value else "empty"
    else:
        rows.append(Meta(key, _one_row(key, value)))
        shape = "tree"
    own = "list" if style == "list" or (shape == "list" and len(value) > 1) else "text"
    return "" if shape == own and key[:1] != "_" else shape


def write(
    post: Post, shapes: dict[str, str], reserved: Container[str], style: Style
) -> dict[str, Value]:
    """Give the keys for a post's metas.

    Left out are metas named like a key of the dialect, and protected ones (`_thumbnail_id`) unless
    they came from front matter.
    """
    rows: dict[str, list[str]] = {key: [] for key, shape in shapes.items() if shape == "empty"}
    for key, value in post.meta or ():
        rows.setdefault(key, []).append(value)
    return {
        key: _value(texts, shapes.get(key, ""), style)
        for key, texts in rows.items()
        if key not in reserved and (key in shapes or not key.startswith("_"))
    }


def serialize(value: Value) -> str:
    """Give what PHP's serialize() gives for arrays of text."""
    import phpserialize  # noqa: PLC0415 - start-up is kept short

    data = phpserialize.dumps(_php(value, 0), errors=_ERRORS)
    return str(data, "utf-8", _ERRORS)


def unserialize(text: str) -> Value | None:
    """Give the lists and maps that serialize to exactly this text, None where there are none."""
    if not text.startswith("a:"):
        return None
    import phpserialize  # noqa: PLC0415 - start-up is kept short

    try:
        data = phpserialize.loads(
            text.encode("utf-8", _ERRORS), errors=_ERRORS, decode_strings=True, array_hook=_array
        )
        return data if serialize(data) == text else None
    except (ValueError, TypeError, RecursionError, RecordError):
        return None


def _one_row(key: str, value: Value) -> str:
    try:
        return serialize(value)
    except RecordError as error:
        error.field = key
        raise


def _value(texts: list[str], shape: str, style: Style) -> Value:
    single = shape in {"text", "tree"} or (not shape and style == "single")
    if not single or len(texts) != 1:
        return list(texts)
    tree = unserialize(texts[0]) if shape != "text" else None
    return texts[0] if tree is None or _is_rows(tree) else tree


def _is_rows(value: Value) -> bool:
    """Tell whether each item is a row of its own."""
    return isinstance(value, list) and _TEXTS.issuperset(map(type, value))


def _php(value: Value, depth: int) -> Any:
    """Turn keys that PHP takes for numbers into numbers, as its arrays do."""
    if depth > _DEEPEST:
        raise RecordError("mapping-value", "lists or maps are nested too deeply", fix="Unfold them")
    if isinstance(value, dict):
        return {_php_key(key): _php(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_php(item, depth + 1) for item in value]
    return str(value)


def _php_key(key: str) -> str | int:
    return int(key) if _ARRAY_INDEX.fullmatch(key) else str(key)


def _array(pairs: list[tuple[Any, Any]]) -> Any:
    """Give a list for keys that count from 0, a map of text for any others."""
    if not pairs:
        return {}
    if [key for key, _ in pairs] == list(range(len(pairs))):
        return [item for _, item in pairs]
    return {str(key): item for key, item in pairs}
