"""Where a dialect's tool looks for a post: the path of its file, made from the record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct

from migrate.mapping.status import shown
from migrate.model.post import Post
from migrate.model.sanitize import sanitize_title
from migrate.patterns import pattern

_PLACEHOLDER: Final = pattern(r"\{([^{}]*)\}")
ENDINGS: Final = {"html": "html", "markdown": "md", "rst": "rst"}
"""The ending of a new file's name, by what its body is."""


class Place(Struct, frozen=True):
    """One pattern, for the posts of these types and statuses; None is any."""

    pattern: str
    types: frozenset[str] | None = None
    statuses: frozenset[str] | None = None

    def path(self, post: Post, facts: dict[str, str]) -> str:
        """Give the path; empty if the post isn't of this kind, or states not what it needs."""
        if self.types is not None and (post.type or "post") not in self.types:
            return ""
        if self.statuses is not None and shown(post) not in self.statuses:
            return ""
        if not all(facts[name] for name in _PLACEHOLDER.findall(self.pattern)):
            return ""
        return _PLACEHOLDER.sub(lambda name: facts[name[1]], self.pattern)


class Places:
    """The patterns of a dialect; the first one that fits a post gives its path."""

    __slots__ = ("_places",)

    def __init__(self, places: Iterable[Place]) -> None:
        """Raise ValueError for a pattern with a placeholder that doesn't exist."""
        self._places = tuple(places)
        for place in self._places:
            for name in _PLACEHOLDER.findall(place.pattern):
                if name not in Facts._fields:
                    known = ", ".join(f"{{{known}}}" for known in Facts._fields)
                    raise ValueError(f"`{{{name}}}` is no placeholder; there are {known}")

    def path(self, post: Post) -> str:
        """Give the path, with `/`; nothing but its placeholders is checked."""
        facts = _facts(post)._asdict()
        paths = (place.path(post, facts) for place in self._places)
        return next(filter(None, paths), f"{facts['slug']}.{facts['ending']}")

    def pattern(self, post: Post) -> str:
        """Give the pattern for posts of this type and status that have a date and a slug.

        Empty where it is another one for some of them, or names more than `{date}` and `{slug}`.
        """
        known = {name: name for name in Facts._fields}
        first = next((place.pattern for place in self._places if place.path(post, known)), "")
        return first if {"date", "slug"}.issuperset(_PLACEHOLDER.findall(first)) else ""


class Facts(NamedTuple):
    """What a pattern may name; empty where the record doesn't say. `slug` is never empty.

    `permalink` is the path of the permalink without the outer slashes, which for pages holds
    those above it; `ending` is what the body is.
    """

    date: str
    year: str
    month: str
    day: str
    slug: str
    type: str
    id: str
    permalink: str
    ending: str


def places(said: Iterable[dict[str, Any]]) -> Places:
    """Give the places that a mapping's `write_to` says; ValueError for an unknown placeholder."""
    return Places(
        Place(place["path"], _words(place.get("type")), _words(place.get("status")))
        for place in said
    )


def _words(said: list[str] | None) -> frozenset[str] | None:
    return None if said is None else frozenset(said)


def _facts(post: Post) -> Facts:
    date = (post.date or post.date_gmt or "")[:10]
    year, month, day = date.split("-") if date else ("", "", "")
    number = "" if post.id is None else str(post.id)
    post_type = post.type or "post"
    slug = post.slug or sanitize_title(post.title or "") or number or post_type
    return Facts(
        date=date,
        year=year,
        month=month,
        day=day,
        slug=_one_name(slug),
        type=_one_name(post_type),
        id=number,
        permalink=_permalink(post.link or ""),
        ending=ENDINGS[post.content_format],
    )


def _one_name(text: str) -> str:
    return text.replace("/", "-")


def _permalink(link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return "" if parts.query else parts.path.strip("/")
