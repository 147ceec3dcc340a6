"""Media: what planning and applying have to do with the files that posts name.

Planning leads references to attachments that are there, and to a stand-in where they have yet to be
uploaded. Applying uploads those, and puts their addresses and numbers in place of the stand-ins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from migrate.errors import AnswerError
from migrate.live.api import Row
from migrate.live.shapes import OddAnswerError
from migrate.mapping.metas import unserialize
from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import Meta, Post
from migrate.output import plain
from migrate.plan import stored
from migrate.plan.compare import site_value
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.plan.media.files import Digest, Files, name_in
from migrate.plan.media.library import file_name, number_of
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.media.bodies import Bodies
from migrate.writers.rest.media.catalogue import Catalogue
from migrate.writers.rest.media.item import ATTACHMENT, Item
from migrate.writers.rest.media.options import MediaOptions
from migrate.writers.rest.media.placed import Placed
from migrate.writers.rest.media.shelf import FIELDS, Shelf
from migrate.writers.rest.media.uploads import Uploads
from migrate.writers.rest.rows import held

__all__ = ["FEATURED", "Media"]

FEATURED: Final = "featured_media"
_THUMBNAIL: Final = "_thumbnail_id"
_LARGEST_LOOKED_AT: Final = 8 * 1024 * 1024


class Media:
    """The files of one import: a Resolver and a FollowUp of the applier."""

    def __init__(
        self, connection: Connection, history: SiteHistory, options: MediaOptions, note: Note
    ) -> None:
        self._connection = connection
        self._options = options
        self._note = note
        self._history = history
        self._files = files = Files(options.root, options.beside)
        home = connection.facts.home
        self._shelf = Shelf(connection, history)
        self._uploads = Uploads(connection, history, self._shelf, files, options)
        self._catalogue = Catalogue(files, options, home)
        self._bodies = Bodies(self._catalogue, home, self.look_up)

    def close(self) -> None:
        """Forget the library, and remove what was fetched."""
        self._uploads.close()
        self._shelf.close()

    def place(self, post: Post, note: Note, *, final: bool = False) -> Placed:
        """Give a copy of a record as the site is to get it, its featured image among the fields.

        Raises SiteError.
        """
        if not self._options.wanted:
            return Placed(post)
        copy = replace(post)
        led = self._bodies.led(copy, note, lambda text: self._line(post, text), final=final)
        placed = Placed(copy)
        image = self._featured(copy, note)
        if image is not None:
            item, copy.meta = image
            if item and (item.row or not final):
                placed.fields[FEATURED] = item.id or -1
            if item:
                led.named(item)
        placed.items = tuple(led.items)
        return placed

    def named(self) -> str:
        """Give a mark of the names by which records may mean the files of the source's own."""
        return self._catalogue.mark()

    def need(self, items: Sequence[Item], post: Post, *, public: bool) -> None:
        """Take files into the plan; raises SiteError where we may not upload any."""
        for item in (item for item in items if not item.row):
            item.action.public = item.action.public or public
            if not item.needed:
                item.needed = True
                self._tell_of_other_bytes(item, post)
                item.action.reason = item.action.reason or f"{post.provenance.path} names it"
                self._connection.account.require(("upload_files",), "to upload media")

    def planned(self) -> list[Action]:
        """Give the files that the plan uploads; each action goes on to say what became of it."""
        return [item.action for item in self._uploaded()]

    def expect(self, post: Post, key: str) -> Item:
        """Take an attachment that the source has as a record; gives its file."""
        url = post.attachment_url or ""
        item = Item(key, name_in(url), Action("create", ATTACHMENT), is_record=True)
        item.source_id, item.parent = post.id or 0, post.parent or 0
        item.path = self._files.uploaded(url)
        item.is_own = stored.same_site(url, self._connection.facts.home)
        if item.path is None and self._options.fetch and not item.is_own:
            item.urls = (url,)
        if post.date:
            item.fields["date"] = stored.wall(post.date, self._connection.facts.zone)
        item.fields |= {"slug": post.slug} if post.slug else {}
        self._catalogue.add(item, url)
        return item

    def look_up(self, item: Item) -> None:
        """Find out whether the site has a file, a record by the journal, slug, name and date.

        Raises SiteError.
        """
        if not item.is_record:
            self._uploads.look_up(item)
        if item.row or item.looked_up:
            return
        item.looked_up = True
        row, library = self._shelf.recall(item, None), self._shelf.library
        if row is None and item.is_own and (there := library.by_id(item.source_id)):
            row = there if file_name(there) == item.name else None
        date = str(item.fields.get("date", ""))
        for found in (
            library.by_slug(stored.slug(str(item.fields.get("slug", ""))), date),
            library.by_name(item.name, date),
        ):
            row = row or (found[0] if len(found) == 1 else None)
        if row is not None:
            item.row = row

    def bring(self, item: Item, asked: bytes) -> None:
        """Upload a record's file. Raises SiteError where the site is gone."""
        self._uploads.ensure(item, asked=asked)

    def changed(self, item: Item, fields: dict[str, Any]) -> Row:
        """Change fields of an attachment; gives it as stored. Raises SiteError."""
        return self._connection.post(f"{self._shelf.route}/{item.id}", fields, FIELDS)

    def keep(self, item: Item, asked: bytes, number: int = 0) -> None:
        """Let the journal know which attachment a record is, and what that asks for."""
        self._shelf.keep(item, None, number, asked)

    def held(self, item: Item) -> bytes:
        """Give the mark of what the site says of an attachment."""
        return held(item.row, ())

    def attach(self, item: Item, post_id: int) -> None:
        """Put an uploaded file below a post. Raises SiteError where the site is gone."""
        earlier = marks.as_json({"post": item.row.get("post") or 0})
        number = self._history.intend(
            Step(item.key, "update", ATTACHMENT, item.id, earlier=earlier)
        )
        try:
            item.row = self.changed(item, {"post": post_id})
        except AnswerError:
            self._history.settle(number, FAILED)
            return
        except OddAnswerError:  # it may well be there: the next run looks
            return
        entry = self._history.entry(item.key)
        asked = marks.asked(item.fields | {"post": post_id}) if item.is_record else b""
        digest = Digest(entry.text, 0) if entry and entry.text else None
        self._shelf.keep(item, digest, number, asked)

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Never: files need no post."""
        del sending, ahead
        return False

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Upload what records name, and put the addresses and numbers in place of stand-ins."""
        for sending in batch:
            if all(item.row and not item.made for item in sending.wanted.media):
                continue
            post = sending.post
            for item in sending.wanted.media:
                item.needed = True
                self._dated(item, post)
                self._uploads.ensure(item, int(sending.before.get("id", 0)))
                self._tell(item)
            placed = self.place(post, self._unsaid, final=True)
            if not all(item.row for item in sending.wanted.media):
                sending.complete = False
            self._put(sending, "content", (placed.post.content or b"").decode())
            self._put(sending, FEATURED, placed.fields.get(FEATURED))

    def _put(self, sending: Sending, name: str, value: Any) -> None:
        """Put a value in place of a stand-in; out goes what is as the site holds it after all."""
        if name in sending.fields:
            sending.fields[name] = value
            if value is None or (sending.before and site_value(sending.before, name) == value):
                del sending.fields[name]
                sending.names = tuple(one for one in sending.names if one != name)

    def work(self, batch: Sequence[Sending]) -> None:
        """Leave nothing to other threads."""

    def after(self, batch: Sequence[Sending]) -> None:
        """Attach what was uploaded for a post to it, now that it is there."""
        for sending in batch:
            for item in sending.wanted.media:
                if item.made and not item.row.get("post") and not item.is_record:
                    self.attach(item, int(sending.row["id"]))

    def finish(self) -> Iterator[Action]:
        """Give an action for each file that is no record of the source."""
        return (item.action for item in self._uploaded() if item.made or item.problem)

    def _uploaded(self) -> list[Item]:
        return [i for i in self._catalogue.items() if i.needed and not i.is_record]

    def _featured(self, post: Post, note: Note) -> tuple[Item | None, list[Meta]] | None:
        """Return a record's featured image, and its metas without the one that named it.

        Without an image where that is a number of which nothing more is known, and noted as such.
        """
        keys = (_THUMBNAIL, *self._options.featured.get(post.provenance.dialect, ()))
        metas = post.meta or []
        for key in keys:
            name, _, below = key.partition(".")
            for place, meta in enumerate(metas):
                if meta.key != name or not (said := _value(meta.value, below)):
                    continue
                item = self._image(key, said, post, note)
                others = [*metas[:place], *metas[place + 1 :]]
                if item:
                    self.look_up(item)
                    if item.is_lacking:
                        message = "the file of the featured image isn't here"
                        note(finding("source-media-remote", message, post, name))
                        return None
                    return item, others
                if self._is_unknown(key, said, post):
                    return None, others
        return None

    def _image(self, key: str, said: str, post: Post, note: Note) -> Item | None:
        if key != _THUMBNAIL:
            meant = self._catalogue.meant(said, post, linked=True)
            if meant.fault:
                message = "the featured image isn't here"
                note(finding("source-media-missing", message, post, key.partition(".")[0]))
            return meant.item
        if not said.isdecimal():
            return None
        item = self._catalogue.numbered(said)
        if self._is_unknown(key, said, post):
            message = "the featured image isn't in the source"
            note(finding("loss-media-number", message, post, key))
        if item is None and self._catalogue.is_own(post):
            row = self._shelf.library.by_id(number_of(said))
            return Item(said, said, Action("create", "attachment"), row=row) if row else None
        return item

    def _is_unknown(self, key: str, said: str, post: Post) -> bool:
        """Tell whether a number means an attachment that neither source nor site has."""
        is_number = key == _THUMBNAIL and said.isdecimal() and not self._catalogue.is_own(post)
        return is_number and self._catalogue.numbered(said) is None

    def _line(self, post: Post, text: str) -> int | None:
        """Return the line of the source file on which a text stands first."""
        path = post.provenance.path
        if self._options.root is None or not path or not text:
            return None
        try:
            file: Path = self._options.root / path
            held = plain.read(file, _LARGEST_LOOKED_AT)
        except (OSError, ValueError):
            return None
        at = held.find(text.encode("utf-8", "replace"))
        return held.count(b"\n", 0, at) + 1 if at >= 0 else None

    def _dated(self, item: Item, post: Post) -> None:
        """Give a file the date of the post that names it first."""
        if not item.is_record and post.date:
            zone = self._connection.facts.zone
            item.fields.setdefault("date", stored.wall(post.date, zone))

    def _tell(self, item: Item) -> None:
        """Let a file's action say what became of it."""
        if item.problem and item.action.verb == "create":
            item.action.verb, item.action.reason = "failed", item.problem
        elif item.row:
            item.action.target_url = str(item.row.get("source_url", ""))

    def _tell_of_other_bytes(self, item: Item, post: Post) -> None:
        former = self._shelf.knew_other(item) if item.path else 0
        if former:
            message = f"{item.key} was attachment {former} with other bytes"
            self._note(finding("target-media-changed", message, post, "content"))

    def _unsaid(self, found: Finding) -> None:
        """Note what only the upload could tell."""
        if found.code in {"loss-media-refused", "rewrite-media-size"}:
            self._note(found)


def _value(text: str, below: str) -> str:
    """Return a meta's value, or what stands in its map under a name; empty where nothing does."""
    if not below:
        return "" if text.startswith("a:") else text
    tree = unserialize(text)
    held = tree.get(below) if isinstance(tree, dict) else ""
    return held if isinstance(held, str) else ""
