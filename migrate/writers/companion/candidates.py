"""Candidates: records with what the site should hold for them, and the posts that they may be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from migrate.live.api import Row
from migrate.live.companion.snapshot import REVISION
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry
from migrate.plan.recall import Recall, Recalled
from migrate.plan.recognise import Found, Identity, not_in_trash, recognise
from migrate.writers.companion.held import Site
from migrate.writers.companion.wanted import Builder, Wanted
from migrate.writers.rest.actions import kind_name

__all__ = ["Candidate", "Candidates"]

_NOT_RECALLED: Final = Recalled("")
_NOT_FOUND: Final = Found()


class Candidate(Struct):
    """A record, what the site should hold for it, and which post it may be.

    `alike` is what the site has of its kind whatever the journal says, None as long as nobody
    looked. `held` is what the site holds of the post that it most likely is, with the record's
    texts.
    """

    post: Post
    wanted: Wanted
    identity: Identity
    losses: list[Finding]
    recalled: Recalled = _NOT_RECALLED
    found: Found = _NOT_FOUND
    alike: Found | None = None
    held: Row = field(default_factory=dict)
    _mark: bytes = b""

    @property
    def asks_the_same(self) -> bool:
        """Tell whether it still asks what it asked when the last import had brought it in."""
        return self.asks_as(self.recalled.entry)

    def asks_as(self, entry: Entry | None) -> bool:
        """Tell whether it asks what it asked when this was kept of it."""
        if entry is None:
            return False
        self._mark = self._mark or marks.asked(self.wanted.record)
        return entry.asked == self._mark


class Candidates:
    """Tells which posts of the site records are, by the journal and by what exists."""

    def __init__(self, site: Site, builder: Builder, recall: Recall) -> None:
        self._site = site
        self._builder = builder
        self._recall = recall

    def make(self, post: Post) -> Candidate:
        """Give a record with what the site should hold for it. Raises SiteError."""
        if post.type == REVISION:
            self._site.held.take_revisions()
        losses: list[Finding] = []
        wanted = self._builder.build(post, losses.append)
        return Candidate(post, wanted, self._identity(post, wanted), losses)

    def look_ahead(self, candidates: Sequence[Candidate]) -> None:
        """Compare texts with the posts that records most likely are, whatever is decided then."""
        pairs = []
        for each in candidates:
            entry = self._recall.entry(each.post)
            found = None if entry else self._alike(each).post
            number = entry.id if entry else found.id if found else 0
            if number and not each.asks_as(entry):
                pairs.append((each, number))
        asked = [(number, each.wanted.record) for each, number in pairs]
        for (each, _), held in zip(pairs, self._site.held.beside(asked), strict=True):
            each.held = held

    def find(self, candidate: Candidate) -> None:
        """Say which post a record is, as far as that can be told without its texts."""
        post, identity = candidate.post, candidate.identity
        candidate.recalled = self._recall.recall(post, identity, _nothing_to_wait_for)
        candidate.found = self._found(candidate)

    def same_content(self, candidate: Candidate) -> Found:
        """Return the one post without slug, or for a record without, that has its content."""
        record = candidate.wanted.record
        fits = [
            post
            for post in candidate.found.likely
            if self._with_content(candidate, post.id)["content"] == record.get("content", "")
        ]
        date = record.get("date")
        if len(fits) != 1 and date:
            fits = [post for post in fits or candidate.found.likely if post.date == date]
        if len(fits) > 1:
            ids = ", ".join(str(post.id) for post in fits)
            return Found(conflict=f"several posts of the site have this title and content: {ids}")
        return Found(fits[0] if fits else None)

    def has_texts(self, candidate: Candidate, number: int) -> bool:
        """Tell whether a post has the title and the content of a record."""
        record, held = candidate.wanted.record, self._with_content(candidate, number)
        return all(record.get(name, "") == held[name] for name in ("title", "content"))

    def beside(self, candidate: Candidate, number: int) -> Row:
        """Give what the site holds of a post, with the texts that a record says something of."""
        if candidate.held.get("id") != str(number):
            (candidate.held,) = self._site.held.beside([(number, candidate.wanted.record)])
        return candidate.held

    def _with_content(self, candidate: Candidate, number: int) -> Row:
        """Return what the site holds of a post; of a record that states none, it is empty."""
        record = {"content": ""} | candidate.wanted.record
        return self._site.held.beside([(number, record)])[0]

    def _identity(self, post: Post, wanted: Wanted) -> Identity:
        record, home = wanted.record, self._site.home
        link, kind = post.link or "", kind_name(post)
        own = stored.same_site(link, home)
        return Identity(
            type=kind,
            statuses=wanted.status.same if wanted.status else frozenset({"draft"}),
            title=stored.title(post.title or ""),
            id=(post.id or 0) if own else 0,
            path=stored.path(link, home),
            slug=stored.slug_of_row(record.get("slug", "")),
            date=record.get("date", ""),
            date_gmt=record.get("date_gmt", ""),
            flat=kind not in self._site.companion.hierarchical,
            own=own,
            parent=int(record.get("parent", 0)),
        )

    def _found(self, candidate: Candidate) -> Found:
        """Give which post a record is: by the journal, else by what exists."""
        identity, recalled = candidate.identity, candidate.recalled
        if recalled.conflict:
            return Found(conflict=recalled.conflict)
        if recalled.post:
            found = Found(recalled.post)
            return found if recalled.taken_back else not_in_trash(identity, found)
        found = self._alike(candidate)
        others = self._recall.belongs_to_another
        likely = [post for post in found.likely if not others(recalled.key, post)]
        return found._replace(likely=tuple(likely))

    def _alike(self, candidate: Candidate) -> Found:
        if candidate.alike is None:
            candidate.alike = recognise(candidate.identity, self._site.index)
        return candidate.alike


def _nothing_to_wait_for() -> None:
    """What the site still had to store is there: `Held` was taken after it had settled."""
