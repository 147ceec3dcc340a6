"""Pairing: which record of another source is the same as one of this source."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from migrate.model.post import Post
from migrate.plan import stored


class Pairing:
    """The records of the other source, by what can tell them; some hundred bytes for each.

    Records pair by type and ID where both sources come from one site, else by type, slug and date,
    the title standing in where there is no slug (drafts have none). Slugs count as a site stores
    them. Where several are equal in that, they pair in source order.
    """

    def __init__(self, *, same_site: bool) -> None:
        self._same_site = same_site
        self._places: dict[int, int] = {}
        self._later: dict[int, list[int]] = {}
        self._taken = bytearray()
        self._slugs = array("q")

    def add(self, post: Post) -> None:
        """Take the next record of the other source."""
        place = len(self._taken)
        self._taken.append(0)
        self._slugs.append(hash(post.slug))
        numbered = self._same_site and post.id is not None
        keys = [*_by_slug("any", post), *([] if numbered else _by_slug("unnumbered", post))]
        keys.append(_by_title(post))
        for key in [*keys, *([_by_id(post)] if numbered else [])]:
            if key in self._places:
                self._later.setdefault(key, []).append(place)
            else:
                self._places[key] = place

    def find(self, post: Post) -> int | None:
        """Give the place of the record that this one pairs with, once; None where there is none."""
        for key in self._wanted(post):
            first = [self._places[key]] if key in self._places else []
            free = [at for at in first + self._later.get(key, []) if not self._taken[at]]
            if free:
                # Real exports hold several records of one ID: then the slug tells.
                place = next((at for at in free if self._slugs[at] == hash(post.slug)), free[0])
                self._taken[place] = 1
                return place
        return None

    def alone(self) -> Iterator[int]:
        """Give the places of the records with which none was paired."""
        return (place for place, taken in enumerate(self._taken) if not taken)

    def _wanted(self, post: Post) -> Iterator[int]:
        if self._same_site and post.id is not None:
            yield _by_id(post)
            # One that has another ID is another record, however much alike.
            yield from _by_slug("unnumbered", post)
        else:
            yield from _by_slug("any", post)
        if not post.slug:
            yield _by_title(post)


def _by_id(post: Post) -> int:
    return hash((post.type or "post", post.id))


def _by_slug(scope: str, post: Post) -> Iterator[int]:
    kind, slug = post.type or "post", stored.slug(post.slug or "")
    if post.date is not None:
        yield hash((scope, kind, slug, "date", post.date))
    if post.date_gmt is not None:
        yield hash((scope, kind, slug, "date_gmt", post.date_gmt))
    if slug:
        yield hash((scope, kind, slug))
    else:
        yield hash((scope, kind, "title", post.title))


def _by_title(post: Post) -> int:
    return hash((post.type or "post", "title", post.title, post.date))
