"""The instruction of an item that carries its record's provenance: its path, and what it left open.

All but the path is the same for most records of a source, so it is put together once.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import repeat
from operator import attrgetter, is_
from typing import Any, Final

from msgspec.structs import replace

from migrate.model import defaults
from migrate.model.post import Author, Post
from migrate.model.provenance import Provenance
from migrate.patterns import pattern
from migrate.syntax import wxr

_FIELDS: Final = (
    *defaults.POST,
    *("date", "date_gmt", "modified", "modified_gmt"),
    *("link", "guid", "id"),
    *("author", "terms", "meta", "comments"),
)
"""In the order in which item.py lists those that it had to fill in."""

_VALUES: Final = attrgetter(*_FIELDS)

_ODD_IN_JSON: Final = pattern(r'["\\<>\x7f]')

_PATH: Final = "\0"
"""Stands for a path: no file's name can hold it."""


@lru_cache(maxsize=1024)
def of_author(author: Author | None) -> dict[str, str]:
    """Give what a record says of its author, if that is more than the one name in dc:creator."""
    stated = {
        name: str(part) for name, part in (author or Author())._asdict().items() if part is not None
    }
    if len(stated) <= 1 and stated.keys() <= {"login", "display_name"}:
        return {}
    return {f"author.{name}": part for name, part in stated.items()}


def instruction_of(post: Post) -> bytes:
    """Give the instruction of a record that keeps no more than what it leaves open."""
    said, terms = post.provenance, post.terms
    path = said.path
    unset = tuple(map(is_, _VALUES(post), repeat(None)))
    without_slug = tuple([term.slug is None for term in terms]) if terms else ()
    if said.spelling or not is_plain_path(path):
        kept = _kept(said, _filled(unset, without_slug, post.author), post.author)
        return wxr.provenance_instruction(kept)
    before, behind = _round_path(
        bool(path), said.dialect, said.variant, unset, without_slug, post.author
    )
    return before + path.encode() + behind


def is_plain_path(path: str) -> bool:
    """Tell whether a path stands in an instruction as it is."""
    return path.isprintable() and not _ODD_IN_JSON.search(path)


def round_path(post: Post) -> tuple[bytes, bytes]:
    """Give a record's instruction before and behind its path, whichever plain one that is."""
    kept = replace(post, provenance=replace(post.provenance, path=_PATH))
    before, _, behind = instruction_of(kept).partition(b"\\u0000")
    return before, behind


@lru_cache(maxsize=1024)
def _round_path(
    path: bool,
    dialect: str,
    variant: str,
    unset: tuple[bool, ...],
    without_slug: tuple[bool, ...],
    author: Author | None,
) -> tuple[bytes, bytes]:
    """Give an instruction's bytes before and behind the path, which is all that differs."""
    said = Provenance(path=_PATH if path else "", dialect=dialect, variant=variant)
    kept = _kept(said, _filled(unset, without_slug, author), author)
    before, _, behind = wxr.provenance_instruction(kept).partition(b"\\u0000")
    return before, behind


def _filled(
    unset: Iterable[bool], without_slug: Iterable[bool], author: Author | None
) -> list[str]:
    """Name what a record leaves open and an item can't."""
    return [
        *[name for name, is_unset in zip(_FIELDS, unset, strict=True) if is_unset],
        *(["author.login"] if author and author.login is None else []),
        *[f"terms.{at}.slug" for at, is_unset in enumerate(without_slug) if is_unset],
    ]


def _kept(said: Provenance, filled: list[str], author: Author | None) -> dict[str, Any]:
    kept = {
        "path": said.path,
        "dialect": said.dialect,
        "variant": said.variant,
        "filled": filled,
        "stated": of_author(author),
        "spelling": said.spelling,
    }
    return {name: value for name, value in kept.items() if value}
