"""Wanted: a record as the companion is to store it, in canonical form with this site's numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from migrate.model import canonical, dates
from migrate.model.finding import Note
from migrate.model.post import Meta, Post, TermRef
from migrate.model.sanitize import sanitize_title
from migrate.plan import stored
from migrate.writers.companion.numbers import Numbers, references, with_number
from migrate.writers.companion.terms import Terms
from migrate.writers.rest.authors import Authors
from migrate.writers.rest.losses import Losses
from migrate.writers.rest.media.item import Item
from migrate.writers.rest.media.media import FEATURED
from migrate.writers.rest.media.placed import Placed
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.payload import status_of

__all__ = ["Builder", "Wanted"]

THUMBNAIL: Final = "_thumbnail_id"
_UNSENT: Final = ("link", "content_format", "attachment_url")
_AS_STORED: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_%")

Place = Callable[..., Placed]
"""`Media.place`."""


class Wanted(Struct):
    """What the site should hold for a record.

    `user` is the number of its author, below zero for one that has yet to be made, and `users` are
    those of all comments as well. `terms` are as the site calls them, `items` the files that the
    record names. `status` tells which statuses count as the same.
    """

    record: dict[str, Any]
    status: stored.Status | None
    user: int = 0
    users: list[int] = field(default_factory=list)
    terms: list[TermRef] = field(default_factory=list)
    items: tuple[Item, ...] = ()


class Builder:
    """Builds such records; the little that even the companion can't carry becomes a finding.

    `terms` and `numbers` are what the site has, or will have, for those of the source.
    """

    def __init__(
        self,
        authors: Authors,
        terms: Terms,
        numbers: Numbers,
        place: Place,
        options: ImportOptions,
        zone: tzinfo,
    ) -> None:
        self._authors = authors
        self.terms = terms
        self.numbers = numbers
        self._place = place
        self._options = options
        self._zone = zone

    def build(self, post: Post, note: Note, *, final: bool = False) -> Wanted:
        """Give a record; `final` once what it names was made. Raises SiteError."""
        losses = Losses(post, note)
        placed = self._place(post, note, final=final)
        record: dict[str, Any] = canonical.plain(placed.post)
        if "meta" in record or placed.post.meta != post.meta or FEATURED in placed.fields:
            record["meta"] = self._metas(post, placed)
        for reference in references(post):
            number = self._number(reference.number, reference.taxonomy)
            record = with_number(record, reference.field, number)
        # The companion stores the moment as it is stated, whatever the clock says.
        dated = replace(post, date=None) if post.date_gmt else post
        status = status_of(dated, self._options, self._zone)
        if status is not None:
            record["status"] = status.value
        wanted = Wanted(record, status, items=placed.items)
        self._people(post, wanted)
        self._dates(record)
        self._take_terms(post, wanted, losses)
        if "slug" in record and not _AS_STORED.issuperset(record["slug"]):
            record["slug"] = sanitize_title(record["slug"])
        for name in _UNSENT:
            record.pop(name, None)
        if post.attachment_url:
            record["attachment_url"] = post.attachment_url
        return wanted

    def settled(self, wanted: Wanted) -> dict[str, Any]:
        """Give the record after making those users that were open in it. Raises SiteError."""
        record = dict(wanted.record)
        if wanted.user < 0:
            record |= _author(self._authors.settled({"author": wanted.user}).get("author", 0))
        comments = [dict(each) for each in record.get("comments", ())]
        for comment, user in zip(comments, wanted.users, strict=False):
            number = self._authors.settled({"author": user}).get("author", 0) if user else 0
            comment.update({"user_id": str(number)} if number else {})
        return record | ({"comments": comments} if "comments" in record else {})

    def _number(self, number: int, taxonomy: str) -> int:
        return self.terms.number(taxonomy, number) if taxonomy else self.numbers.of(number)

    def _metas(self, post: Post, placed: Placed) -> list[dict[str, str]]:
        """Return the metas, a featured image among them; one of which nothing is known goes.

        Where it is a record it may come later, as other posts do that are named by their number.
        """
        rows = list(placed.post.meta or ())
        numbered = [row.value for row in post.meta or () if row.key == THUMBNAIL]
        if any(each.isdecimal() and self.numbers.knows(int(each)) for each in numbered):
            rows = list(post.meta or ())
        elif FEATURED in placed.fields:
            image = Meta(THUMBNAIL, str(placed.fields[FEATURED]))
            rows = list(post.meta or ()) if numbered else [*rows, image]
        return [row._asdict() for row in rows]

    def _people(self, post: Post, wanted: Wanted) -> None:
        record = wanted.record
        named = record.pop("author", {})
        wanted.user = self._authors.id_of(post)
        if wanted.user:
            record |= _author(wanted.user)
        elif named.get("login") == "":
            record["author"] = {"login": ""}
        for comment, row in zip(post.comments or (), record.get("comments", ()), strict=True):
            user = self._authors.commenter(comment.user_id) if comment.user_id else 0
            wanted.users.append(user)
            if user:
                row["user_id"] = str(user)
            elif comment.user_id:
                del row["user_id"]  # nobody whom the site knows

    def _dates(self, record: dict[str, Any]) -> None:
        """Complete a wall clock by its moment, and the other way round."""
        for name in ("date", "modified"):
            wall, gmt = record.get(name), record.get(f"{name}_gmt")
            if wall and gmt is None:
                record[f"{name}_gmt"] = stored.gmt(wall, self._options.timezone or self._zone)
            elif gmt and wall is None:
                moment = datetime.fromisoformat(gmt)
                record[name] = dates.mysql(dates.from_gmt(moment, self._zone))

    def _take_terms(self, post: Post, wanted: Wanted, losses: Losses) -> None:
        if post.terms is None:
            return
        for ref in post.terms:
            if not self.terms.takes(ref.taxonomy):
                losses.refused(ref.taxonomy, f"the site has no taxonomy {ref.taxonomy}")
            elif (found := self.terms.ref(ref)) is None:
                losses.refused(ref.taxonomy, "a term needs a name")
            else:
                wanted.terms.append(found)
        wanted.record["terms"] = [_plain(ref) for ref in wanted.terms]


def _author(number: int) -> dict[str, Any]:
    return {"author": {"id": str(number)}} if number else {}


def _plain(ref: TermRef) -> dict[str, str]:
    said = (("name", ref.name), ("slug", ref.slug), ("taxonomy", ref.taxonomy))
    return {name: value for name, value in said if value is not None}
