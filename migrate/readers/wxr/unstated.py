"""What the channel's provenance tells: options, and what our writer had to put into the head."""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace

from migrate.model.post import Author
from migrate.model.site import Head, Site, Term
from migrate.syntax import wxr

Row = tuple[str, ...]
"""`("site", field)`; `("authors", login)` and `("terms", taxonomy, slug)` for one that was only
inferred from the records; the same with a field behind it for a field of one that was declared."""

_FIELDS = {
    "site": set(Site.__struct_fields__),
    "authors": set(Author._fields) - {"login"},
    "terms": set(Term.__struct_fields__) - {"taxonomy", "slug"},
}
_KEYS = {"site": 0, "authors": 1, "terms": 2}


class Said(NamedTuple):
    """What a channel's provenance says: the rows, and options of the site."""

    rows: list[Row]
    options: dict[str, str]


def read(instruction: bytes) -> Said:
    """Read a channel's provenance; nothing where there is no instruction.

    Raises an error of provenance.UNUSABLE for one that nobody of ours wrote so.
    """
    said = wxr.read_provenance(instruction)
    if not said:
        return Said([], {})
    rows = [_row(row) for row in said.get(wxr.FILLED, [])]
    options = said.get(wxr.OPTIONS, {})
    if not all(isinstance(value, str) for value in options.values()):
        raise ValueError("an option's value is no text")
    return Said(rows, dict(options))


def _row(row: Any) -> Row:
    match row:
        case [str() as kind, *rest] if kind in _KEYS and all(isinstance(x, str) for x in rest):
            beyond = rest[_KEYS[kind] :]
            known = len(beyond) == 1 and beyond[0] in _FIELDS[kind]
            if known or (not beyond and len(rest) == _KEYS[kind] and kind != "site"):
                return (kind, *rest)
    raise ValueError(f"{row!r} names nothing")


def unstated(head: Head, rows: list[Row]) -> Head:
    """Give a head in which these rows are unset, or gone."""
    said = set(rows)
    return Head(
        replace(head.site, **_unset(said, "site")),
        [
            author._replace(**_unset(said, "authors", author.login or ""))
            for author in head.authors
            if ("authors", author.login or "") not in said
        ],
        [
            replace(term, **_unset(said, "terms", term.taxonomy, term.slug))
            for term in head.terms
            if ("terms", term.taxonomy, term.slug) not in said
        ],
        head.options,
    )


def _unset(rows: set[Row], *key: str) -> dict[str, Any]:
    kind = key[0]
    return {field: None for field in _FIELDS[kind] if (*key, field) in rows}
