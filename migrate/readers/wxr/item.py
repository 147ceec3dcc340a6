"""One item becomes a record."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_tz
from typing import Any, Final, NamedTuple

from migrate.errors import RecordError
from migrate.model import dates
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.readers.wxr import provenance
from migrate.readers.wxr.decoder import Child, Decoder
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.repair import Notes, shown
from migrate.syntax.php_serialized import has_wrong_length
from migrate.syntax.wxr_elements import COMMENT, ITEM, META, OLD_TAXONOMIES
from migrate.syntax.wxr_markup import Markup

_ITEM: Final = b"item"
_EXPORT_AGAIN: Final = "Export again, or look at the file where it breaks off"


class _Category(NamedTuple):
    """An item's `<category>`; `slug` and `domain` are its attributes, `domain` already mapped."""

    domain: str | None
    slug: str | None
    name: str
    start: int


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
        self._whole = self._ends()
        self._said = self._provenance()
        self._decoder = Decoder(self._markup, notes, self._said.removed)
        self._values: dict[str, Any] = {}
        self._categories: list[_Category] = []
        self._meta: list[Meta] = []
        self._comments: list[Comment] = []
        self._places: dict[str, int] = {}

    def post(self) -> Post:
        """Read the record; RecordError where nothing in the item can be read."""
        self._take_children()
        self._decoder.note_guessed()
        if not self._places:
            raise RecordError(
                "source-item-empty", "the item holds nothing", line=self._notes.line(0)
            )
        description = self._values.pop("description", "")
        if description:
            self._notes.say(
                "loss-element-unknown",
                f"the item has a description ({shown(description.encode())}), which was left out",
                self._places["description"],
                field="description",
            )
        self._settle_author()
        self._settle_date()
        post = Post(
            **self._values,
            terms=self._terms(),
            meta=self._meta,
            comments=self._comments,
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

    def _ends(self) -> bool:
        tags = self._markup.tags
        return bool(tags) and tags[-1].name == _ITEM and (tags[-1].closing or tags[-1].empty)

    def _provenance(self) -> Provenance:
        """Read the instruction that may stand before the first element."""
        tags = self._markup.tags
        end = tags[1].start if len(tags) > 1 else len(self._markup.data)
        try:
            return provenance.read(self._markup.data[:end])
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            self._note_provenance(error)
            return Provenance()

    def _restored(self, post: Post) -> Post:
        try:
            provenance.restore(post, self._known)
        except (ValueError, IndexError) as error:
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
            raise RecordError(
                "source-cut-off",
                f"the item breaks off{where}: nothing of it can be read",
                line=self._notes.line(0),
                fix=_EXPORT_AGAIN,
            )
        title = shown((self._values.get("title") or "").encode())
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
        elif child.name == "category":
            self._take_category(child)
        elif child.name == "wp:postmeta":
            self._take_meta(child, self._meta, "meta")
        elif child.name == "wp:comment":
            self._take_comment(child)
        else:
            self._decoder.note_unknown(child, "the item")

    def _take_category(self, child: Child) -> None:
        field = f"terms.{len(self._categories)}"
        domain = self._decoder.attribute(child, b"domain", field)
        if self._document.is_old and domain:
            domain = OLD_TAXONOMIES.get(domain, domain)
        slug = self._decoder.attribute(child, b"nicename", field)
        name = self._decoder.text(child, field).decode("utf-8")
        self._categories.append(_Category(domain, slug, name, child.element.tag.start))
        self._places.setdefault("terms", child.element.tag.start)

    def _take_meta(self, child: Child, rows: list[Meta], field: str) -> None:
        prefix = f"{field}.{len(rows)}"
        self._places.setdefault(field, child.element.tag.start)
        self._places[prefix] = child.element.tag.start
        values, others = self._decoder.row(child, META, f"{prefix}.")
        row = Meta(values.get("key", ""), values.get("value", ""))
        rows.append(row)
        for other in others:
            self._decoder.note_unknown(other, child.name)
        if has_wrong_length(row.value.encode("utf-8")):
            self._notes.say(
                "source-serialized-length",
                f"the value of {row.key} states lengths that its strings don't have; it was kept "
                "as it is, but PHP reads nothing from it",
                child.element.tag.start,
                field=f"{prefix}.value",
                fix="Mend the value on the site that it comes from, or there where it goes",
            )

    def _take_comment(self, child: Child) -> None:
        prefix = f"comments.{len(self._comments)}"
        self._places.setdefault("comments", child.element.tag.start)
        self._places[prefix] = child.element.tag.start
        values, others = self._decoder.row(child, COMMENT, f"{prefix}.")
        rows: list[Meta] = []
        for other in others:
            if other.name == "wp:commentmeta":
                self._take_meta(other, rows, f"{prefix}.meta")
            else:
                self._decoder.note_unknown(other, child.name)
        self._comments.append(Comment(**values, meta=rows))

    def _terms(self) -> list[TermRef]:
        """Give the terms; WXR 1.0 writes each a second time, without its slug."""
        named = {(c.domain, c.name) for c in self._categories if c.slug is not None}
        names = {name for _, name in named}
        kept = [
            c
            for c in self._categories
            if c.slug is not None
            or not (c.name in names if c.domain is None else (c.domain, c.name) in named)
        ]
        self._places |= {f"terms.{at}": category.start for at, category in enumerate(kept)}
        return [TermRef(c.domain or "category", c.name, c.slug) for c in kept]

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
