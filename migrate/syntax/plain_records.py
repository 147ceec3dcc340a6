"""Records as plain lists and maps of text, and back: what stands in `.wordpress/`.

A field that is unset has no key. A row of meta is a map of one key to its value; where the value
stands elsewhere (in the front matter beside a sidecar), it is the key alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar

from msgspec.structs import asdict

from migrate.errors import RecordError
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.model.site import Site, Term
from migrate.syntax.values import Value

Made = TypeVar("Made")
MetaRow = Meta | str
"""A row of meta, or its key alone."""

_INTEGER: Final = re.compile(r"-?[0-9]{1,20}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_TRUTH: Final = {"true": True, "false": False}
_FORMATS: Final = frozenset(("html", "markdown", "rst"))


def post_values(post: Post) -> dict[str, Value]:
    """Give all that a record states, without its provenance."""
    return {
        name: field_value(name, stated)
        for name in POST_FIELDS
        if (stated := getattr(post, name)) is not None
    }


def post(values: dict[str, Value]) -> Post:
    """Give the record of `post_values`, with what `provenance` says of where it came from.

    Raises RecordError with the field that can't be what it must be, or doesn't exist.
    """
    stated = {k: field(k, v) for k, v in values.items() if k != "provenance"}
    return Post(**stated, provenance=provenance(values.get("provenance", {})))


def field_value(name: str, held: Any) -> Value:
    """Give what stands for a field of a post."""
    kind = _POST.get(name)
    return kind.value(held) if kind else str(held)


def field(name: str, value: Value) -> Any:
    """Give the field of a post that `field_value` stands for; RecordError as in `post`."""
    if name not in POST_FIELDS:
        raise _wrong(name, "no field of a record has this name", "Remove or rename it")
    return _made(name, _POST.get(name, _TEXT), value)


def meta_value(rows: Iterable[MetaRow]) -> list[Value]:
    """Give what stands for rows of meta."""
    return [row if isinstance(row, str) else {row.key: row.value} for row in rows]


def meta_rows(value: Value) -> list[MetaRow]:
    """Give the rows that `meta_value` stands for."""
    rows: list[MetaRow] = _made("meta", _META_ROWS, value)
    return rows


def provenance(values: Value) -> Provenance:
    """Give the provenance that `Provenance.as_json` stands for; RecordError where it can't be."""
    known = asdict(Provenance())
    stated = _map(values)
    for name, value in stated.items():
        if name not in known or not isinstance(value, type(known[name])):
            raise _wrong("provenance", f"`{name}` can't be what it is here", "Remove it")
    return Provenance(**stated)  # type: ignore[arg-type] # each was held against its default


def site_values(site: Site) -> dict[str, Value]:
    """Give what stands for a site."""
    return _stated_values(site, {})


def site(values: Value) -> Site:
    """Give the site; RecordError where a value isn't text."""
    return _stated(Site, values, {})


def option_values(options: Mapping[str, str]) -> dict[str, Value]:
    """Give what stands for the options of a site, in the order of their names."""
    return dict(sorted(options.items()))


def options(values: Value) -> dict[str, str]:
    """Give the options; RecordError where a value isn't text."""
    return {name: _made(name, _TEXT, value) for name, value in _map(values).items()}


def author_values(author: Author) -> dict[str, Value]:
    """Give what stands for an author."""
    held = {name: part for name, part in author._asdict().items() if part is not None}
    return {name: str(part) for name, part in held.items()}


def author(values: Value) -> Author:
    """Give the author; RecordError where a part can't be what it must be."""
    return _stated(Author, values, {"id": _NUMBER})


def term_values(term: Term) -> dict[str, Value]:
    """Give what stands for a term."""
    return _stated_values(term, _OF_TERM)


def term(values: Value) -> Term:
    """Give the term; RecordError where its taxonomy or slug is missing."""
    said = _map(values)
    for name in ("taxonomy", "slug"):
        if name not in said:
            raise _wrong(name, f"a term needs its {name}", "Add it")
    return _stated(Term, said, _OF_TERM)


class _Kind(NamedTuple):
    value: Callable[[Any], Value]
    made: Callable[[Value], Any]


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError("one text belongs here")
    return value


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError("a list belongs here")
    return value


def _map(value: Value) -> dict[str, Value]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise _wrong("", "keys with values belong here", "Write `key: value`")
    return value


def _number(value: Value) -> int:
    if not isinstance(value, str) or not _INTEGER.fullmatch(value):
        raise ValueError("a whole number belongs here")
    return int(value)


def _truth(value: Value) -> bool:
    if not isinstance(value, str) or value not in _TRUTH:
        raise ValueError("true or false belongs here")
    return _TRUTH[value]


def _date(value: Value) -> str:
    """Give a date as the model holds it; empty text is a date that is stated to be none."""
    if value == "":
        return ""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("a date such as 2016-07-16 00:22:22 belongs here")
    try:
        datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("no calendar has this date") from None
    return value


def _content_format(value: Value) -> str:
    if not isinstance(value, str) or value not in _FORMATS:
        raise ValueError("html, markdown or rst belongs here")
    return value


def _meta_row(value: Value) -> MetaRow:
    if isinstance(value, str):
        return value
    said = _map(value)
    if len(said) != 1:
        raise ValueError("each row is one key with its value")
    ((key, text),) = said.items()
    return Meta(key, _text(text))


def _metas(value: Value) -> list[Meta]:
    rows = [_meta_row(row) for row in _list(value)]
    if not all(isinstance(row, Meta) for row in rows):
        raise ValueError("each row needs a key and a value")
    return [row for row in rows if isinstance(row, Meta)]


def _term_ref_value(ref: TermRef) -> Value:
    said: dict[str, Value] = {"taxonomy": ref.taxonomy}
    said |= {k: v for k, v in (("name", ref.name), ("slug", ref.slug)) if v is not None}
    return said | ({"ancestors": list(ref.ancestors)} if ref.ancestors else {})


def _term_ref(value: Value) -> TermRef:
    said = dict(_map(value))
    ancestors = tuple(_text(name) for name in _list(said.pop("ancestors", [])))
    if "taxonomy" not in said or not said.keys() <= set(TermRef._fields):
        raise ValueError("a term has a taxonomy, and may have a name, a slug and ancestors")
    texts = {key: _text(text) for key, text in said.items()}
    return TermRef(**texts, ancestors=ancestors)


def _stated_values(held: Any, kinds: dict[str, _Kind]) -> dict[str, Value]:
    return {
        name: kinds.get(name, _TEXT).value(stated)
        for name in held.__struct_fields__
        if (stated := getattr(held, name)) is not None
    }


def _stated(made: Callable[..., Made], values: Value, kinds: dict[str, _Kind]) -> Made:
    said = {name: _made(name, kinds.get(name, _TEXT), v) for name, v in _map(values).items()}
    try:
        return made(**said)
    except TypeError as error:
        name = str(error).rpartition("'")[0].rpartition("'")[2]
        raise _wrong(name, "nothing of this name belongs here", "Remove or rename it") from error


def _made(name: str, kind: _Kind, value: Value) -> Any:
    try:
        return kind.made(value)
    except (TypeError, ValueError) as error:
        raise _wrong(name, str(error), "Write it as it was") from error
    except RecordError as error:
        error.field = name
        raise


def _wrong(name: str, why: str, fix: str) -> RecordError:
    return RecordError("mapping-value", f"`{name}`: {why}" if name else why, field=name, fix=fix)


_TEXT: Final = _Kind(str, _text)
_NUMBER: Final = _Kind(str, _number)
_MOMENT: Final = _Kind(str, _date)
_META_ROWS: Final = _Kind(meta_value, lambda v: [_meta_row(row) for row in _list(v)])
_META: Final = _Kind(meta_value, _metas)
_OF_TERM: Final = {"id": _NUMBER, "meta": _META}
_OF_COMMENT: Final = {
    **dict.fromkeys(("id", "parent", "user_id"), _NUMBER),
    **dict.fromkeys(("date", "date_gmt"), _MOMENT),
    "meta": _META,
}
_POST: Final[dict[str, _Kind]] = {
    "id": _NUMBER,
    "parent": _NUMBER,
    "menu_order": _NUMBER,
    **dict.fromkeys(("date", "date_gmt", "modified", "modified_gmt"), _MOMENT),
    "sticky": _Kind(lambda held: "true" if held else "false", _truth),
    "content": _Kind(lambda held: held.decode("utf-8"), lambda v: _text(v).encode("utf-8")),
    "content_format": _Kind(str, _content_format),
    "author": _Kind(author_values, author),
    "terms": _Kind(
        lambda held: [_term_ref_value(ref) for ref in held],
        lambda v: [_term_ref(ref) for ref in _list(v)],
    ),
    "meta": _META,
    "comments": _Kind(
        lambda held: [_stated_values(comment, _OF_COMMENT) for comment in held],
        lambda v: [_stated(Comment, comment, _OF_COMMENT) for comment in _list(v)],
    ),
}
POST_FIELDS: Final = tuple(name for name in Post.__struct_fields__ if name != "provenance")
"""The fields of a post, in the order in which they are written."""

IDENTITY: Final = ("id", "type")
"""The fields that say in a sidecar whose it is."""

TOGETHER: Final = (("date", "date_gmt"), ("modified", "modified_gmt"), ("slug", "link"))
"""Fields of which one follows from the other: a sidecar states both, or neither."""
