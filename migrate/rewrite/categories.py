"""`categories`: names of categories in a custom field, made real categories and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypedDict, Unpack

from migrate.model.post import TermRef
from migrate.rewrite.draft import Draft
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.term_table import Entries, Held, TermTable
from migrate.syntax.references import decode

Options = TypedDict(
    "Options",
    {
        "from": Iterable[str],
        "table": Entries,
        "tags": Entries,
        "unmapped": Literal["keep", "as-is", "skip"],
        "drop": bool,
    },
    total=False,
)
"""The metas to read, the two tables, what becomes of a name in neither, and of the meta itself."""

_NO_NAMES: Final = re.compile(r"[abidsO]:[0-9]|[\[{]|.*[<>\x00-\x1f\x7f]", re.DOTALL)
_LONGEST: Final = 200
"""The width of wp_terms.name."""


class Categories(Rule):
    """Adds the terms that the tables give for each name; those that a post has stay its first.

    A value that is in a table as a whole is one name, any other is split at its commas. With
    `drop` a row goes once each of its names has become a term or was to be skipped. What is
    serialized, or no list of names at all, is left and named.
    """

    looks_for = "`original_cats` and other custom fields that name categories, comma-joined or not"
    does = "gives the post the categories and tags that a table names for them"
    bodies = ANY_BODY
    mends = False

    def __init__(self, **options: Unpack[Options]) -> None:
        self._from = frozenset(options.get("from", ("original_cats",)))
        self._table = TermTable(options.get("table", {}), options.get("tags", {}))
        self._unmapped = options.get("unmapped", "keep")
        self._drop = options.get("drop", False)

    def rewrite(self, draft: Draft) -> None:
        """Add the terms; then take out the rows that nobody needs any more, if asked to."""
        metas = draft.post.meta or ()
        rows = [(place, meta) for place, meta in enumerate(metas) if meta.key in self._from]
        if not rows:
            return
        adding = _Adding(draft)
        unmapped: dict[str, int] = {}
        done: list[int] = []
        for place, meta in rows:
            if _NO_NAMES.match(meta.value):
                _leave(draft, meta.key, place)
                continue
            left = [name for name in self._names(meta.value) if not self._add(adding, name)]
            for name in left:
                unmapped.setdefault(name, place)
            done += [] if left else [place]
        for name, place in unmapped.items():
            _say_unmapped(draft, name, place)
        if self._drop:
            _drop(draft, done)

    def _names(self, value: str) -> Iterator[str]:
        if self._table.find(value):
            yield value
        else:
            yield from (name for part in value.split(",") if (name := part.strip()))

    def _add(self, adding: _Adding, name: str) -> bool:
        """Add what a name stands for; False where nobody says what that is."""
        terms = self._table.find(name)
        if not terms and self._unmapped == "as-is":
            shown = decode(name).text
            terms = [TermRef("category", shown)] if len(shown) <= _LONGEST else []
        for term in terms:
            adding.add(term, name)
        return bool(terms) or self._unmapped == "skip"


class _Adding:
    """A post's terms while some are added."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._terms = list(draft.post.terms or ())
        self._held = Held(self._terms)

    def add(self, term: TermRef, name: str) -> None:
        """Add the term that a name stands for, unless it is there."""
        if self._held.add(term):
            self._terms.append(term)
            shown = "/".join((*term.ancestors, term.name or ""))
            kind = "tag" if term.taxonomy == "post_tag" else "category"
            said = quoting(f"{{}} became a {kind}", name)
            field = f"terms.{len(self._terms) - 1}.name"
            self._draft.change(field, self._terms, ("", shown), said)


def _drop(draft: Draft, done: list[int]) -> None:
    before = draft.post.meta or []
    gone = frozenset(done)
    metas = [meta for place, meta in enumerate(before) if place not in gone]
    for place in done:
        key, value = before[place]
        said = f"{key} taken out: its names became terms"
        draft.change(f"meta.{place}.value", metas, (value, ""), said)


def _say_unmapped(draft: Draft, name: str, place: int) -> None:
    draft.note(
        "rewrite-category-unmapped",
        quoting("{} is in no table of the rule", name),
        field=f"meta.{place}.value",
        fix="Add it to `table` or `tags` of the rule categories in a mapping",
    )


def _leave(draft: Draft, key: str, place: int) -> None:
    draft.note(
        "rewrite-category-unclear",
        f"{key} holds something else than names of categories",
        field=f"meta.{place}.value",
        fix="Write the names, with commas between them",
    )
