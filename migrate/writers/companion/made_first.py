"""MadeFirst: terms and files that have to be there before the records that name them."""

from __future__ import annotations

from typing import NamedTuple

from migrate.live.api import Row
from migrate.model.finding import Finding, Note
from migrate.model.post import Post, RecordRef
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import DONE, FAILED, SiteHistory
from migrate.writers.companion.files import Files
from migrate.writers.companion.sender import Sender
from migrate.writers.companion.terms import PlannedTerm
from migrate.writers.companion.wanted import Builder, Wanted
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.media.item import ATTACHMENT
from migrate.writers.rest.media.media import Media
from migrate.writers.rest.media.shelf import FIELDS

__all__ = ["MadeFirst", "Uploads"]


class Uploads(NamedTuple):
    """Who brings the files that posts name, and who those of attachments that are records."""

    media: Media
    files: Files


class MadeFirst:
    """Makes them when they are asked for, each once."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        uploads: Uploads,
        sender: Sender,
        history: SiteHistory,
        note: Note,
    ) -> None:
        self._connection = connection
        self._terms = builder.terms
        self._media, self._files = uploads
        self._builder = builder
        self._numbers = builder.numbers
        self._sender = sender
        self._history = history
        self._note = note
        self._has_terms = False

    def terms(self) -> None:
        """Make and change all terms of the plan, parents first. Raises SiteError."""
        if self._has_terms:
            return
        self._has_terms = True
        planned = self._terms.planned()
        steps = [self._history.intend(_step(each)) for each in planned]
        lines = [
            {
                "kind": "term",
                "key": self._sender.key(f"{each.term.taxonomy} {each.term.slug}"),
                "record": each.record(),
            }
            for each in planned
        ]
        answers = self._sender.send(lines) if lines else []
        for each, step, told in zip(planned, steps, answers, strict=True):
            self._settle(each, step, told)

    def files(self, post: Post) -> Wanted:
        """Give what the site should hold for a record, after uploading what it names.

        Raises SiteError.
        """
        wanted = self._builder.build(post, _said_before)
        for item in wanted.items:
            if item.is_record and not item.row:
                item.row = self._attachment(self._numbers.of(item.source_id))
            elif not item.is_record:
                item.needed = True
                self._media.bring(item, b"")
        if not wanted.items:
            return wanted
        return self._builder.build(post, _said_before, final=True)

    def file(self, post: Post) -> bool:
        """Bring an attachment's own file; gives whether sizes of it have yet to be made."""
        return self._files.bring(post)

    def make_sizes(self, number: int) -> str:
        """Have the site make the sizes of a picture; gives the digest of its record then."""
        return self._files.make_sizes(number)

    def _attachment(self, number: int) -> Row:
        route = self._connection.route(ATTACHMENT)
        asked: dict[str, str | int] = {"context": "edit", "include": number, "_fields": FIELDS}
        return next(iter(self._connection.api.rows(route, asked)), {})

    def _settle(self, planned: PlannedTerm, step: int, told: Row) -> None:
        if told.get("status") == "failed":
            reason = str(told.get("error", ""))
            if not told.get("unclear"):
                self._history.settle(step, FAILED)
            planned.action.verb, planned.action.reason = "failed", reason
            record = RecordRef(planned.term.taxonomy, "", planned.action.slug)
            message = f"a term of {planned.term.taxonomy}: {reason}"
            self._note(
                Finding("target-record-failed", message, record=record, field=planned.term.taxonomy)
            )
            return
        number = int(told["id"])
        self._history.settle(step, DONE, number)
        self._terms.made(planned.term, number)


def _step(planned: PlannedTerm) -> Step:
    term, held = planned.term, planned.held
    slug = marks.storable(term.slug)
    if held is None:
        return Step("", "create", term.taxonomy, slug=slug, object="term")
    earlier = marks.as_json({"name": held.name, "description": held.description})
    return Step("", "update", term.taxonomy, held.id or 0, slug, earlier=earlier, object="term")


def _said_before(_finding: Finding) -> None:
    """Planning has noted what is lost."""
