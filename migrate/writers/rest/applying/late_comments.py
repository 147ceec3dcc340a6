"""Late comments: made once their posts are there, each in a request of its own.

The REST API takes no comments in batches, so several connections share them; an answer comes after
what it answers. No comment is made twice: what the journal or the site knows is told first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from msgspec import Struct, field

from migrate.errors import AnswerError
from migrate.live.answer import plain_text
from migrate.live.api import Row
from migrate.live.shapes import OddAnswerError
from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.plan.comments import NO_ADDRESS, Todo, changed_by_site, held, todo, told, value
from migrate.plan.compare import COMMENTS
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import DONE, FAILED, SiteHistory
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.comment_sender import CommentSender, Sent
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.comments import known, on_posts
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.new_users import NewUsers
from migrate.writers.rest.rows import listed_fields

__all__ = ["LateComments", "OpenForComments"]

_CONNECTIONS: Final = 3
_CLOSED: Final = "rest_comment_closed"
_REOPEN: Final = "Switch off Settings → Discussion → Automatically close comments, then run again"


class OpenForComments:
    """A Resolver: a post that takes no comments takes none of its own either, until they are in."""

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Never."""
        del sending, ahead
        return False

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Have posts made open that have comments; LateComments closes them."""
        for sending in batch:
            if sending.decision.verb == "create" and COMMENTS in sending.later:
                sending.fields["comment_status"] = "open"


class _Thread(Struct):
    """The comments of one record, and which of them are on the site by now."""

    sending: Sending
    open: list[Todo]
    numbers: dict[int, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def ready(self) -> list[Todo]:
        """Take those whose parents are there, or won't be."""
        waiting = {todo.wanted["id"] for todo in self.open}
        found = [todo for todo in self.open if todo.wanted["parent"] not in waiting]
        self.open = [todo for todo in self.open if todo not in found]
        return found


class _Job(Struct):
    """One request: what is sent, and its number in the journal."""

    thread: _Thread
    each: Todo
    body: dict[str, Any] = field(default_factory=dict)
    number: int = 0


class LateComments:
    """A FollowUp."""

    def __init__(
        self, connection: Connection, history: SiteHistory, new_users: NewUsers, note: Note
    ) -> None:
        self._connection = connection
        self._history = history
        self._new_users = new_users
        self._note = note
        self._sender = CommentSender(connection)

    def work(self, batch: Sequence[Sending]) -> None:
        """Leave nothing to other threads."""

    def after(self, batch: Sequence[Sending]) -> None:
        """Make the comments of records, and change those that are there."""
        talked = [sending for sending in batch if COMMENTS in sending.later]
        if not talked:
            return
        threads = self._threads(talked)
        closed = {id(each): each for each in talked if each.row.get("comment_status") != "open"}
        for sending in closed.values():
            self._set_status(sending, "open")
        while any(thread.open for thread in threads):
            self._wave(threads)
        for sending in talked:
            status = "closed" if id(sending) in closed else _wanted_status(sending)
            if status != sending.row.get("comment_status"):
                self._set_status(sending, status)
            if "comment_status" in sending.fields:
                sending.fields["comment_status"] = status

    def finish(self) -> Iterator[Action]:
        """Do nothing: comments belong to their posts."""
        return iter(())

    def _threads(self, talked: Sequence[Sending]) -> list[_Thread]:
        """Compare what records say with what their posts have, unless we have just made them."""
        there = [int(each.row["id"]) for each in talked if each.before]
        rows = on_posts(self._connection, there) if there else {}
        threads: list[_Thread] = []
        for sending in talked:
            there_now = rows.get(int(sending.row["id"]), [])
            past = known(self._history, sending.decision.key) if sending.before else {}
            found = todo(sending.later[COMMENTS], there_now, past)
            numbers = {each.wanted["id"]: each.id for each in found if each.id}
            todos = [each for each in found if not each.is_done]
            threads.append(_Thread(sending, todos, numbers, there_now))
        return threads

    def _wave(self, threads: Sequence[_Thread]) -> None:
        """Send all comments whose parents are there, several at a time, then their statuses."""
        jobs = [_Job(thread, each) for thread in threads for each in thread.ready()]
        for job in jobs:
            self._intend(job)
        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            answers = list(pool.map(self._send, jobs))
        self._set_comments_statuses(jobs, answers)
        for job, sent in zip(jobs, answers, strict=True):
            self._settle(job, sent)

    def _set_comments_statuses(self, jobs: Sequence[_Job], answers: Sequence[Sent]) -> None:
        """Set the statuses that comments didn't get; WordPress filters their texts anew then."""
        statuses: dict[int, str] = {}
        posts: set[int] = set()
        for job, sent in zip(jobs, answers, strict=True):
            if sent.row and job.body.get("status", "") not in {"", told(sent.row)}:
                statuses[int(sent.row["id"])] = job.body["status"]
                posts.add(int(job.thread.sending.row["id"]))
        if not statuses:
            return
        refused = self._sender.set_statuses(statuses)
        found = on_posts(self._connection, sorted(posts))
        now = {int(row["id"]): row for rows in found.values() for row in rows}
        for sent in answers:
            number = int(sent.row["id"]) if sent.row else 0
            if number in refused:
                sent.left_out = (*sent.left_out, "status")
            elif number in statuses:
                sent.row = now.get(number, sent.row)

    def _send(self, job: _Job) -> Sent:
        return self._sender.send(job.thread.rows, job.each.id, job.body)

    def _intend(self, job: _Job) -> None:
        """Keep what is about to be asked."""
        each, thread = job.each, job.thread
        job.body = self._body(thread, each)
        before = next((row for row in thread.rows if int(row["id"]) == each.id), {})
        step = Step(
            f"{thread.sending.decision.key}#comment:{each.wanted['id']}",
            "update" if each.id else "create",
            "comment",
            each.id,
            title=marks.asked(each.wanted),
            earlier=_earlier(job.body, before) if before else "",
            object="comment",
        )
        job.number = self._history.intend(step)

    def _body(self, thread: _Thread, each: Todo) -> dict[str, Any]:
        """Return the fields of a request; of a comment that is there, those that differ."""
        fields = dict(each.wanted)
        del fields["id"]
        fields["parent"] = thread.numbers.get(fields["parent"], 0)
        if "author" in fields:
            fields["author"] = self._new_users.ensure(fields["author"])
        if each.id:
            return {name: held for name, held in fields.items() if name in each.fields}
        return fields | {"post": int(thread.sending.row["id"])}

    def _settle(self, job: _Job, sent: Sent) -> None:
        sending = job.thread.sending
        if sent.row is None:
            self._history.settle(job.number, FAILED)
            sending.complete = sending.complete and sent.is_final
            fix = _REOPEN if sent.code == _CLOSED else ""
            message = f"a comment wasn't stored: {plain_text(sent.reason)}"
            self._note(finding("loss-field-refused", message, sending.post, COMMENTS, fix=fix))
            return
        number = job.thread.numbers[job.each.wanted["id"]] = int(sent.row["id"])
        row = sent.row
        self._history.settle(job.number, DONE, number, held(row))
        for name in sent.left_out:
            message = f"the site refused the {name} of a comment"
            self._note(finding("loss-field-refused", message, sending.post, f"{COMMENTS}.{name}"))
        user = {"author": job.body["author"]} if "author" in job.body else {}
        for name in changed_by_site({**job.each.wanted, **user}, row, job.thread.numbers):
            if name not in sent.left_out:
                message = f"the site stored another {name} of a comment"
                field_name = f"{COMMENTS}.{name}"
                self._note(finding("loss-field-changed", message, sending.post, field_name))

    def _set_status(self, sending: Sending, status: str) -> None:
        """Open a post for comments, or close it; what can't be opened shows in the comments."""
        route, taxonomy_fields = sending.kind.route, self._connection.taxonomy_fields(sending.kind)
        try:
            sending.row |= self._connection.post(
                f"{route}/{sending.row['id']}",
                {"comment_status": status},
                f"{listed_fields(taxonomy_fields)},comment_status",
            )
        except (AnswerError, OddAnswerError) as error:
            message = f"its comments couldn't be set to {status}: {error.message}"
            self._note(finding("loss-field-refused", message, sending.post, "comment_status"))


def _earlier(body: dict[str, Any], before: Row) -> str:
    """Return what is going to be replaced; without its address, WordPress would take ours."""
    address = before.get("author_ip") or NO_ADDRESS
    return marks.as_json({name: value(before, name) for name in body} | {"author_ip": address})


def _wanted_status(sending: Sending) -> str:
    """Return whether a post is to take comments: as it asks, else as it did."""
    stated = sending.wanted.fields.get("comment_status")
    return str(stated or sending.before.get("comment_status") or "open")
