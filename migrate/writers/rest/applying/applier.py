"""Applying: carries out what was decided, record by record, and reads each answer back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from migrate.errors import AnswerError, SiteError, SiteLost
from migrate.live.answer import plain_text
from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.compare import META, changes, differing
from migrate.plan.decision import Decision, mark
from migrate.plan.journal.history import SiteHistory
from migrate.writers.rest.actions import action, finding, is_public, kind_name
from migrate.writers.rest.applying.along import sent_along
from migrate.writers.rest.applying.readback import became_another, differences
from migrate.writers.rest.applying.sender import Sender
from migrate.writers.rest.applying.sending import FollowUp, Resolver, Sending
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.payload import Builder

__all__ = ["Applier"]

_ANOTHER_SLUG: Final = "The site refuses the slug by its own rules: give the record another one"


class Applier:
    """Does what was decided and nothing else; what fails for one record leaves the others alone."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        history: SiteHistory,
        note: Note,
        *,
        resolvers: Sequence[Resolver] = (),
        follow_ups: Sequence[FollowUp] = (),
    ) -> None:
        self._books = Bookkeeper(connection, history)
        self._connection = connection
        self._builder = builder
        self._sender = Sender(connection)
        self._note = note
        self._resolvers = resolvers
        self._follow_ups = follow_ups

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided, giving each action when it is done, in order.

        Raises SiteLost where the site went away after something was changed, SiteError before.
        """
        with self.losing():
            for post, decision in steps:
                yield self._one(post, decision)

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record. Raises as `apply`."""
        with self.losing():
            for follow_up in self._follow_ups:
                yield from follow_up.finish()

    @contextmanager
    def losing(self) -> Iterator[None]:
        """Say whether something was changed already, where the site goes away."""
        try:
            yield
        except SiteError as error:
            if not self._connection.changed:
                raise
            raise SiteLost(
                f"the site went away: {error.message}",
                path=error.path,
                fix="Run again when it is back: what went in is recognised",
            ) from error

    def _one(self, post: Post, decision: Decision) -> Action:
        if mark(post) != decision.mark:
            self._note(finding("source-changed", "it isn't what was planned any more", post))
            return action("skip", post, "it changed since it was planned")
        kind = self._connection.kind(kind_name(post))
        if kind is None or decision.verb not in {"create", "update"}:
            return self._nothing(post, decision)
        wanted = self._builder.build(post, kind, _said_before)
        sending = Sending(post, decision, kind, wanted, dict(wanted.fields))
        try:
            if decision.verb == "create":
                return self._create(sending)
            return self._update(sending)
        except AnswerError as error:
            return self._failed(post, error.message)

    def _nothing(self, post: Post, decision: Decision) -> Action:
        listed = self._connection.index.by_id(decision.site_id)
        link = listed.link if listed else ""
        return action(decision.verb, post, decision.reason, link=link, public=decision.public)

    def _resolve(self, sending: Sending) -> None:
        for resolver in self._resolvers:
            resolver.resolve([sending])

    def _settle(self, sending: Sending, number: int) -> None:
        """Have the follow-ups do their part, then keep how both sides agree."""
        for follow_up in self._follow_ups:
            follow_up.after([sending])
        self._books.agreed(
            sending.decision.key,
            sending.post,
            sending.kind,
            sending.asked if sending.complete else {},
            sending.row,
            number,
        )

    def _create(self, sending: Sending) -> Action:
        post, kind = sending.post, sending.kind
        self._resolve(sending)
        fields = self._builder.for_creating(sending.fields)
        trashed = fields.get("status") == "trash"
        number = self._books.creating(sending.decision.key, kind, sending.fields)
        with self._noting(number):
            sending.row, refused = self._sender.create(
                kind, fields | ({"status": "draft"} if trashed else {})
            )
        if became_another(fields, sending.row) and not self._accepts(fields, sending.row):
            return self._take_back(post, kind, sending.row, number)
        if trashed:
            sending.row = self._sender.trash(kind, int(sending.row["id"]))
        self._settle(sending, number)
        self._read_back(sending, fields, refused)
        return _done("create", sending, "", sending.row)

    def _update(self, sending: Sending) -> Action:
        post, kind, wanted = sending.post, sending.kind, sending.wanted
        decision = sending.decision
        before = self._sender.rows(kind, [decision.site_id]).get(decision.site_id)
        if before is None:
            return self._failed(post, f"post {decision.site_id} of the site is gone")
        sending.before = before
        decided = {name: wanted.fields[name] for name in decision.fields if name in wanted.fields}
        names = tuple(differing(decided, before, wanted.status))
        if not names and not sending.later:
            sending.row = before
            self._books.agreed(decision.key, post, kind, wanted.asked, before)
            return _done("unchanged", sending, "the site holds the same by now", before)
        sending.fields = {name: wanted.fields[name] for name in names}
        self._resolve(sending)
        number = self._books.updating(decision.key, kind, sending.fields, before)
        sending.row, refused = self._change(sending, number)
        became = became_another(sending.fields, sending.row)
        if became and not self._accepts(sending.fields, sending.row):
            sending.row, sending.complete = self._old_slug(sending), False
        self._settle(sending, number)
        self._read_back(sending, sending.fields, refused)
        names = (*names, *sending.later)
        done = _done("update", sending, f"differing: {', '.join(names)}", before)
        done.changes = changes(names, wanted.asked, sending.before)
        return done

    def _change(self, sending: Sending, number: int) -> tuple[Row, dict[str, str]]:
        """Send what changes; into the trash is a step of its own."""
        kind, fields, before = sending.kind, sending.fields, sending.before
        post_id = int(before["id"])
        sent = {name: held for name, held in fields.items() if held != "trash" or name != "status"}
        along = sent_along(sending.wanted.fields, before, self._connection.facts.zone)
        with self._noting(number):
            row, refused = (
                self._sender.update(kind, post_id, sent | along) if sent else (before, {})
            )
        if sent != fields:
            row = self._sender.trash(kind, post_id)
        return row, refused

    @contextmanager
    def _noting(self, number: int) -> Iterator[None]:
        """Let the journal know of a request that the site refused.

        Without an answer, or where the site stumbled over it, some of it may be stored.
        """
        try:
            yield
        except AnswerError as error:
            if 0 < error.status < 500:  # noqa: PLR2004 - HTTP's own boundary
                self._books.refused(number)
            raise

    def _take_back(self, post: Post, kind: Kind, row: Row, number: int) -> Action:
        """Delete a post that came out with another slug than it should have."""
        became = f"the site gave it the slug {plain_text(str(row.get('slug', '')))} instead"
        try:
            self._sender.delete(kind, int(row["id"]))
        except AnswerError as error:
            return self._failed(
                post, f"{became}, and post {row['id']} couldn't be deleted: {error.message}"
            )
        self._books.refused(number)
        reason = f"{became}, so it was taken back"
        self._note(finding("target-conflict", reason, post, "slug", fix=_ANOTHER_SLUG))
        return action("conflict", post, reason)

    def _accepts(self, fields: Mapping[str, Any], row: Row) -> bool:
        """Tell whether a post may have the slug that the site gave it: its own with a number."""
        slug = stored.slug(fields.get("slug", ""))
        held = stored.slug_of_row(str(row.get("slug", "")))
        return self._builder.accepts_numbers and stored.numbered(slug, held)

    def _old_slug(self, sending: Sending) -> Row:
        """Give a post its former slug back, since the new one is taken."""
        del sending.fields["slug"]
        reason = "the site didn't take the new slug, so it keeps the former one"
        self._note(finding("target-conflict", reason, sending.post, "slug", fix=_ANOTHER_SLUG))
        slug = {"slug": sending.before["slug"]}
        return self._sender.update(sending.kind, int(sending.before["id"]), slug)[0]

    def _read_back(self, sending: Sending, fields: dict[str, Any], refused: dict[str, str]) -> None:
        post, status = sending.post, sending.wanted.status
        for name, reason in refused.items():
            message = f"the site refused it: {plain_text(reason)}"
            self._note(finding("loss-field-refused", message, post, name.removeprefix(META)))
        sent = {name: held for name, held in fields.items() if name not in refused}
        for found in differences(post, sent, sending.row, status, self._connection.facts):
            self._note(found)

    def _failed(self, post: Post, reason: str) -> Action:
        self._note(finding("target-record-failed", reason, post, "title"))
        return action("failed", post, reason)


def _done(verb: Verb, sending: Sending, reason: str, before: Row) -> Action:
    row = sending.row
    public = is_public(before) and is_public(row)
    return action(verb, sending.post, reason, link=str(row.get("link", "")), public=public)


def _said_before(_finding: object) -> None:
    """Planning has noted what is lost; building a payload again says nothing new."""
