"""What PHP's serialize() writes: written, looked at as text, or read as plain arrays."""

from __future__ import annotations

import re
from typing import Any, Final

from migrate.patterns import pattern

_TOKEN: Final = pattern(
    rb"""N; | [bidrR]:[^;{}"]+; | a:[0-9]+:\{ | \}
    | [OE]:[0-9]+:"[^"]*"[:;](?:[0-9]+:\{)? | s:(?P<length>[0-9]{1,9}):\"""",
    re.VERBOSE,
)
_INDEX: Final = pattern(r"0|-?[1-9][0-9]{0,17}")
SERIALIZED: Final = ("a:", "s:", "O:")
"""How serialized values begin that hold texts."""

_BEGINNINGS: Final = tuple(beginning.encode() for beginning in SERIALIZED)
_TAKEN_FOR_SERIALIZED: Final = pattern(
    r"""N;\Z | (?= .{3,}[;}] ) (?: s:[0-9]+:(?=.*") | [aOE]:[0-9]+: | [bid]:[0-9.E+-]+; )""",
    re.VERBOSE | re.DOTALL,
)
_TEXT: Final = pattern(r's:(?P<length>[0-9]{1,9}):"(?P<text>.*)";', re.DOTALL)
_BLANKS: Final = " \t\n\r\0\v"  # PHP's trim()


def serialize(value: Any) -> str:
    """Give what serialize() makes of a JSON value; objects become arrays, as PHP reads them."""
    import phpserialize  # noqa: PLC0415 - start-up is kept short

    data: bytes = phpserialize.dumps(_php(value), errors="surrogatepass")
    return data.decode("utf-8", "surrogatepass")


def has_wrong_length(data: bytes) -> bool:
    """Tell whether a serialized value holds a string whose length isn't the one it states.

    That happens to text that was converted to another encoding, or replaced, after it was
    serialized; PHP then reads nothing at all. False for what isn't serialized.
    """
    if not data.startswith(_BEGINNINGS):
        return False
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        if match["length"]:
            at += int(match["length"])
            if data[at : at + 2] != b'";':
                return True
            at += 2
    return False


def is_taken_for_serialized(text: str) -> bool:
    """Tell whether WordPress would serialize a text once more before it stores it as a meta.

    maybe_serialize() does so with what is_serialized( $data, false ) accepts.
    """
    return bool(_TAKEN_FOR_SERIALIZED.match(text.strip(_BLANKS)))


def array(serialized: str, *, objects: bool = False) -> Any:
    """Return the list or map that serializes to exactly this text; numbers may be keys.

    With `objects` it may hold some, each a phpserialize.phpobject. Raises ValueError for all
    others: what is no array, holds objects, or isn't as PHP writes it.
    """
    if not serialized.startswith("a:"):
        raise ValueError("it is no serialized array")
    import phpserialize  # noqa: PLC0415 - start-up is kept short

    try:
        data = serialized.encode()
        hook = phpserialize.phpobject if objects else None
        found = phpserialize.loads(data, decode_strings=True, array_hook=_array, object_hook=hook)
        exact = phpserialize.dumps(found) == data
    except (TypeError, RecursionError, OverflowError) as error:
        raise ValueError("it is no array that can be read") from error
    if not exact:
        raise ValueError("PHP wouldn't write it so")
    return found


def serialized(held: Any) -> str:
    """Return what PHP makes of a list or map that `array` gave."""
    import phpserialize  # noqa: PLC0415 - start-up is kept short

    data: bytes = phpserialize.dumps(held)
    return data.decode()


def text(serialized: str) -> str | None:
    """Return the text that is serialized here, None where it is anything else."""
    found = _TEXT.fullmatch(serialized)
    if found is None or len(found["text"].encode()) != int(found["length"]):
        return None
    return found["text"]


def _array(pairs: list[tuple[Any, Any]]) -> Any:
    """Give a list for keys that count from 0."""
    if [key for key, _ in pairs] == list(range(len(pairs))):
        return [item for _, item in pairs]
    return dict(pairs)


def _php(value: Any) -> Any:
    if isinstance(value, dict):
        return {_key(key): _php(item) for key, item in value.items()}
    return [_php(item) for item in value] if isinstance(value, list) else value


def _key(key: str) -> str | int:
    """Return a key as PHP's arrays hold it: a number where it looks like one."""
    return int(key) if _INDEX.fullmatch(key) else key
