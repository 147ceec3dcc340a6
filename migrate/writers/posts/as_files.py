"""Records of other forms as a reader finds them in their files, without making each the long way.

What front matter can't say of a record stands beside it, or is lost and noted where nothing but
posts is written. Which fields those are follows from its kind: the first of each is made the long
way, as an example, and every file is proven to say the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from msgspec.structs import replace

from migrate.mapping.dialect import Dialect
from migrate.model.post import Author, Post, TermRef
from migrate.model.rows import OddRows, Rows, name_of
from migrate.output.names import not_as_made
from migrate.writers.posts.shown_terms import Shown, ShownTerms, Taxonomies, Terms, taxonomies_of

_MOST_KEPT: Final = 8192
_TRIES: Final = 4
"""How many odd records of a kind it takes until no further one is tried as an example."""

_FREE: Final = 64
_PAYS: Final = 8
"""How many examples are made in any case, and how many records it takes that became files by them
until a further one is made. An example costs more than a record that is made the long way."""

_OF_EACH: Final = (
    *("id", "title", "excerpt", "link", "slug", "date", "date_gmt", "modified", "modified_gmt"),
    *("guid", "parent", "menu_order", "attachment_url"),
)
"""Fields of which nearly each record has its own."""

_Name = tuple[bytes | None, bool, Taxonomies, frozenset[str], tuple[str, ...]]
"""What tells a kind but for the words of author and terms: the rest of it, whether it has one, the
taxonomies of its terms, and the names of columns and metas."""


class Example(NamedTuple):
    """A record as a reader finds it in its file, and the fields that it has lost."""

    back: Post
    lost: Sequence[str]


class _Kind(NamedTuple):
    """What all records of a kind become: without what columns say, which are these fields."""

    back: Post
    columns: frozenset[str]
    lost: Sequence[str]
    path: str
    """With `{date}` and `{slug}` for the day and the slug."""


_Place = tuple[int, Taxonomies]
"""What tells a kind of rows: the number of theirs, and the taxonomies of its terms."""


class _Becomes(NamedTuple):
    """What a record becomes."""

    place: _Place
    kind: _Kind
    shown: Shown


class AsFiles:
    """Knows what becomes of the kinds that it has seen."""

    def __init__(self, dialect: Dialect, example: Callable[[Post], Example | None]) -> None:
        """Take what gives a record as its file shows it, with body and path; None for an odd one.

        Whatever it gives is known to `UsualFiles` as well.
        """
        self._dialect = dialect
        self._example = example
        self._kinds: dict[_Name, _Kind] = {}
        self._odd: Counter[_Name] = Counter()
        self._authors: dict[Author | None, Author | None] = {}
        self._terms = ShownTerms()
        self._examples = 0
        self._made = 0

    def __reduce__(self) -> tuple[type[AsFiles], tuple[Dialect, Callable[[Post], Example | None]]]:
        return AsFiles, (self._dialect, self._example)

    def rows(self, rows: Rows) -> tuple[Rows, list[Sequence[str]]] | None:
        """Give records as readers will find them, and what each has lost.

        None where that isn't plain; raises OddRows where it isn't of some of them.
        """
        if not {"date", "slug"} <= rows.columns.keys():
            return None
        each, paths = self._plain(rows)
        kinds = {one.place: one.kind for one in each}
        kept, *others = {kind.columns for kind in kinds.values()}
        if others:
            return None
        columns = {field: values for field, values in rows.columns.items() if field in kept}
        if "terms" in rows.columns:
            columns |= _column([one.shown.terms for one in each])
        place = {one: number for number, one in enumerate(kinds)}
        shown = Rows(
            [kind.back for kind in kinds.values()],
            [place[one.place] for one in each],
            columns,
            [(key, values) for key, values in rows.metas if not _is_protected(key)],
            rows.contents,
            paths,
            rows.line_of,
        )
        self._made += len(rows)
        return shown, [[*one.kind.lost, *["terms"] * one.shown.is_other] for one in each]

    def _plain(self, rows: Rows) -> tuple[list[_Becomes], list[str]]:
        """Give what each record becomes, and its path; OddRows where that of some isn't plain."""
        days, slugs = [date[:10] for date in rows.columns["date"]], rows.columns["slug"]
        found = self._each(rows)
        odd = [
            row
            for row, (one, day, slug) in enumerate(zip(found, days, slugs, strict=True))
            if not (one and day and slug) or "/" in slug
        ]
        if odd:
            raise OddRows(odd)
        each = [one for one in found if one]
        paths = list(map(_path, [one.kind.path for one in each], days, slugs))
        if renamed := not_as_made(paths):
            raise OddRows(renamed)
        return each, paths

    def record(self, post: Post) -> Post | None:
        """Give a record with a body as readers will find it; None where that isn't plain."""
        columns = {name: [value] for name in _OF_EACH if (value := getattr(post, name))}
        kind = replace(post, content=None, comments=None, **dict.fromkeys(columns))
        if post.meta:
            kind.meta = None
        metas = [(row.key, [row.value]) for row in post.meta or ()]
        alone = Rows([kind], [0], columns, metas, [post.content or b""], [""], lambda *_: None)
        try:
            found = self.rows(alone)
        except OddRows:
            return None
        return found and found[0].post(0)

    def _each(self, rows: Rows) -> list[_Becomes | None]:
        """Give what each record becomes; None for an odd one."""
        names = [name_of(replace(kind, author=None, terms=None)) for kind in rows.kinds]
        each: list[_Becomes | None] = []
        kinds: dict[_Place, _Kind] = {}
        for row, (at, held) in enumerate(zip(rows.kind_of, rows.column("terms"), strict=True)):
            terms = held if held is None else (*held,)
            shown = self._terms.of(terms)
            if shown is None:
                self._learn(names[at], rows, row, terms)
                shown = self._terms.of(terms)
            place = at, shown and shown.taxonomies
            if shown and place not in kinds and (kind := self._kind(names[at], rows, row, terms)):
                kinds[place] = kind
            known = kinds.get(place)
            each.append(_Becomes(place, known, shown) if known and shown else None)
        return each

    def _kind(self, rest: bytes | None, rows: Rows, row: int, terms: Terms) -> _Kind | None:
        """Give what a kind becomes; author and terms do so whatever the `rest` says beside them."""
        name, author = _name(rest, rows, row, taxonomies_of(terms)), _author(rows, row)
        if name not in self._kinds or author not in self._authors:
            self._learn(rest, rows, row, terms)
        found, shown = self._kinds.get(name), self._terms.of(terms)
        if found is None or shown is None or author not in self._authors:
            return None
        became = self._authors[author]
        lost = [field for field in found.lost if field not in ("author", "terms")]
        lost += ["author"] if author not in (None, became) else []
        kept = None if "terms" in rows.columns else shown.terms
        return found._replace(back=replace(found.back, author=became, terms=kept), lost=lost)

    def _learn(self, rest: bytes | None, rows: Rows, row: int, terms: Terms) -> None:
        """Learn from a record, unless several like it were odd."""
        name = _name(rest, rows, row, taxonomies_of(terms))
        does_not_pay = self._examples >= _FREE + self._made // _PAYS
        if rest is None or self._odd[name] >= _TRIES or does_not_pay:
            return
        self._examples += 1
        if len(self._kinds) + len(self._authors) + len(self._terms) >= _MOST_KEPT:
            for known in (self._kinds, self._authors, self._terms, self._odd):
                known.clear()
        post = rows.post(row)
        found = self._learned(post, rows.columns.keys() - {"terms"}, bool(rows.metas))
        if found is None:
            self._odd[name] += 1
        else:
            self._kinds.setdefault(name, found)
            self._authors[post.author] = found.back.author
            self._terms.learn(terms, found.back.terms)

    def _learned(self, post: Post, columns: AbstractSet[str], has_metas: bool) -> _Kind | None:
        made = self._example(post)
        pattern = self._dialect.pattern_for(post)
        if made is None or not pattern:
            return None
        back = made.back
        if (back.meta or []) != [row for row in post.meta or () if not _is_protected(row.key)]:
            return None
        kept = frozenset(name for name in columns if getattr(back, name) == getattr(post, name))
        if any(getattr(back, name) is not None for name in columns - kept):
            return None
        if back.provenance.path != _path(pattern, (post.date or "")[:10], post.slug or ""):
            return None
        without = dict.fromkeys(kept)
        back = replace(back, **without, content=None, meta=None if has_metas else back.meta)
        back.provenance = replace(back.provenance, path="")
        return _Kind(back, kept, made.lost, pattern)


def _name(rest: bytes | None, rows: Rows, row: int, taxonomies: Taxonomies) -> _Name:
    keys = tuple(key for key, _ in rows.metas)
    columns = frozenset(rows.columns.keys() - {"terms"})
    return rest, _author(rows, row) is None, taxonomies, columns, keys


def _author(rows: Rows, row: int) -> Author | None:
    return rows.kinds[rows.kind_of[row]].author


def _column(terms: Sequence[list[TermRef] | None]) -> dict[str, Sequence[list[TermRef]]]:
    """Give a column of terms, none where no record shows any; OddRows for those that show none."""
    stated = [held for held in terms if held is not None]
    if stated and len(stated) < len(terms):
        raise OddRows([row for row, held in enumerate(terms) if held is None])
    return {"terms": stated} if stated else {}


def _is_protected(key: str) -> bool:
    """Tell whether front matter leaves a meta out, whatever it says: is_protected_meta()."""
    return key.startswith("_")


def _path(pattern: str, day: str, slug: str) -> str:
    return pattern.replace("{date}", day).replace("{slug}", slug)
