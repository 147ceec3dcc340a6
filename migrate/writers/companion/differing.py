"""Differing: the fields in which a post of the site isn't what a record says, to the character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from migrate.model.action import HIDDEN, Change, cut
from migrate.plan import stored
from migrate.writers.companion.comments import changed
from migrate.writers.companion.wanted import Wanted

__all__ = ["changes", "differing", "terms_that_stay"]

_KEPT: Final = frozenset({"id", "type", "attachment_url"})
"""What a post keeps for all its life."""

Record = Mapping[str, Any]


def differing(wanted: Wanted, held: Record, user: int, comments: bytes = b"") -> tuple[str, ...]:
    """Return the fields that an update has to send; `user` is who wrote the site's post.

    Metas, terms and comments that only the site has are left alone, and comments of which the
    source says what it said when both sides last agreed: `comments` is the mark of these.
    """
    names = (name for name in wanted.record if name not in _KEPT)
    return tuple(name for name in names if not _same(name, wanted, held, user, comments))


def changes(names: Iterable[str], wanted: Record, held: Record) -> list[Change]:
    """Return the fields' values before and after, long ones cut round the first difference."""
    return [_change(name, held.get(name), wanted[name]) for name in names]


def terms_that_stay(wanted: Wanted, held: Record) -> Iterator[str]:
    """Give the taxonomies of which a record, which states terms, has none, and its post some."""
    if "terms" not in wanted.record:
        return
    named = {ref.taxonomy for ref in wanted.terms}
    yield from sorted({ref["taxonomy"] for ref in held.get("terms", ())} - named)


def _same(name: str, wanted: Wanted, held: Record, user: int, comments: bytes) -> bool:
    said, there = wanted.record[name], held.get(name)
    match name:
        case "title":
            return stored.title(said) == stored.title(str(there))
        case "slug":
            said = said.removesuffix(stored.TRASHED)
            return not said or stored.slug_of_row(said) == stored.slug_of_row(str(there))
        case "status":
            return there in (wanted.status.same if wanted.status else {said})
        case "author":
            return bool(said.get("id", "0") == str(user))
        case "terms":
            named = {ref["taxonomy"] for ref in said}
            return _terms(said) == {key for key in _terms(there or ()) if key[0] in named}
        case "meta":
            return _metas_of(said, said) == _metas_of(there or (), said)
        case "comments":
            return not changed(said, there or (), comments)
        case "guid":
            return not said or said == there
    return bool(said == there)


def _terms(refs: Iterable[Record]) -> set[tuple[str, str]]:
    return {(ref["taxonomy"], stored.slug_of_row(ref.get("slug", ""))) for ref in refs}


def _metas_of(rows: Iterable[Record], named: Iterable[Record]) -> list[tuple[str, str]]:
    keys = {row["key"] for row in named}
    found = ((row["key"], row["value"]) for row in rows if row["key"] in keys)
    return sorted(found, key=lambda row: row[0])  # those of one key have an order


def _change(name: str, before: Any, after: Any) -> Change:
    if name == "password":
        return Change(name, HIDDEN, HIDDEN)
    public = name not in {"meta", "comments", "author"}
    return cut(name, _shown(before), _shown(after))._replace(public=public)


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case list():
            return ", ".join(_named(each) for each in value)
    return str(value.get("login") or value.get("id") or "")


def _named(each: Record) -> str:
    return str(each.get("slug") or each.get("key") or each.get("content") or "")
