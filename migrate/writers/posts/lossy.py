"""Records of other forms beside one another, as a reader finds them in their files.

Where nothing but posts is written, what front matter can't say of a record is lost, and noted.
Which fields those are follows from its kind: the first of each is made the long way, as an example,
and every file is proven to say the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from msgspec.structs import replace

from migrate.mapping.dialect import Dialect
from migrate.model.finding import Finding
from migrate.model.post import Author, Post, TermRef
from migrate.model.rows import NoteRows, OddRows, Rows, name_of
from migrate.syntax.plain_records import POST_FIELDS

_MOST_KEPT: Final = 8192
_TRIES: Final = 4
"""How many odd records of a kind it takes until no further one is tried as an example."""

ONLY_POSTS: Final = "Leave --only-posts out: .wordpress/ holds it"


_Terms = tuple[TermRef, ...] | None
_Name = tuple[bytes | None, bool, tuple[str, ...] | None, frozenset[str], tuple[str, ...]]
"""What tells a kind but for the words of author and terms: the rest of it, whether it has one, the
taxonomies of its terms, and the names of columns and metas."""


class AsFile(NamedTuple):
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


class LossyRows:
    """Knows what becomes of the kinds that it has seen."""

    def __init__(self, dialect: Dialect, example: Callable[[Post], AsFile | None]) -> None:
        """Take what gives a record as its file shows it, with body and path; None for an odd one.

        Whatever it gives is known to `UsualFiles` as well.
        """
        self._dialect = dialect
        self._example = example
        self._kinds: dict[_Name, _Kind] = {}
        self._odd: Counter[_Name] = Counter()
        self._authors: dict[Author | None, Author | None] = {}
        self._terms: dict[_Terms, list[TermRef] | None] = {}

    def __reduce__(self) -> tuple[type[LossyRows], tuple[Dialect, Callable[[Post], AsFile | None]]]:
        return LossyRows, (self._dialect, self._example)

    def rows(self, rows: Rows) -> tuple[Rows, list[Sequence[str]]] | None:
        """Give records as readers will find them, and what each has lost.

        None where that isn't plain; raises OddRows where it isn't of some of them.
        """
        if not {"date", "slug"} <= rows.columns.keys():
            return None
        names = [name_of(replace(kind, author=None, terms=None)) for kind in rows.kinds]
        terms = [held if held is None else tuple(held) for held in rows.column("terms")]
        each = list(zip(rows.kind_of, terms, strict=True))
        first = {one: row for row, one in reversed([*enumerate(each)])}
        kinds = {
            (at, held): self._kind(names[at], rows, row, held) for (at, held), row in first.items()
        }
        days = [date[:10] for date in rows.columns["date"]]
        slugs = rows.columns["slug"]
        usual = zip(each, days, slugs, strict=True)
        odd = [
            row
            for row, (one, day, slug) in enumerate(usual)
            if kinds[one] is None or not day or not slug or "/" in slug
        ]
        if odd:
            raise OddRows(odd)
        known = {one: kind for one, kind in kinds.items() if kind}
        columns = {kind.columns for kind in known.values()}
        if len(columns) > 1:
            return None
        (kept,) = columns
        place = {one: number for number, one in enumerate(known)}
        shown = Rows(
            [kind.back for kind in known.values()],
            [place[one] for one in each],
            {field: values for field, values in rows.columns.items() if field in kept},
            [(key, values) for key, values in rows.metas if not _is_protected(key)],
            rows.contents,
            [
                _path(known[one].path, day, slug)
                for one, day, slug in zip(each, days, slugs, strict=True)
            ],
            rows.line_of,
        )
        return shown, [known[one].lost for one in each]

    def _kind(self, rest: bytes | None, rows: Rows, row: int, terms: _Terms) -> _Kind | None:
        """Give what a kind becomes; author and terms do so whatever the `rest` says beside them."""
        author = rows.kinds[rows.kind_of[row]].author
        taxonomies = None if terms is None else tuple(dict.fromkeys(t.taxonomy for t in terms))
        keys = tuple(key for key, _ in rows.metas)
        name = rest, author is None, taxonomies, frozenset(rows.columns.keys() - {"terms"}), keys
        if not (name in self._kinds and author in self._authors and terms in self._terms):
            self._learn(name, rows, row, terms)
        found = self._kinds.get(name)
        if found is None or author not in self._authors or terms not in self._terms:
            return None
        shown, kept = self._authors[author], self._terms[terms]
        lost = [field for field in found.lost if field not in ("author", "terms")]
        lost += ["author"] if author not in (None, shown) else []
        lost += ["terms"] if terms is not None and (kept is None or terms != (*kept,)) else []
        return found._replace(back=replace(found.back, author=shown, terms=kept), lost=lost)

    def _learn(self, name: _Name, rows: Rows, row: int, terms: _Terms) -> None:
        """Learn from a record, unless several like it were odd."""
        if name[0] is None or self._odd[name] >= _TRIES:
            return
        if len(self._kinds) + len(self._authors) + len(self._terms) >= _MOST_KEPT:
            for known in (self._kinds, self._authors, self._terms, self._odd):
                known.clear()
        post = rows.post(row)
        found = self._learned(post, rows.columns.keys() - {"terms"}, bool(rows.metas))
        self._odd[name] += found is None
        if found:
            self._kinds.setdefault(name, found)
            self._authors[post.author] = found.back.author
            self._terms[terms] = found.back.terms

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


def _is_protected(key: str) -> bool:
    """Tell whether front matter leaves a meta out, whatever it says: is_protected_meta()."""
    return key.startswith("_")


def _path(pattern: str, day: str, slug: str) -> str:
    return pattern.replace("{date}", day).replace("{slug}", slug)


def note_lost(lost: Sequence[Sequence[str]], note: NoteRows) -> None:
    """Note what each of many records has lost."""
    for name in POST_FIELDS:
        if rows := [row for row, names in enumerate(lost) if name in names]:
            note(loss(name), rows)


def loss(name: str) -> Finding:
    """Give what there is to say of a field that was lost."""
    message = f"front matter can't say {name} as it is, so it wasn't written"
    return Finding("loss-no-place", message, field=name, fix=ONLY_POSTS)
