"""Media: what planning and applying have to do with the files that posts name.

Planning leads references to attachments that are there, and to a stand-in where they have yet to be
uploaded. Applying uploads those, and puts their addresses and numbers in place of the stand-ins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from migrate.errors import AnswerError
from migrate.mapping.metas import unserialize
from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import Meta, Post
from migrate.plan import stored
from migrate.plan.journal.history import SiteHistory
from migrate.plan.media.files import Files
from migrate.writers.rest.actions import finding
from migrate.writers.rest.applying.sending import Sending
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.media.bodies import Bodies
from migrate.writers.rest.media.catalogue import Catalogue
from migrate.writers.rest.media.item import Item
from migrate.writers.rest.media.options import MediaOptions
from migrate.writers.rest.media.placed import Placed
from migrate.writers.rest.media.shelf import Shelf
from migrate.writers.rest.media.uploads import Uploads

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
        files = Files(options.root, options.beside)
        home = connection.facts.home
        self._shelf = Shelf(connection, history)
        self._uploads = Uploads(connection, history, self._shelf, files, options)
        self._catalogue = Catalogue(files, options, home)
        self._bodies = Bodies(self._catalogue, home, self._uploads.look_up)

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
            if item.row or not final:
                placed.fields[FEATURED] = item.id or -1
            led.named(item)
        placed.open = tuple(item for item in led.items if not item.row and not item.problem)
        return placed

    def need(self, items: Sequence[Item], post: Post, *, public: bool) -> None:
        """Take files into the plan; raises SiteError where we may not upload any."""
        for item in items:
            item.action.public = item.action.public or public
            if not item.needed:
                item.needed = True
                self._tell_of_other_bytes(item, post)
                item.action.reason = item.action.reason or f"{post.provenance.path} names it"
                self._connection.account.require(("upload_files",), "to upload media")

    def planned(self) -> list[Action]:
        """Give the files that the plan uploads; each action goes on to say what became of it."""
        return [item.action for item in self._uploaded()]

    def must_wait(self, sending: Sending, ahead: Collection[str]) -> bool:
        """Never: files need no post."""
        del sending, ahead
        return False

    def resolve(self, batch: Sequence[Sending]) -> None:
        """Upload what records name, and put the addresses and numbers in place of stand-ins."""
        for sending in batch:
            if not sending.wanted.media:
                continue
            post = sending.post
            for item in sending.wanted.media:
                self._dated(item, post)
                self._uploads.ensure(item, int(sending.before.get("id", 0)))
                self._tell(item)
            placed = self.place(post, self._unsaid, final=True)
            if any(item.problem for item in sending.wanted.media):
                sending.complete = False
            if "content" in sending.fields and placed.post.content is not None:
                sending.fields["content"] = placed.post.content.decode()
            if FEATURED in sending.fields:
                sending.fields |= placed.fields
                if FEATURED not in placed.fields:
                    del sending.fields[FEATURED]

    def after(self, batch: Sequence[Sending]) -> None:
        """Attach what was uploaded for a post to it, now that it is there."""
        for sending in batch:
            for item in sending.wanted.media:
                if item.made and not item.row.get("post") and not item.is_record:
                    self._attach(item, int(sending.row["id"]), sending.post)

    def finish(self) -> Iterator[Action]:
        """Give an action for each file that is no record of the source."""
        return (item.action for item in self._uploaded() if item.made or item.problem)

    def _uploaded(self) -> list[Item]:
        return [i for i in self._catalogue.items() if i.needed and not i.is_record]

    def _featured(self, post: Post, note: Note) -> tuple[Item, list[Meta]] | None:
        """Return a record's featured image, and its metas without the one that named it."""
        keys = (_THUMBNAIL, *self._options.featured.get(post.provenance.dialect, ()))
        metas = post.meta or []
        for key in keys:
            name, _, below = key.partition(".")
            for place, meta in enumerate(metas):
                if meta.key != name or not (said := _value(meta.value, below)):
                    continue
                item = self._image(key, said, post, note)
                if item:
                    self._uploads.look_up(item)
                    return item, [*metas[:place], *metas[place + 1 :]]
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
        item = self._catalogue.numbered(int(said))
        if item is None and not self._catalogue.is_own(post):
            message = "the featured image isn't in the source"
            note(finding("loss-media-number", message, post, key))
        if item is None and self._catalogue.is_own(post):
            row = self._shelf.library.by_id(int(said))
            return Item(said, said, Action("create", "attachment"), row=row) if row else None
        return item

    def _line(self, post: Post, text: str) -> int | None:
        """Return the line of the source file on which a text stands first."""
        path = post.provenance.path
        if self._options.root is None or not path or not text:
            return None
        try:
            file: Path = self._options.root / path
            if file.stat().st_size > _LARGEST_LOOKED_AT:
                return None
            held = file.read_bytes()
        except (OSError, ValueError):
            return None
        at = held.find(text.encode("utf-8", "replace"))
        return held.count(b"\n", 0, at) + 1 if at >= 0 else None

    def _dated(self, item: Item, post: Post) -> None:
        """Give a file the date of the post that names it first."""
        if not item.is_record and post.date:
            zone = self._connection.facts.zone
            item.fields.setdefault("date", stored.wall(post.date, zone).replace(" ", "T"))

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

    def _attach(self, item: Item, post_id: int, post: Post) -> None:
        try:
            route = f"{self._shelf.route}/{item.id}"
            self._connection.post(route, {"post": post_id}, "id")
            item.row["post"] = post_id
        except AnswerError as error:
            message = f"a file that it names wasn't attached to it: {error.message}"
            self._note(finding("loss-field-refused", message, post, "content"))

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
