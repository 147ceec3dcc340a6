"""Preparing: records become what is sent, and the journal hears of it before the site does."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.plan.compare import differing
from migrate.plan.decision import Decision, mark
from migrate.writers.rest.actions import action, finding, kind_name
from migrate.writers.rest.applying.along import sent_along
from migrate.writers.rest.applying.lookup import Lookup
from migrate.writers.rest.applying.readback import done
from migrate.writers.rest.applying.sending import Resolver, Sending, by_kind
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.payload import Builder

__all__ = ["Preparer"]


class Preparer:
    """Makes records ready to go, a batch at a time."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        books: Bookkeeper,
        lookup: Lookup,
        note: Note,
        resolvers: Sequence[Resolver],
    ) -> None:
        self._connection = connection
        self._builder = builder
        self._books = books
        self._lookup = lookup
        self._note = note
        self._resolvers = resolvers

    def begin(self, post: Post, decision: Decision) -> Sending | Action:
        """Give a record as it is to be sent, or what became of it where nothing is."""
        if mark(post) != decision.mark:
            self._note(finding("source-changed", "it isn't what was planned any more", post))
            return action("skip", post, "it changed since it was planned")
        kind = self._connection.kind(kind_name(post))
        if kind is None or decision.verb not in {"create", "update"}:
            listed = self._connection.index.by_id(decision.site_id)
            link = listed.link if listed else ""
            return action(decision.verb, post, decision.reason, link=link, public=decision.public)
        losses: list[Finding] = []  # planning has noted them: building again says nothing new
        wanted = self._builder.build(post, kind, losses.append)
        fields = dict(wanted.fields)
        return Sending(post, decision, kind, wanted, fields, is_whole=not losses)

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Tell whether a record needs one of those `ahead` of it (keys) to be stored."""
        return any(resolver.must_wait(sending, ahead) for resolver in self._resolvers)

    def prepare(self, batch: Sequence[Sending]) -> dict[int, Action]:
        """Make records ready, and note them in the journal as about to be sent.

        Gives what became of those, by their place, with which nothing is to be done after all.
        """
        self._fetch(batch)
        settled = {place: found for place, each in enumerate(batch) if (found := self._still(each))}
        going = [sending for place, sending in enumerate(batch) if place not in settled]
        for resolver in self._resolvers:
            resolver.resolve(going)
        highest = self._connection.index.highest_id()
        with self._books.at_once():
            for sending in going:
                sending.after = highest
                sending.sent = self._sent(sending)
                sending.number = self._intend(sending)
                if not sending.sent:  # what it changes comes later
                    sending.row = sending.before
        return settled

    def _fetch(self, batch: Sequence[Sending]) -> None:
        """Get the posts that are updated, as they are now."""
        updated = [sending for sending in batch if sending.decision.verb == "update"]
        for kind, sendings in by_kind(updated):
            rows = self._lookup.rows(kind, [sending.decision.site_id for sending in sendings])
            for sending in sendings:
                sending.before = rows.get(sending.decision.site_id, {})

    def _still(self, sending: Sending) -> Action | None:
        """Narrow an update to what still differs; give its action where that is nothing."""
        post, decision, wanted = sending.post, sending.decision, sending.wanted
        if decision.verb == "create":
            return None
        if not sending.before:
            reason = f"post {decision.site_id} of the site is gone"
            self._note(finding("target-record-failed", reason, post, "title"))
            return action("failed", post, reason)
        decided = {name: wanted.fields[name] for name in decision.fields if name in wanted.fields}
        names = differing(decided, sending.before, wanted.status)
        sending.names = (*names, *sending.later)
        sending.fields = {name: decided[name] for name in names}
        if names or sending.later:
            return None
        sending.row = sending.before
        asked = wanted.asked
        self._books.agreed(decision.key, post, sending.kind, asked, sending.row)
        return done("unchanged", sending, "the site holds the same by now")

    def _intend(self, sending: Sending) -> int:
        key, kind, fields = sending.decision.key, sending.kind, sending.fields
        if sending.creates:
            return self._books.creating(key, kind, fields, sending.after)
        return self._books.updating(key, kind, fields, sending.before)

    def _sent(self, sending: Sending) -> dict[str, object]:
        """Return the fields as they go; into the trash is a step of its own."""
        if sending.creates:
            fields = self._builder.for_creating(sending.fields)
            return fields | ({"status": "draft"} if sending.trashes else {})
        held = sending.fields.items()
        sent = {name: value for name, value in held if name != "status" or value != "trash"}
        zone = self._connection.facts.zone
        return sent and sent | sent_along(sending.wanted.fields, sending.before, zone)
