"""Digests: what stands for fields of a post, computed here as the companion computes it there.

Two sites that hold the same say the same: a digest is the SHA-256 of the record's canonical form,
with terms and metas in one order, terms by their slugs, and comments without the numbers that a
site gives them (`Digest` in the companion's file). Its content isn't escaped, which would take a
site longer than all else, but stands behind it as it is, after a line feed.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from migrate.model import canonical

__all__ = ["COMMENTS", "Digests", "columns_of", "of_record", "whole"]

COMMENTS: Final = "comments"
_OF_COMMENTS: Final = f"{COMMENTS}."
_LEFT_OUT: Final = frozenset({COMMENTS, "link"})
"""What changes without anyone editing the post."""

_LENGTH: Final = 32  # bytes of a SHA-256

Record = Mapping[str, Any]


class Digests:
    """Digests by the numbers of posts, in flat memory; `told` gives them in the order of these."""

    def __init__(self, told: Iterable[tuple[int, str]] = ()) -> None:
        self._numbers = array("Q")
        self._digests = bytearray()
        for number, digest in told:
            self.add(number, digest)

    def add(self, number: int, digest: str) -> None:
        """Take the next one."""
        self._numbers.append(number)
        self._digests += bytes.fromhex(digest)

    def of(self, number: int) -> str:
        """Give the digest of a post, empty where there is none."""
        place = bisect_left(self._numbers, number)
        if place == len(self._numbers) or self._numbers[place] != number:
            return ""
        return self._digests[place * _LENGTH : (place + 1) * _LENGTH].hex()


def columns_of(comments: Sequence[Record], *, numbered: bool) -> list[str]:
    """Give the fields to ask for, for a digest over what these comments state."""
    if not comments:
        return [COMMENTS]
    stated = {name for comment in comments for name in comment}
    stated -= set() if numbered else {"id"}
    return [f"{_OF_COMMENTS}{name}" for name in sorted(stated)]


def whole(record: Record) -> str:
    """Give the digest of all that whoever edits a post can change."""
    return of_record({name: value for name, value in record.items() if name not in _LEFT_OUT})


def of_record(record: Record, *, numbered: bool = False) -> str:
    """Give the digest of a record, or of some of its fields, in canonical form.

    With `numbered` the numbers of comments are a part of it.
    """
    said = dict(record)
    if "terms" in said:
        terms = {(term["taxonomy"], term.get("slug", "")) for term in said["terms"]}
        said["terms"] = [{"slug": slug, "taxonomy": taxonomy} for taxonomy, slug in sorted(terms)]
    if "meta" in said:
        said["meta"] = _by_key(said["meta"])
    if COMMENTS in said:
        said[COMMENTS] = _comments(said[COMMENTS], numbered=numbered)
    content = f"\n{said.pop('content')}" if "content" in said else ""
    text = f"{canonical.dumps(said)}{content}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()


def _by_key(rows: Iterable[Record]) -> dict[str, list[str]]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        values[row["key"]].append(row["value"])
    return values


def _comments(comments: Sequence[Record], *, numbered: bool) -> list[dict[str, Any]]:
    places = {comment.get("id", ""): str(place) for place, comment in enumerate(comments)}
    found = []
    for comment in comments:
        said = {name: value for name, value in comment.items() if numbered or name != "id"}
        if "parent" in said and not numbered:
            said["parent"] = places.get(said["parent"], "")
        if "meta" in said:
            said["meta"] = _by_key(said["meta"])
        found.append(said)
    return found
