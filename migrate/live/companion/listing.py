"""Listing: a site as its companion tells it without texts, and each text as far as it is needed.

What a record says of a text is held against a digest of the site's. Only where the two differ is
the text itself fetched, so where nothing changed no content travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from migrate.live.api import Api, Row
from migrate.live.companion.digests import COMMENTS, Digests, columns_of, of_record
from migrate.live.companion.snapshot import REVISION, Snapshot
from migrate.live.companion.streams import digests, posts, snapshot
from migrate.model.post import Post

__all__ = ["TEXTS", "Listing"]

TEXTS: Final = ("content", "excerpt", "meta", COMMENTS)
"""The fields that aren't listed."""

_LISTED: Final = tuple(
    name for name in Post.__struct_fields__ if name not in (*TEXTS, "provenance")
)
_AT_ONCE: Final = 100  # posts of a request, half of what the companion gives


class Listing:
    """The records of a site but for their texts, by ID, kept on disk; a text is fetched once.

    `snapshot`, which was empty, holds them, with all that is no post.
    """

    def __init__(self, api: Api, held: Snapshot, options: Iterable[str] = ()) -> None:
        """Raises SiteError."""
        self._api = api
        self.snapshot = held
        self._whole = [Digests()]
        self._over: dict[tuple[str, ...], Digests] = {}
        self._fetched: dict[int, int] = {}
        held.take(self._listed(options, ()))

    def take_revisions(self) -> None:
        """List what the posts said before, too. Raises SiteError."""
        self._whole.append(Digests())
        self.snapshot.take_revisions(self._listed((), (REVISION,)))

    def record(self, number: int) -> Row:
        """Give what is listed of a post, in canonical form; nothing where there is none."""
        place = self.snapshot.place(number)
        return {} if place is None else self.snapshot.record(place)

    def digest(self, number: int) -> str:
        """Give the digest of all that whoever edits a post can change."""
        return next(filter(None, (known.of(number) for known in self._whole)), "")

    def whole(self, number: int) -> Row:
        """Give a post with its texts; nothing where there is none. Raises SiteError."""
        self._fetch([number] if self.record(number) else ())
        return self._fetched_record(number)

    def beside(self, pairs: Sequence[tuple[int, Row]], *, numbered: bool = False) -> list[Row]:
        """Give each post with the texts of which the record beside it says something.

        What records say, in canonical form, is taken for the site's own text where digests prove
        it; all others are fetched at once. `numbered` says that the numbers of comments count.
        Raises SiteError.
        """
        proven = [self._is_proven(number, said, numbered) for number, said in pairs]
        self._fetch(n for (n, _), same in zip(pairs, proven, strict=True) if not same)
        return [
            self.record(number) | (_texts(said) if same else self._fetched_record(number))
            for (number, said), same in zip(pairs, proven, strict=True)
        ]

    def _listed(self, options: Iterable[str], types: Iterable[str]) -> Iterator[Row]:
        for line in snapshot(self._api, options, types=types, fields=_LISTED):
            if "digest" in line:
                self._whole[-1].add(int(line["record"]["id"]), line["digest"])
            yield line

    def _is_proven(self, number: int, said: Row, numbered: bool) -> bool:
        """Tell whether the site's digest proves that it holds the texts of a record."""
        texts = _texts(said)
        if not texts or number in self._fetched:
            return not texts
        names = [name for name in texts if name != COMMENTS]
        if COMMENTS in texts:
            names += columns_of(texts[COMMENTS], numbered=numbered)
        asked = tuple(names)
        if asked not in self._over:
            self._over[asked] = Digests(digests(self._api, asked).items())
        return self._over[asked].of(number) == of_record(texts, numbered=numbered)

    def _fetch(self, numbers: Iterable[int]) -> None:
        wanted = list(dict.fromkeys(n for n in numbers if n not in self._fetched))
        for start in range(0, len(wanted), _AT_ONCE):
            for record in posts(self._api, wanted[start : start + _AT_ONCE]):
                shown = self.snapshot.shown(record)
                self._fetched[int(record["id"])] = self.snapshot.lines.add(shown)

    def _fetched_record(self, number: int) -> Row:
        lies = self._fetched.get(number)
        record: Row = {} if lies is None else self.snapshot.lines.at(lies)
        return record


def _texts(said: Row) -> Row:
    return {name: said[name] for name in TEXTS if name in said}
