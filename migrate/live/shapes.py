"""Shapes: what the fields of a site's answers have to be before anybody reads them.

WordPress's own answers are so, and plugins' are as a rule. A number may come as a text, as PHP has
them; a field that is missing, or that isn't named here, is its reader's to look at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from migrate import quick_json
from migrate.errors import SiteError
from migrate.live.answer import plain_text, quoted

__all__ = ["PLUGIN", "Number", "OddAnswerError", "OwnId", "odd", "odd_post", "odd_term", "unshaped"]

PLUGIN: Final = "Look for a plugin that changes it"
"""The way out for whom a site answers oddly."""

_LARGEST: Final = 2**63 - 1  # of a column BIGINT, signed as PHP's integers are

_PLACE: Final = re.compile(r"at `\$\[([0-9]+)\]\.(\w+)")


class OddAnswerError(SiteError):
    """A row of an answer has a value of another shape than WordPress gives it."""


_Id = Annotated[int, Meta(ge=0, le=_LARGEST)]
_Reference = _Id | bool | None
Number = Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)] | None
_Text = str | None
_Word = str | int | float | bool | None
_DAY: Final = (
    r"^(-?\d{4,5}-(0\d|1[0-2])-([0-2]\d|3[01])"
    r"[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d([Z+.-].{0,12})?)?$"
)
"""RFC 3339's, the zero date and what PHP makes of it (the year -1) among them."""
_Day = Annotated[str, Meta(pattern=_DAY)] | None
_Object = dict[str, Any] | Annotated[list[Any], Meta(max_length=0)] | bool | None
"""PHP writes an empty object as a list, and some plugins a missing one as `false`."""


class _Shape(Struct):
    id: _Id | UnsetType = UNSET
    author: _Reference | UnsetType = UNSET
    parent: _Reference | UnsetType = UNSET
    post: _Reference | UnsetType = UNSET
    menu_order: Number | UnsetType = UNSET
    date: _Day | UnsetType = UNSET
    date_gmt: _Day | UnsetType = UNSET
    modified: _Day | UnsetType = UNSET
    modified_gmt: _Day | UnsetType = UNSET
    content: _Object | UnsetType = UNSET
    excerpt: _Object | UnsetType = UNSET
    links: _Object | UnsetType = msgspec.field(default=UNSET, name="_links")
    embedded: _Object | UnsetType = msgspec.field(default=UNSET, name="_embedded")
    name: _Text | UnsetType = UNSET
    status: _Word | UnsetType = UNSET
    author_name: _Text | UnsetType = UNSET
    author_email: _Text | UnsetType = UNSET
    author_url: _Text | UnsetType = UNSET
    author_ip: _Text | UnsetType = UNSET
    author_user_agent: _Text | UnsetType = UNSET


OwnId = Annotated[int, Meta(ge=1, le=_LARGEST)]
"""The number of an object that is there."""

_Scalar = str | int | float | bool


class _CustomField(Struct):
    id: OwnId
    key: _Scalar
    value: _Scalar


class _Term(Struct):
    term_id: OwnId
    taxonomy: str
    name: _Text | UnsetType = UNSET
    slug: _Text | UnsetType = UNSET
    parent: _Reference | UnsetType = UNSET
    description: _Text | UnsetType = UNSET


class _Picture(Struct):
    attachment_id: OwnId


class _Post(Struct):
    """A post as XML-RPC tells it, its dates as texts."""

    post_id: OwnId
    post_author: _Reference | UnsetType = UNSET
    post_parent: _Reference | UnsetType = UNSET
    menu_order: Number | UnsetType = UNSET
    post_date: _Day | UnsetType = UNSET
    post_date_gmt: _Day | UnsetType = UNSET
    post_modified: _Day | UnsetType = UNSET
    post_modified_gmt: _Day | UnsetType = UNSET
    post_name: _Text | UnsetType = UNSET
    post_status: _Text | UnsetType = UNSET
    post_password: _Text | UnsetType = UNSET
    post_title: _Text | UnsetType = UNSET
    post_content: _Text | UnsetType = UNSET
    post_excerpt: _Text | UnsetType = UNSET
    guid: _Text | UnsetType = UNSET
    link: _Text | UnsetType = UNSET
    comment_status: _Text | UnsetType = UNSET
    ping_status: _Text | UnsetType = UNSET
    custom_fields: list[_CustomField] | UnsetType | None = UNSET
    terms: list[_Term] | UnsetType | None = UNSET
    post_thumbnail: _Picture | Annotated[list[Any], Meta(max_length=0)] | UnsetType | None = UNSET


def odd(rows: Sequence[dict[str, Any]], *, numbered: bool) -> str:
    """Return what is odd about the first row that isn't as it should be; nothing where all are.

    `numbered` says that each has to have an id.
    """
    if why := _odd(rows, list[_Shape]):
        return why
    if numbered and not all(row.get("id") for row in rows):
        return "a row has no id"
    return ""


def odd_post(told: dict[str, Any]) -> str:
    """Return what is odd about a post that XML-RPC tells, its dates as texts; nothing as a rule."""
    return _odd([told], list[_Post])


def odd_term(told: dict[str, Any]) -> str:
    """Return what is odd about a term that XML-RPC tells; nothing as a rule."""
    return _odd([told], list[_Term])


def _odd(rows: Sequence[dict[str, Any]], shape: Any) -> str:
    try:
        msgspec.convert(rows, shape, strict=False)
    except msgspec.ValidationError as error:
        return _said(rows, str(error))
    return ""


def _said(rows: Sequence[dict[str, Any]], why: str) -> str:
    """Return msgspec's words as ours: which field of which row, and what stands there."""
    found = _PLACE.search(why)
    if found is None:
        return f"a row is odd ({plain_text(why)})"
    row, field = rows[int(found[1])], found[2]
    value = _shown(row.get(field))
    number = row.get("id", row.get("post_id"))
    whose = f"the row with the id {quoted(number)}: " if field not in {"id", "post_id"} else ""
    return f"{whose}its {field} is {value}, which no {field} can be"


def _shown(value: Any) -> str:
    try:
        return quoted(quick_json.dumps(value))
    except TypeError:  # bytes, of which XML-RPC knows
        return quoted(value)


def unshaped(rows: Sequence[dict[str, Any]], parameters: Mapping[str, Any], url: str) -> None:
    """Raise OddAnswerError where a row that came for a question isn't as it should be."""
    fields = str(parameters.get("_fields", "id")).split(",")
    if why := odd(rows, numbered="id" in fields):
        raise OddAnswerError(f"an answer is odd: {why}", path=url, fix=PLUGIN)
