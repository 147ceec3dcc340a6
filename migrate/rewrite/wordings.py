"""How posts say where they came from, as sentences with gaps that are matched in linear time."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from migrate.errors import MappingError

WORDINGS: Final = (
    # what feed importers put below a post: the link alone
    "Source", "Source link", "Link to source", "Original source", "Original article",
    "Original link", "Article source", "News source", "Read the original article",
    "Canonical link", "Canonical",
    # people's own
    "Source: {name}", "Sources: {name}", "Source \N{EN DASH} {name}",
    "Source - {name}", "Source | {name}",
    "Original source: {name}", "Article source: {name}", "News source: {name}",
    "Canonical: {name}", "Canonical link: {name}", "Original: {name}",
    "Via {name}", "Via: {name}",
    "Read the original article at {name}", "Read the original article on {name}",
    "Read the original at {name}", "Read the original on {name}",
    # what WordPress and its SEO plugins put into feeds
    "The post {title} appeared first on {name}", "The article {title} appeared first on {name}",
    "The post {title} first appeared on {name}", "The article {title} first appeared on {name}",
)  # fmt: skip

_KINDS: Final = ("", "This article ", "This post ", "This story ", "This piece ")
_VERBS: Final = ("", "was ")
_WHEN: Final = ("originally ", "first ")
_DONE: Final = ("published", "appeared", "posted")
_WHERE: Final = (" at ", " on ", " in ", " by ")

LONGEST: Final = 400
"""How many characters a line has at most that does nothing but name a source."""

_COMMON: Final = frozenset({"article", "story"})
"""Too common in other places to be looked for first."""

_GAP: Final = re.compile(r"\{([^{}]*)\}")
_FEWEST_LETTERS: Final = 3
_EDGES: Final = " \u00a0()[]*_|.:;,\u2014\u2013-→»>"


class Wording(NamedTuple):
    """A sentence: the texts between its gaps, in small letters, and what each gap stands for."""

    texts: tuple[str, ...]
    gaps: tuple[str, ...]


Gaps = dict[str, tuple[int, int]]
"""Gap → its first character in a text, and the one behind its last."""


class Wordings:
    """Wordings that are looked for together; `signs` are words of which each of them holds one.

    A sign is in small letters, and empty where a wording has none that bytes can be searched for.
    """

    def __init__(self, every: Iterable[Wording]) -> None:
        self._by_word: dict[str, list[Wording]] = {}
        signs = set[str]()
        for one in every:
            word = one.texts[0].partition(" ")[0] if " " in one.texts[0] or not one.gaps else ""
            self._by_word.setdefault(word, []).append(one)
            signs.add(_sign(one))
        self.signs = tuple(
            sorted(sign.encode() for sign in signs if not any(s in sign for s in signs - {sign}))
        )

    def match(self, text: str) -> Gaps | None:
        """Find the first wording that a whole text is, brackets and full stop aside."""
        if len(text) > LONGEST:
            return None
        start = len(text) - len(text.lstrip(_EDGES))
        shown = small(text.strip(_EDGES))
        for word in (shown.partition(" ")[0], ""):
            for one in self._by_word.get(word, ()):
                if (gaps := _gaps(one, shown)) is not None:
                    return {
                        name: (first + start, behind + start)
                        for name, (first, behind) in zip(one.gaps, gaps, strict=True)
                    }
        return None


def built_in() -> tuple[Wording, ...]:
    """Give the wordings that everybody uses."""
    published = (
        f"{''.join(parts)}{{name}}"
        for parts in itertools.product(_KINDS, _VERBS, _WHEN, _DONE, _WHERE)
    )
    return tuple(wording(sentence) for sentence in (*WORDINGS, *published))


def wording(sentence: str) -> Wording:
    """Take a sentence apart; MappingError where it can't be told from any other text."""
    parts = _GAP.split(sentence)
    texts, gaps = tuple(small(text) for text in parts[::2]), tuple(parts[1::2])
    if sum(map(str.isalpha, "".join(texts))) < _FEWEST_LETTERS:
        raise _unusable(sentence, "it needs a word of its own")
    if not set(gaps) <= {"name", "title", "date"} or len(set(gaps)) < len(gaps):
        raise _unusable(sentence, "its gaps are {name}, {title} and {date}, each once")
    if any(not text.strip() for text in texts[1:-1]):
        raise _unusable(sentence, "a word has to stand between two gaps")
    return Wording((texts[0].lstrip(_EDGES), *texts[1:-1], texts[-1].rstrip(_EDGES))
                   if gaps else (texts[0].strip(_EDGES),), gaps)  # fmt: skip


def _sign(one: Wording) -> str:
    words = [word for text in one.texts for word in text.split()]
    longest = max([word for word in words if word not in _COMMON] or words, key=len).strip(_EDGES)
    return longest if longest.isascii() else ""


def small(text: str) -> str:
    """Give a text in small letters, as many as it has."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(one if len(one.lower()) > 1 else one.lower() for one in text)


def _gaps(one: Wording, text: str) -> list[tuple[int, int]] | None:
    """Give the gaps' places: each text is looked for once, behind the one before it."""
    first, *others = one.texts
    if not others:
        return [] if text == first else None
    if not text.startswith(first):
        return None
    found: list[tuple[int, int]] = []
    at = len(first)
    for number, following in enumerate(others, 2):
        is_last = number == len(one.texts)
        if is_last:
            place = len(text) - len(following) if text.endswith(following) else -1
        else:
            place = text.find(following, at + 1)
        if place <= at:
            return None
        found.append((at, place))
        at = place + len(following)
    return found


def _unusable(sentence: str, why: str) -> MappingError:
    return MappingError(
        f"source-attribution: {sentence!r} is no pattern: {why}",
        fix="Write it like `Quelle: {name}`",
    )
