"""Attachments: records of the source that are files of a library themselves.

They are known before anything else is planned, since posts name them by address and by number, and
uploaded before the posts are sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from migrate.errors import AnswerError
from migrate.live.api import Row
from migrate.live.shapes import OddAnswerError
from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.compare import changed_by_site, changes, differing, site_value
from migrate.plan.decision import Decision, mark
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.writers.rest.actions import action, finding, kind_name
from migrate.writers.rest.authors import Authors
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.losses import Losses, OncePerKey
from migrate.writers.rest.media.item import ATTACHMENT, Item
from migrate.writers.rest.media.media import Media
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.outcome import changed_on_both, changed_there, other_id, refused
from migrate.writers.rest.payload import body

__all__ = ["Attachments"]

_ALT: Final = "_wp_attachment_image_alt"
_MADE_ANEW: Final = frozenset(
    {
        *("_wp_attached_file", "_wp_attachment_metadata", "_wp_attachment_backup_sizes"),
        *("_edit_lock", "_edit_last", _ALT),
    }
)
"""Metas that WordPress writes itself for the file that it gets, or that go as a field."""

_UNSENT: Final = ("guid", "menu_order", "password", "comments", "terms")
_ELSEWHERE: Final = (
    "its file isn't here: --fetch-media fetches it, --media-dir names a folder that has it"
)
_OFF: Final = "files are left alone (--no-media)"


class Attachments:
    """Decides about such records, and carries that out."""

    def __init__(
        self,
        connection: Connection,
        media: Media,
        authors: Authors,
        options: ImportOptions,
        history: SiteHistory,
        note: Note,
    ) -> None:
        self._connection = connection
        self._media = media
        self._authors = authors
        self._options = options
        self._history = history
        self._note = OncePerKey(note)
        self._items: dict[bytes, Item] = {}
        self._decided: set[bytes] = set()

    def takes(self, post: Post) -> bool:
        """Tell whether a record is one of these."""
        return kind_name(post) == ATTACHMENT

    def expect(self, posts: Iterable[Post]) -> None:
        """Learn which files the source has as records, so that posts can mean them."""
        if not self._options.media.wanted:
            return
        for post in filter(self.takes, posts):
            if mark(post) not in self._items:
                key = self._connection.index.take_key(self._options.keys.of(post))
                self._items[mark(post)] = self._media.expect(post, key)

    def plan(self, post: Post) -> tuple[Action, Decision]:
        """Give the action and the decision of one record. Raises SiteError."""
        self.expect([post])
        item = self._items.get(mark(post))
        done, fields = self._decide(post, item)
        self._decided.add(mark(post))
        site_id, key = (item.id, item.key) if item else (0, "")
        made = Decision(done.verb, mark(post), site_id, fields, done.reason, done.public, key)
        return done, made

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided. Raises SiteError where the site is gone."""
        for post, decision in steps:
            self.expect([post])
            item = self._items.get(mark(post))
            if item is None or mark(post) != decision.mark:
                self._note(finding("source-changed", "it isn't what was planned any more", post))
                yield action("skip", post, "it changed since it was planned")
            elif decision.verb == "create":
                yield self._create(post, item)
            else:
                yield self._update(post, item, decision)

    def finish(self) -> None:
        """Put attachments below their posts, which are there by now. Raises SiteError."""
        for item in self._items.values():
            parent = self._parent(item)
            if item.made and parent and item.row.get("post") != parent:
                self._media.attach(item, parent)

    def _decide(self, post: Post, item: Item | None) -> tuple[Action, tuple[str, ...]]:
        if item is None:
            return self._refused(post, _OFF), ()
        if mark(post) in self._decided:
            return action("skip", post, "another record is the same"), ()
        if post.status not in {None, "inherit", "private"}:
            return self._refused(post, f"REST takes no attachments of the status {post.status}"), ()
        item.fields = self._fields(post, Losses(post, self._note))
        self._media.look_up(item)
        if not item.row:
            return self._planned(post, item), ()
        taken = self._connection.index.take_post(item.id, post.provenance.path)
        if taken:
            reason = f"{taken} is attachment {item.id} of the site as well"
            self._note(finding("target-conflict", reason, post, "slug"))
            return action("conflict", post, reason), ()
        for found in other_id(post, item.id):
            self._note(found)
        return self._compared(post, item)

    def _planned(self, post: Post, item: Item) -> Action:
        if not (item.path or item.urls):
            return self._refused(post, item.problem or _ELSEWHERE)
        self._connection.account.require(("upload_files",), "to upload media")
        item.needed = True
        self._authors.need(item.fields)
        return action("create", post, public=True)

    def _compared(self, post: Post, item: Item) -> tuple[Action, tuple[str, ...]]:
        wanted = item.fields | self._known_parent(item)
        asked = marks.asked(wanted)
        entry = self._history.entry(item.key)
        known = entry if entry and entry.id == item.id and entry.asked else None
        known = None if known and marks.is_whole(known.held) else known
        same = known is not None and known.asked == asked
        fields = () if same else tuple(differing(wanted, item.row, None))
        changed = known is not None and known.held != self._media.held(item)
        if changed and fields:
            outcome = changed_on_both(post, fields)
            for found in outcome.findings:
                self._note(found)
            return outcome.action, ()
        if changed:
            self._note(changed_there(post))
        link = str(item.row.get("source_url", ""))
        if not fields:
            if not same:
                self._media.keep(item, asked)
            return action("unchanged", post, "the site holds the same", link=link, public=True), ()
        done = action("update", post, f"differing: {', '.join(fields)}", link=link, public=True)
        done.changes = changes(fields, wanted, item.row)
        return done, fields

    def _create(self, post: Post, item: Item) -> Action:
        item.fields = self._authors.settled(self._fields(post, Losses(post, _said_before)))
        self._media.bring(item, marks.asked(item.fields))
        if item.problem:
            self._note(finding("loss-media-refused", item.problem, post, "attachment_url"))
            return action("failed", post, item.problem)
        for name in changed_by_site(item.fields, item.row, None) if item.made else ():
            message = f"the site stored another {name}"
            self._note(finding("loss-field-changed", message, post, name))
        link = str(item.row.get("source_url", ""))
        return action("create", post, link=link, public=True)

    def _update(self, post: Post, item: Item, decision: Decision) -> Action:
        item.fields = self._authors.settled(self._fields(post, Losses(post, _said_before)))
        self._media.look_up(item)
        wanted = item.fields | self._known_parent(item)
        fields = {name: wanted[name] for name in decision.fields if name in wanted}
        if item.id != decision.site_id or not fields:
            return action("failed", post, f"attachment {decision.site_id} of the site is gone")
        number = self._history.intend(_update_of(item, fields))
        try:
            row = self._media.changed(item, body(fields))
        except (AnswerError, OddAnswerError) as error:
            if isinstance(error, AnswerError):
                self._history.settle(number, FAILED)
            self._note(finding("target-record-failed", error.message, post, "title"))
            return action("failed", post, error.message)
        before, item.row = item.row, row
        self._media.keep(item, marks.asked(wanted), number)
        link = str(row.get("source_url", ""))
        done = action("update", post, f"differing: {', '.join(fields)}", link=link, public=True)
        done.changes = changes(tuple(fields), wanted, before)
        return done

    def _fields(self, post: Post, losses: Losses) -> dict[str, Any]:
        """Return what a record says in REST's words; what isn't sent becomes a finding."""
        alts = [meta.value for meta in post.meta or () if meta.key == _ALT]
        texts = {
            "title": post.title,
            "caption": post.excerpt,
            "description": None if post.content is None else post.content.decode(),
            "alt_text": alts[0] if alts else None,
            "slug": post.slug or None,
            "comment_status": post.comment_status,
            "ping_status": post.ping_status,
            "author": self._authors.id_of(post) or None,
        }
        if post.date:
            texts["date"] = stored.wall(post.date, self._connection.facts.zone)
        elif post.date_gmt:
            texts["date_gmt"] = post.date_gmt
        for name in _UNSENT:
            if getattr(post, name):
                losses.refused(name, f"{name} isn't sent with attachments over REST")
        for key in sorted({meta.key for meta in post.meta or ()} - _MADE_ANEW):
            message = f"the meta {key} isn't sent with attachments"
            losses.note("loss-meta-not-registered", message, key)
        return {name: held for name, held in texts.items() if held is not None}

    def _known_parent(self, item: Item) -> dict[str, Any]:
        parent = self._parent(item)
        return {"post": parent} if parent else {}

    def _parent(self, item: Item) -> int:
        """Return the post of the site that a record's parent is, 0 where it isn't there."""
        if not item.parent:
            return 0
        found = self._history.alike(item.parent, b"")
        return next((entry.id for entry in found if entry.type != ATTACHMENT), 0)

    def _refused(self, post: Post, reason: str) -> Action:
        outcome = refused(post, reason, "attachment_url")
        for found in outcome.findings:
            self._note(found)
        return outcome.action


def _update_of(item: Item, fields: dict[str, Any]) -> Step:
    row: Row = item.row
    return Step(
        item.key,
        "update",
        ATTACHMENT,
        item.id,
        slug=marks.storable(stored.slug_of_row(str(row.get("slug", "")))),
        date=str(site_value(row, "date")),
        earlier=marks.as_json({name: site_value(row, name) for name in fields}),
    )


def _said_before(_finding: object) -> None:
    """Planning has noted what is lost."""
