"""Applying: carries out what was decided, record by record, and reads each answer back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from migrate.errors import AnswerError, SiteError, SiteLost
from migrate.live.answer import plain_text
from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan.compare import META, changes, differing
from migrate.plan.decision import Decision, mark
from migrate.plan.journal.history import SiteHistory
from migrate.writers.rest.actions import action, finding, is_public, kind_name
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.payload import Builder, Wanted
from migrate.writers.rest.readback import became_another, differences
from migrate.writers.rest.sender import Sender
from migrate.writers.rest.terms import Terms

__all__ = ["Applier"]

_ANOTHER_SLUG: Final = "The site refuses the slug by its own rules: give the record another one"


class Applier:
    """Does what was decided and nothing else; what fails for one record leaves the others alone."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        terms: Terms,
        history: SiteHistory,
        note: Note,
    ) -> None:
        self._books = Bookkeeper(connection, history)
        self._connection = connection
        self._builder = builder
        self._terms = terms
        self._sender = Sender(connection)
        self._note = note

    def apply(self, posts: Sequence[Post], decisions: Sequence[Decision]) -> Iterator[Action]:
        """Do what was decided, giving each action when it is done.

        Raises SiteLost where the site went away after something was changed, SiteError before.
        """
        try:
            for post, decision in zip(posts, decisions, strict=True):
                yield self._one(post, decision)
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
        try:
            if decision.verb == "create":
                return self._create(post, kind, wanted, decision.key)
            return self._update(post, kind, wanted, decision)
        except AnswerError as error:
            return self._failed(post, error.message)

    def _nothing(self, post: Post, decision: Decision) -> Action:
        listed = self._connection.index.by_id(decision.site_id)
        link = listed.link if listed else ""
        return action(decision.verb, post, decision.reason, link=link, public=decision.public)

    def _create(self, post: Post, kind: Kind, wanted: Wanted, key: str) -> Action:
        asked = self._with_terms(post, wanted, tuple(wanted.fields))
        fields = self._builder.for_creating(asked)
        trashed = fields.get("status") == "trash"
        number = self._books.creating(key, kind, asked)
        with self._noting(number):
            row, refused = self._sender.create(
                kind, fields | ({"status": "draft"} if trashed else {})
            )
        if became_another(fields, row):
            return self._take_back(post, kind, row, number)
        if trashed:
            row = self._sender.trash(kind, int(row["id"]))
        self._books.agreed(key, post, kind, _settled(asked, wanted), row, number)
        self._read_back(post, wanted, fields, row, refused)
        return _done("create", post, "", row, row)

    def _update(self, post: Post, kind: Kind, wanted: Wanted, decision: Decision) -> Action:
        before = self._sender.rows(kind, [decision.site_id]).get(decision.site_id)
        if before is None:
            return self._failed(post, f"post {decision.site_id} of the site is gone")
        decided = {name: wanted.fields[name] for name in decision.fields if name in wanted.fields}
        names = tuple(differing(decided, before, wanted.status))
        if not names:
            self._books.agreed(decision.key, post, kind, wanted.fields, before)
            return _done("unchanged", post, "the site holds the same by now", before, before)
        fields = self._with_terms(post, wanted, names)
        asked = _settled(wanted.fields | fields, wanted)
        number = self._books.updating(decision.key, kind, fields, before)
        row, refused = self._change(kind, fields, before, number)
        if became_another(fields, row):
            row, asked = self._old_slug(post, kind, fields, before), {}
        self._books.agreed(decision.key, post, kind, asked, row, number)
        self._read_back(post, wanted, fields, row, refused)
        done = _done("update", post, f"differing: {', '.join(names)}", row, before)
        done.changes = changes(names, wanted.fields, before)
        return done

    def _change(
        self, kind: Kind, fields: dict[str, Any], before: Row, number: int
    ) -> tuple[Row, dict[str, str]]:
        """Send what changes; into the trash is a step of its own."""
        post_id = int(before["id"])
        sent = {name: held for name, held in fields.items() if held != "trash" or name != "status"}
        with self._noting(number):
            row, refused = self._sender.update(kind, post_id, sent) if sent else (before, {})
        if sent != fields:
            row = self._sender.trash(kind, post_id)
        return row, refused

    def _with_terms(self, post: Post, wanted: Wanted, names: tuple[str, ...]) -> dict[str, Any]:
        """Return the fields to send, the terms among them made."""
        fields = {name: wanted.fields[name] for name in names}
        for name in wanted.term_fields:
            if name in fields:
                numbers = fields[name]
                fields[name] = self._terms.ensure(numbers)
                if len(fields[name]) < len(numbers):
                    reason = "a term that couldn't be made is missing"
                    self._note(finding("loss-field-refused", reason, post, name))
        return fields

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

    def _old_slug(self, post: Post, kind: Kind, fields: dict[str, Any], before: Row) -> Row:
        """Give a post its former slug back, since the new one is taken."""
        fields.pop("slug")
        reason = "the site didn't take the new slug, so it keeps the former one"
        self._note(finding("target-conflict", reason, post, "slug", fix=_ANOTHER_SLUG))
        return self._sender.update(kind, int(before["id"]), {"slug": before["slug"]})[0]

    def _read_back(
        self,
        post: Post,
        wanted: Wanted,
        fields: dict[str, Any],
        row: Row,
        refused: dict[str, str],
    ) -> None:
        for name, reason in refused.items():
            message = f"the site refused it: {plain_text(reason)}"
            self._note(finding("loss-field-refused", message, post, name.removeprefix(META)))
        sent = {name: held for name, held in fields.items() if name not in refused}
        for found in differences(post, sent, row, wanted.status, self._connection.facts):
            self._note(found)

    def _failed(self, post: Post, reason: str) -> Action:
        self._note(finding("target-record-failed", reason, post, "title"))
        return action("failed", post, reason)


def _done(verb: Verb, post: Post, reason: str, row: Row, before: Row) -> Action:
    public = is_public(before) and is_public(row)
    return action(verb, post, reason, link=str(row.get("link", "")), public=public)


def _settled(asked: Mapping[str, Any], wanted: Wanted) -> Mapping[str, Any]:
    """Return what a record asks for, its terms made; nothing where some couldn't be made.

    The next run then compares values, and tries again.
    """
    missing = any(len(asked[name]) < len(wanted.fields[name]) for name in wanted.term_fields)
    return {} if missing else asked


def _said_before(_finding: object) -> None:
    """Planning has noted what is lost; building a payload again says nothing new."""
