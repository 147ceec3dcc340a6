"""Posts of any number, made on the spot; the same number gives the same post everywhere.

They are of the kind that news sites republish: about 11 KB of HTML with a mark before each
paragraph, a few metas that name the source, and quotation marks that were decoded wrongly once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from bench.words import AUTHORS, CATEGORIES, ENDS, OBJECTS, SUBJECTS, TAGS, VERBS

SITE: Final = "https://wire.example.org"
BODY_SIZE: Final = 7_300
"""Bytes of a body at least; what stands round it in an item brings a post to about 11 KB."""

_FIRST: Final = datetime(2009, 1, 1, tzinfo=UTC)
_APART: Final = timedelta(minutes=17)
_MISREAD_QUOTES: Final = ("\u00e2\u20ac\u0153", "\u00e2\u20ac\u009d")
_PARAGRAPHS: Final = 400


class Post(NamedTuple):
    """What both forms of a post are written from; `number` is its ID."""

    number: int
    title: str
    slug: str
    date: datetime
    author: str
    category: str
    tags: tuple[str, ...]
    body: str

    @property
    def link(self) -> str:
        """The address at the site."""
        return f"{SITE}/{self.slug}/"

    @property
    def metas(self) -> dict[str, str]:
        """What names the place from which it was republished."""
        source = f"http://feeds.example.net/~r/top/~3/{self.number:011x}/{self.slug}"
        return {
            "original_cats": "topNews",
            "original_title": self.title,
            "original_link": source,
            "canonical_url": source,
        }


def posts(count: int) -> Iterator[Post]:
    """Give the posts from number 1 on."""
    return (numbered(number) for number in range(1, count + 1))


def numbered(number: int) -> Post:
    """Give the post with a number."""
    chosen = random.Random(number)
    title = _claim(chosen)
    return Post(
        number,
        f"{title.capitalize()}: what&#039;s next",
        f"{title.replace(' ', '-')}-{number}",
        _FIRST + number * _APART,
        chosen.choice(AUTHORS),
        chosen.choice(CATEGORIES),
        tuple(chosen.sample(TAGS, 2)),
        _body(chosen),
    )


def _claim(chosen: random.Random) -> str:
    return " ".join(chosen.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, ENDS))


def _body(chosen: random.Random) -> str:
    parts = ['[ad_1]\n<br><div id="articleText">\n']
    size = 0
    while size < BODY_SIZE:
        paragraph, length = chosen.choice(_paragraphs())
        parts.append(f'<span id="midArticle_{len(parts)}"/><p>{paragraph}</p>\n')
        size += length
    return "".join([*parts, "</div>\n[ad_2]"])


@cache
def _paragraphs() -> list[tuple[str, int]]:
    """Give the paragraphs to choose from, each with its length in bytes."""
    chosen = random.Random(0)
    made = [_paragraph(chosen) for _ in range(_PARAGRAPHS)]
    return [(paragraph, len(paragraph.encode())) for paragraph in made]


def _paragraph(chosen: random.Random) -> str:
    opening, closing = _MISREAD_QUOTES
    claims = [f"The {_claim(chosen)}." for _ in range(chosen.randint(2, 5))]
    said = f"{opening}Nobody asked about {chosen.choice(OBJECTS)},{closing} said a man &amp; left."
    return " ".join([*claims, said])
