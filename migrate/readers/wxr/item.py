"""One item becomes a record."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from email.utils import parsedate_tz
from typing import Any, Final

from migrate.errors import RecordError
from migrate.model import dates
from migrate.model.post import Author, Post
from migrate.model.provenance import Provenance
from migrate.patterns import pattern
from migrate.readers.wxr import provenance
from migrate.readers.wxr.decoder import Child, Decoder
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.repair import Notes
from migrate.readers.wxr.rows import Rows
from migrate.syntax import wxr_text
from migrate.syntax.wxr_elements import ITEM
from migrate.syntax.wxr_markup import Markup

_ITEM: Final = b"item"
_SHOWN: Final = {"wp:status": b"publish", "wp:post_password": b""}
"""What elements say of a post that everybody may read."""

_NOTHING: Final = pattern(rb"<item(?:\s*+>\s*+(</item\s*+>)?+|\s*+/>)")
_EXPORT_AGAIN: Final = "Export again, or look at the file where it breaks off"


def refuse_nothing(data: bytes, notes: Notes) -> None:
    """Raise RecordError for an item that plainly holds nothing, as `Item.post` would in the end."""
    found = _NOTHING.fullmatch(data)
    if found:
        raise _empty(notes) if found[1] or data.endswith(b"/>") else _cut_off(notes, "")


def _empty(notes: Notes) -> RecordError:
    return RecordError("source-item-empty", "the item holds nothing", line=notes.line(0))


def _cut_off(notes: Notes, where: str) -> RecordError:
    message = f"the item breaks off{where}: nothing of it can be read"
    return RecordError("source-cut-off", message, line=notes.line(0), fix=_EXPORT_AGAIN)


class Item:
    """An item on its way to a record.

    Lists of which the item has no element are empty, not unset: an export states all that a post
    has.
    """

    def __init__(self, data: bytes, document: Document, known: Known, notes: Notes) -> None:
        """Take the bytes from the start tag through the end tag, or what there is of them."""
        self._markup = Markup(data)
        self._document = document
        self._known = known
        self._notes = notes
        notes.is_public = lambda: self._is_public
        self._whole = self._ends()
        self._said = self._provenance()
        self._decoder = Decoder(self._markup, notes, self._said.removed)
        self._values: dict[str, Any] = {}
        self._places: dict[str, int] = {}
        self._rows = Rows(self._decoder, self._places, old=document.is_old)

    def post(self) -> Post:
        """Read the record; RecordError where nothing in the item can be read."""
        self._take_children()
        self._decoder.note_guessed()
        if not self._places:
            raise _empty(self._notes)
        description = self._values.pop("description", "")
        if description:
            quoted = self._notes.quoted(description.encode())
            self._notes.say(
                "loss-element-unknown",
                f"the item has a description ({quoted}), which was left out",
                self._places["description"],
                field="description",
            )
        self._settle_author()
        self._settle_date()
        post = Post(
            **self._values,
            terms=self._rows.terms(),
            meta=self._rows.meta,
            comments=self._rows.comments,
            provenance=self._said,
        )
        return self._restored(post)

    def place(self, field: str) -> int:
        """Give where a field's element starts (`meta.2.value`: its row's), else the item itself."""
        while field:
            if field in self._places:
                return self._places[field]
            field = field.rpartition(".")[0]
        return 0

    @functools.cached_property
    def _is_public(self) -> bool:
        """Tell whether all of the item is there, published, and without a password."""
        names = self._document.names.inside(self._markup.tags[0])
        said = [
            (name, wxr_text.read(self._markup.inside(element)).data)
            for element in self._markup.elements(1)
            if (name := names.of(element.tag).said) in _SHOWN
        ]
        is_shown = all(_SHOWN[name] == text for name, text in said)
        return self._whole and is_shown and "wp:status" in dict(said)

    def _ends(self) -> bool:
        tags = self._markup.tags
        return bool(tags) and tags[-1].name == _ITEM and (tags[-1].closing or tags[-1].empty)

    def _provenance(self) -> Provenance:
        """Read the instruction that may stand before the first element."""
        tags = self._markup.tags
        end = tags[1].start if len(tags) > 1 else len(self._markup.data)
        try:
            return provenance.read(self._markup.data[:end])
        except provenance.UNUSABLE as error:
            self._note_provenance(error)
            return Provenance()

    def _restored(self, post: Post) -> Post:
        try:
            provenance.restore(post, self._known)
        except provenance.UNUSABLE as error:
            self._note_provenance(error)
        return post

    def _note_provenance(self, error: Exception) -> None:
        self._notes.say(
            "source-provenance",
            f"what wpmigrate wrote about this item can't be used: {error}",
            0,
            fix="Remove the line <?wpmigrate …?>, or write the file again",
        )

    def _take_children(self) -> None:
        tags = self._markup.tags
        first = 1 if tags and tags[0].name == _ITEM else 0
        last = len(tags) - 1 if self._whole and len(tags) > 1 else len(tags)
        start = tags[0].end if first else self._markup.data.find(b">") + 1
        end = tags[last].start if last < len(tags) else start  # what breaks off isn't stray
        names = self._document.names.inside(tags[0]) if first else self._document.names
        for child in self._decoder.between((first, last), (start, end), names):
            if not self._whole and not child.element.closed:
                self._note_cut_off(f", in {child.name}, of which nothing was taken")
                return
            self._decoder.note_unclosed(child)
            self._take(child)
        if not self._whole:
            self._note_cut_off("")

    def _note_cut_off(self, where: str) -> None:
        if not self._places:
            raise _cut_off(self._notes, where)
        title = self._notes.quoted((self._values.get("title") or "").encode())
        message = f"the item {title!r} breaks off{where}; what stands before it was read"
        if self._values.get("status") == "publish" and "password" not in self._values:
            del self._values["status"]
            message += ", its status left out, since its password may be missing"
        self._notes.say("source-cut-off", message, 0, fix=_EXPORT_AGAIN)

    def _take(self, child: Child) -> None:
        start = child.element.tag.start
        column = ITEM.get(child.name)
        if column:
            if self._decoder.take(self._values, column, child, column.field):
                self._places[column.field] = start
        elif not self._rows.take(child):
            self._decoder.note_unknown(child, "the item")

    def _settle_author(self) -> None:
        """WXR 1.0 writes the display name where later ones write the login."""
        creator = self._values.pop("author", None)
        if creator is None:
            return
        display = self._document.is_old and creator not in self._known.display_names
        self._values["author"] = (
            Author(display_name=creator) if display and creator else Author(login=creator)
        )

    def _settle_date(self) -> None:
        """Take the moment of pubDate where the item states no other."""
        written = self._values.pop("pub_date", None)
        if "date_gmt" in self._values or not written:
            return
        moment = _moment(written)
        if moment:
            self._values["date_gmt"] = moment
            self._places["date_gmt"] = self._places["pub_date"]


def _moment(rfc822: str) -> str:
    """Give the GMT of an RFC 822 date, empty for what isn't one."""
    parsed = parsedate_tz(rfc822)
    if parsed is None:
        return ""
    try:
        wall = datetime(*parsed[:6])  # noqa: DTZ001 - the model's dates carry no zone
        return dates.mysql(wall - timedelta(seconds=parsed[9] or 0))
    except (ValueError, OverflowError):
        return ""
