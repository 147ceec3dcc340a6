"""Applying: carries out what was decided through the companion, a group of records at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field

from migrate.live.api import Row
from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan.decision import Decision, mark
from migrate.plan.journal import marks
from migrate.writers.companion.books import MODIFIED, Books, Stored
from migrate.writers.companion.comments import agreed, to_send
from migrate.writers.companion.differing import changes
from migrate.writers.companion.held import Site
from migrate.writers.companion.made_first import MadeFirst
from migrate.writers.companion.numbers import Reference, references, with_number
from migrate.writers.companion.sender import Sender
from migrate.writers.companion.wanted import Builder, Wanted
from migrate.writers.rest.actions import action, finding
from migrate.writers.rest.media.item import ATTACHMENT

__all__ = ["Applier"]


class _Going(Struct):
    """A record on its way; `ended` is what became of it where it isn't sent at all.

    `held` is the post that it changes, `open` are numbers in it that aren't known for sure yet,
    with those that are sent.
    """

    post: Post
    decision: Decision
    wanted: Wanted
    record: Row = field(default_factory=dict)
    held: Row = field(default_factory=dict)
    open: Sequence[tuple[Reference, int]] = ()
    number: int = 0
    needs_sizes: bool = False
    ended: Action | None = None

    @property
    def size(self) -> int:
        return len(self.post.content or b"")


class _Late(NamedTuple):
    """A post that names another one which wasn't there yet.

    Its `field` means the record with the ID `means` in the source, and `sent` is what stands there.
    """

    key: str
    number: int
    field: str
    means: int
    sent: int


class Applier:
    """Does what was decided and nothing else; what fails for one record leaves the others alone."""

    def __init__(
        self,
        site: Site,
        builder: Builder,
        sender: Sender,
        books: Books,
        first: MadeFirst,
        note: Note,
    ) -> None:
        self._held = site.held
        self._index = site.index
        self._builder = builder
        self._numbers = builder.numbers
        self._sender = sender
        self._books = books
        self._first = first
        self._note = note
        self._late: list[_Late] = []

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided, giving each action when it is done, in order. Raises SiteError."""
        self._first.terms()
        group: list[_Going] = []
        size = 0
        for post, decision in steps:
            if group and group[-1].post.type == ATTACHMENT != post.type:
                yield from self._send(group)  # others name them by what they are on the site
                group, size = [], 0
            going = self._begin(post, decision)
            portion = self._sender.portion
            if group and (len(group) >= portion.records or size + going.size > portion.text):
                yield from self._send(group)
                group, size = [], 0
            group.append(going)
            size += going.size
        yield from self._send(group)

    def finish(self) -> Iterator[Action]:
        """Put numbers right of posts that came later and got another one. Raises SiteError."""
        self._first.terms()
        wrong = [each for each in self._late if self._numbers.of(each.means) != each.sent]
        for each in wrong:
            record = with_number({}, each.field, self._numbers.of(each.means))
            line = {"key": self._sender.key(each.key), "id": str(each.number), "record": record}
            (told,) = self._sender.send([line])
            if told.get("status") == "updated":
                self._books.put_right(each.key, marks.whole(str(told["digest"])))
        self._sender.end()
        return iter(())

    def _begin(self, post: Post, decision: Decision) -> _Going:
        if mark(post) != decision.mark:
            self._note(finding("source-changed", "it isn't what was planned any more", post))
            ended = action("skip", post, "it changed since it was planned")
            return _Going(post, decision, Wanted({}, None), ended=ended)
        going = _Going(post, decision, Wanted({}, None))
        if post.type == ATTACHMENT:
            going.needs_sizes = self._first.file(post)
        going.wanted = self._first.files(post)
        going.record = self._builder.settled(going.wanted)
        held = going.held = self._before(going) if decision.verb == "update" else {}
        if held:
            names = {*decision.fields, *MODIFIED}  # or WordPress takes the time of the request
            going.record = {n: v for n, v in going.record.items() if n in names}
            if "comments" in going.record:
                said, known = going.record["comments"], self._books.comments(decision.site_id)
                going.record["comments"] = list(to_send(said, held["comments"], known))
        going.open = [
            (each, self._numbers.of(each.number))
            for each in references(post)
            if not each.taxonomy and self._is_unsure(each.number)
        ]
        return going

    def _before(self, going: _Going) -> Row:
        """Give the post that a record changes; with its comments where one may be in conflict."""
        number, fields = going.decision.site_id, going.decision.fields
        said, known = going.wanted.record.get("comments", ()), self._books.comments(number)
        is_new = bool(known) and agreed(said) != known
        return self._held.before(number, (*fields, "comments") if is_new else fields)

    def _is_unsure(self, number: int) -> bool:
        return self._numbers.knows(number) and not self._numbers.is_stored(number)

    def _send(self, group: Sequence[_Going]) -> Iterator[Action]:
        going = [each for each in group if each.ended is None]
        with self._books.at_once():
            for each in going:
                self._intend(each)
        answers = self._sender.send([self._line(each) for each in going]) if going else []
        sizes = {
            id(each): self._sized(each, told) for each, told in zip(going, answers, strict=True)
        }
        with self._books.at_once():
            for each, told in zip(going, answers, strict=True):
                each.ended = self._ended(each, told | sizes[id(each)])
        for each in group:
            assert each.ended is not None  # whoever wasn't sent has ended before
            yield each.ended

    def _intend(self, going: _Going) -> None:
        key = going.decision.key
        if going.held:
            going.number = self._books.updating(key, going.decision.fields, going.held)
        else:
            going.number = self._books.creating(key, going.record, self._index.highest_id())

    def _line(self, going: _Going) -> dict[str, Any]:
        key = self._sender.key(going.decision.key)
        line: dict[str, Any] = {"key": key, "record": going.record}
        return line | ({"id": going.held["id"]} if going.held else {})

    def _sized(self, going: _Going, told: Row) -> Row:
        """Have sizes made of a picture that is there; gives what changes in the answer then."""
        if not going.needs_sizes or told.get("status") == "failed":
            return {}
        digest = self._first.make_sizes(int(told["id"]))
        return {"digest": digest} if digest else {}

    def _ended(self, going: _Going, told: Row) -> Action:
        """Keep what became of a record, and give its action."""
        post, decision = going.post, going.decision
        if told.get("status") == "failed":
            reason = str(told.get("error", ""))
            if not told.get("unclear"):
                self._books.refused(going.number)
            self._note(finding("target-record-failed", reason, post, "title"))
            return action("failed", post, reason)
        number = int(told["id"])
        if post.id:
            self._numbers.place(post.id, number, stored=True)
        for named, sent in going.open:
            self._late.append(_Late(decision.key, number, named.field, named.number, sent))
        self._agree(going, told)
        link = str(told["record"].get("link", ""))
        if not going.held:
            if post.id and post.id != number:
                self._note(finding("loss-id", f"its ID {post.id} isn't kept", post, "id"))
            return action("create", post, link=link, public=decision.public)
        names = decision.fields
        done = action("update", post, decision.reason, link=link, public=decision.public)
        done.changes = changes(names, going.wanted.record, going.held)
        return done

    def _agree(self, going: _Going, told: Row) -> None:
        mark = marks.whole(str(told["digest"]))
        comments = going.held.get("comments", ())
        there = Stored({**told["record"], "id": told["id"]}, mark, comments)
        key, asked = going.decision.key, going.wanted.record
        self._books.agreed(key, going.post, asked, there, going.number)
