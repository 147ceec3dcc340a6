"""A post and its sidecar together: the front matter wins, unless it never could say more."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.mapping.said import Authors, as_shown, by_key, heard, say
from migrate.mapping.status import most_private
from migrate.model.finding import Finding, Note
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.syntax.plain_records import (
    IDENTITY,
    POST_FIELDS,
    TOGETHER,
    MetaRow,
    field,
    meta_rows,
    provenance,
)
from migrate.syntax.spyc_dump import VARIANTS
from migrate.syntax.values import Value

_APART: Final = frozenset(("meta", "content"))
_FIX: Final = "Change it in both places, or remove it from the sidecar"


class Sidecar:
    """What a sidecar says, held against the front matter of its post.

    The record is made as if the sidecar were right, and what front matter would say of it is
    compared with what it does say. Where that is the same, the sidecar only tells more. Where it
    differs, the front matter was edited since, and counts.
    """

    def __init__(self, front: Post, values: dict[str, Value], authors: Authors) -> None:
        """Raise RecordError with the field that can't be what it must be.

        `authors` are the site's, by their logins.
        """
        self._front = front
        self._authors = authors
        said = provenance(values.get("provenance", {}))
        self._filled = _known(said.filled)
        self._origin = said.origin
        self._rows = meta_rows(values["meta"]) if "meta" in values else None
        self._stated = {
            name: field(name, value)
            for name, value in values.items()
            if name not in ("provenance", "meta")
        }

    def belongs(self) -> bool:
        """Tell whether it is this post's, and not that of one which had the file before."""
        number = self._stated.get("id")
        return number is None or self._front.id is None or number == self._front.id

    def merged(self, dialect: Dialect, keys: Container[str], note: Note) -> Post:
        """Give the whole record; notes each field about which the two disagree.

        `keys` are those of the front matter: what it has no key for it never said.
        """
        front = self._front
        merged = replace(front, provenance=replace(front.provenance, origin=self._origin))
        for name, held in (self._stated | dict.fromkeys(self._filled)).items():
            setattr(merged, name, held)
        if self._rows is not None or "meta" in self._filled:
            merged.meta = self._metas(note)
        again = self._said_again(merged, dialect, keys)
        for name in self._differing(again):
            self._settle(merged, name, again, note)
        return merged

    def _said_again(self, merged: Post, dialect: Dialect, keys: Container[str]) -> Post:
        """Give what front matter of these keys would say if it were written for this record."""
        visible = as_shown(merged, self._authors)

        def said(values: Mapping[str, Value]) -> Post:
            there = {key: value for key, value in values.items() if key in keys}
            return heard(dialect, there, merged.provenance.path)

        try:
            again = said(dialect.encode(visible))
            if self._differing(again):
                # What the spelling can't carry is asked only where keys alone don't explain it.
                spelled = [
                    said(say(dialect, visible, own)) for own in _generations(merged, dialect)
                ]
                again = min(spelled, key=lambda each: len(self._differing(each)))
            if again.author != self._front.author:
                # Whoever wrote it may not have known the names behind the logins.
                nameless = said(dialect.encode(as_shown(merged)))
                if nameless.author == self._front.author:
                    again.author = nameless.author
        except RecordError:
            return Post()
        return again

    def _differing(self, again: Post) -> list[str]:
        front = self._front
        names = [
            name
            for name in (*self._stated, *self._filled)
            if name not in _APART and getattr(again, name) != getattr(front, name)
        ]
        if "content" in self._stated or ("content" in self._filled and front.content):
            names.append("content")
        for group in TOGETHER:
            if not set(names).isdisjoint(group):
                names += [name for name in group if name in self._stated and name not in names]
        return names

    def _settle(self, merged: Post, name: str, again: Post, note: Note) -> None:
        """Let the front matter win; of two statuses the more private."""
        mine, theirs = getattr(self._front, name), getattr(merged, name)
        if mine == theirs:
            return
        if name == "status" and mine is not None and theirs is not None:
            merged.status = most_private(mine, theirs)
            message = (
                f"the front matter says {mine}, the sidecar {theirs}: taken as {merged.status}"
            )
            note(Finding("mapping-status", message, field=name, fix=_FIX))
            return
        if name == "author" and self._is_stranger(theirs):
            merged.author = mine._replace(login=theirs.login) if mine else theirs
            return
        setattr(merged, name, self._terms(again) if name == "terms" else mine)
        if name in self._stated and name not in IDENTITY[:1]:
            message = f"the sidecar has another {name} than the front matter, which was taken"
            note(Finding("mapping-sidecar", message, field=name, fix=_FIX))

    def _is_stranger(self, author: Author | None) -> bool:
        """Tell whether only a login is known of an author, so that any name may be theirs."""
        return bool(
            author
            and author.login
            and author.login not in self._authors
            and author == Author(login=author.login)
        )

    def _terms(self, again: Post) -> list[TermRef]:
        """Give the front matter's terms with the slugs that the sidecar knows, then the others."""
        known: list[TermRef] = self._stated.get("terms") or []
        by_name = {(ref.taxonomy, ref.ancestors, ref.name): ref for ref in known}
        mine = [
            by_name.get((ref.taxonomy, ref.ancestors, ref.name), ref)
            for ref in self._front.terms or ()
        ]
        with_keys = {ref.taxonomy for ref in (*mine, *(again.terms or ()))}
        return mine + [ref for ref in known if ref.taxonomy not in with_keys]

    def _metas(self, note: Note) -> list[Meta] | None:
        """Give all rows in their order: those of the sidecar, and the front matter's own."""
        if self._rows is None:
            return None
        mine = by_key(self._front.meta)
        twice = {row.key for row in self._rows if isinstance(row, Meta) and row.key in mine}
        if twice:
            names = ", ".join(sorted(twice))
            message = f"the sidecar has {names} too; the front matter was taken"
            note(Finding("mapping-sidecar", message, field="meta", fix=_FIX))
        return _in_order([r for r in self._rows if _key(r) not in twice], self._front.meta or [])


def _generations(merged: Post, dialect: Dialect) -> Iterator[Provenance]:
    """Give each way in which the file may have been written: not every text tells which it was."""
    own = merged.provenance
    others = VARIANTS if dialect.spelling == "spyc" else ()
    for variant in dict.fromkeys((own.variant, *others)):
        yield replace(own, variant=variant)


def _in_order(rows: Iterable[MetaRow], mine: list[Meta]) -> list[Meta]:
    """Put rows together: a key alone stands for the next row of that key in the front matter."""
    waiting = {key: iter(values) for key, values in by_key(mine).items()}
    placed: list[Meta] = []
    taken: dict[str, int] = {}
    asked = list(rows)
    if not any(isinstance(row, str) for row in asked):
        return [*mine, *(row for row in asked if isinstance(row, Meta))]
    for row in asked:
        if isinstance(row, Meta):
            placed.append(row)
        elif (value := next(waiting.get(row, iter(())), None)) is not None:
            placed.append(Meta(row, value))
            taken[row] = taken.get(row, 0) + 1
    for row in mine:
        if taken.get(row.key, 0):
            taken[row.key] -= 1
        else:
            placed.append(row)
    return placed


def _key(row: MetaRow) -> str:
    return row if isinstance(row, str) else row.key


def _known(names: list[Any]) -> list[str]:
    return [name for name in names if name in POST_FIELDS]
