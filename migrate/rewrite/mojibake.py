"""`mojibake`: text that was decoded with the wrong encoding, put right where it is evident."""

from __future__ import annotations

import re
import string
from bisect import bisect_right
from collections.abc import Iterator
from itertools import compress, pairwise
from operator import or_
from typing import Final, NamedTuple

from migrate.model.finding import Note
from migrate.model.site import Head
from migrate.patterns import pattern
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit, edited
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.term_names import rename_head, rename_terms
from migrate.syntax.html_markup import Attribute, attributes
from migrate.syntax.mojibake import mended

_PIECES: Final = pattern(rb"([\x00-\x7f]*+)([\x80-\xff]*+)")
"""Text and a run behind it; begins with the text, which a search for runs takes five times over."""

_SHORTEST: Final = 4  # two characters
_BEHIND: Final = frozenset(
    bytes([byte]) for byte in (string.ascii_letters + string.digits).encode()
)
_BEFORE: Final = _BEHIND | {b".", b",", b":", b";", b"!", b"?", b"%", b")"}
_STAND_ALONE: Final = frozenset("\u2013\u2014…•·\u00a0")  # dashes, dots, blank
_READ: Final = (b"alt", b"title", b"aria-label")
_ERRORS: Final = "surrogatepass"  # YAML can escape a lone surrogate
_SAID: Final = "decoded with the right encoding"


class _Run(NamedTuple):
    """What looks like mojibake: where, what it was, and how much speaks for it."""

    edit: Edit
    evidence: int


class Mojibake(Rule):
    """Mends runs of non-ASCII characters, where a post has enough of them to leave no doubt.

    Each character too many counts one: `Ã©` for é is one, `â€œ` for “ two. A run that stands alone,
    with no word beside it, counts nothing (an article about encodings shows such), unless it is a
    word itself, or stands for a dash or another sign that has no word beside it either. Where a
    post's body, title and excerpt together come to less than `evidence`, all stays. Names of terms
    are judged each by itself, so that they come out alike everywhere. A body in reStructuredText is
    left, since nobody looks there for what is code.
    """

    looks_for = "`â€œ` for `“`, `Ã©` for `é`: UTF-8 that was decoded as another encoding"
    does = "puts right what it was, where a post has enough of it"
    bodies = ANY_BODY

    def __init__(self, *, evidence: int = 2) -> None:
        self._evidence = evidence

    def rewrite(self, draft: Draft) -> None:
        """Mend the body, the title, the excerpt and the names of terms."""
        post = draft.post
        body = _body_runs(draft)
        texts = {field: _runs_in(getattr(post, field)) for field in ("title", "excerpt")}
        found = [*body, *texts["title"], *texts["excerpt"]]
        if not self._is_enough(found):
            _leave(draft, body, len(found))
        else:
            draft.edit((run.edit for run in body), _SAID)
            for field, runs in texts.items():
                if runs:
                    old = getattr(post, field)
                    new = _with(old, runs)
                    draft.change(field, new, (old, new), _SAID)
        if post.terms:
            rename_terms(draft, self._mended, _SAID)

    def rewrite_head(self, head: Head, note: Note) -> Head:
        """Mend the names of the site's terms."""
        return rename_head(head, self._mended, "rewrite-mojibake", _SAID, note)

    def _mended(self, name: str) -> str:
        runs = _runs_in(name)
        return _with(name, runs) if self._is_enough(runs) else name

    def _is_enough(self, runs: list[_Run]) -> bool:
        return sum(run.evidence for run in runs) >= self._evidence


def _body_runs(draft: Draft) -> list[_Run]:
    body = draft.body
    if draft.post.content_format == "rst" or body.isascii():
        return []
    runs = list(_runs(body))
    if not runs:
        return []
    is_text = [*draft.are_text([run.edit.start for run in runs])]
    read = is_text if all(is_text) else map(or_, is_text, _in_read_attributes(draft, runs))
    return list(compress(runs, read))


def _in_read_attributes(draft: Draft, runs: list[_Run]) -> Iterator[bool]:
    """Tell for each run whether it stands in an attribute that people read."""
    starts = [tag.start for tag in draft.markup.tags]
    spans: dict[int, list[Attribute]] = {}
    for run in runs:
        at = run.edit.start
        place = bisect_right(starts, at) - 1
        if place not in spans:
            spans[place] = _read_attributes(draft, place) if place >= 0 else []
        yield any(span.start <= at < span.end for span in spans[place])


def _read_attributes(draft: Draft, place: int) -> list[Attribute]:
    tag = draft.markup.tags[place]
    first: dict[bytes, Attribute] = {}  # HTML passes over a second one of the same name
    for attribute in () if tag.is_end else attributes(draft.body, tag):
        first.setdefault(attribute.name, attribute)
    return [first[name] for name in _READ if name in first]


def _runs_in(text: str | None) -> list[_Run]:
    if not text or text.isascii():
        return []
    return list(_runs(text.encode("utf-8", _ERRORS)))


def _runs(text: bytes) -> Iterator[_Run]:
    end = 0
    for (before, run), (behind, _) in pairwise(map(re.Match.groups, _PIECES.finditer(text))):
        start = end + len(before)
        end = start + len(run)
        if len(run) >= _SHORTEST and (was := mended(run)) is not None:
            stands_by_a_word = before[-1:] in _BEFORE or behind[:1] in _BEHIND
            is_evidence = stands_by_a_word or _stands_alone(was.text)
            yield _Run(Edit(start, end, was.text), was.surplus if is_evidence else 0)


def _stands_alone(text: bytes) -> bool:
    """Say whether a text is a word of its own, or a sign that has none beside it."""
    shown = text.decode("utf-8", _ERRORS)
    return not _STAND_ALONE.isdisjoint(shown) or sum(map(str.isalpha, shown)) > 1


def _with(text: str, runs: list[_Run]) -> str:
    return edited(text.encode("utf-8", _ERRORS), [run.edit for run in runs]).decode(
        "utf-8", _ERRORS
    )


def _leave(draft: Draft, body: list[_Run], count: int) -> None:
    if count:
        draft.note(
            "rewrite-mojibake-unsure",
            f"what looks like mojibake was left: {count} in all, which is too little to be sure",
            at=body[0].edit.start if body else None,
            fix="Put it right by hand, or lower `evidence` in a mapping (`rewrite: mojibake`)",
        )
