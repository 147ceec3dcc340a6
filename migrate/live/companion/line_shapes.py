"""Line shapes: what the companion's lines have to be before anybody reads them.

The companion is ours, but what a site sends in its name need not be: a plugin may stand between.
What a record says beside this is for `canonical_records` to look at, one record at a time.
"""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from migrate.live.answer import plain_text, quoted
from migrate.live.shapes import PLUGIN, Number, OddAnswerError, OwnId

__all__ = ["checked", "odd_told"]

_Digest = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class _Meta(Struct):
    key: str
    value: str


class _Comment(Struct):
    approved: str
    id: str
    parent: str
    meta: list[_Meta] | UnsetType = UNSET


class _Ref(Struct):
    taxonomy: str
    slug: str | UnsetType = UNSET


class _Record(Struct):
    id: OwnId
    type: str
    status: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    date: str | UnsetType = UNSET
    date_gmt: str | UnsetType = UNSET
    link: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    parent: Number | UnsetType = UNSET
    author: dict[str, Any] | UnsetType = UNSET
    comments: list[_Comment] | UnsetType = UNSET
    meta: list[_Meta] | UnsetType = UNSET
    terms: list[_Ref] | UnsetType = UNSET


class _Post(Struct):
    record: _Record
    digest: _Digest | UnsetType = UNSET


class _OptionRecord(Struct):
    id: OwnId
    name: str
    value: str


class _Option(Struct):
    record: _OptionRecord


class _Other(Struct):
    record: dict[str, Any] | UnsetType = UNSET


class _Digested(Struct):
    id: OwnId
    digest: _Digest


_BY_KIND: Final[dict[Any, type[Struct]]] = {"post": _Post, "option": _Option, None: _Digested}


class _Stored(Struct):
    slug: str
    date: str
    title: str
    link: str | UnsetType = UNSET


class _ToldPost(Struct):
    id: OwnId
    digest: _Digest
    record: _Stored


class _ToldTerm(Struct):
    id: OwnId


class _ToldOption(Struct):
    id: OwnId
    value: str


_TOLD: Final[dict[Any, type[Struct]]] = {"post": _ToldPost, "option": _ToldOption}


def checked(line: dict[str, Any], url: str) -> dict[str, Any]:
    """Return a line of a stream. Raises OddAnswerError where it isn't as it should be."""
    kind = line.get("kind")
    shape = _BY_KIND.get(kind, _Other) if isinstance(kind, str | None) else _Digested
    if why := _odd(line, shape):
        record = line.get("record")
        number = record.get("id") if isinstance(record, dict) else line.get("id")
        said = f"the companion's answer is odd: the {quoted(kind)} {quoted(number)}: {why}"
        raise OddAnswerError(said, path=url, fix=PLUGIN)
    return line


def odd_told(told: dict[str, Any], kind: str) -> str:
    """Return what is odd about the answer to a line of a kind; nothing as a rule."""
    return "" if told.get("status") == "failed" else _odd(told, _TOLD.get(kind, _ToldTerm))


def _odd(value: dict[str, Any], shape: type[Struct]) -> str:
    try:
        msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError as error:
        return plain_text(str(error))
    return ""
