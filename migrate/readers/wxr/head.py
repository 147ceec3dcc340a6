"""All of an export that is no item: its documents, its site, its authors and its terms."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final

from msgspec.structs import asdict

from migrate.errors import SourceError
from migrate.model.post import Author, Meta
from migrate.model.sanitize import sanitize_title
from migrate.model.site import Head, Site, Term
from migrate.readers.wxr import unstated
from migrate.readers.wxr.decoder import Child, Decoder
from migrate.readers.wxr.documents import ROOTS, Documents
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.provenance import UNUSABLE
from migrate.readers.wxr.repair import Notes
from migrate.readers.wxr.survey import Survey
from migrate.readers.wxr.terms import parents_first
from migrate.syntax.wxr_elements import AUTHOR, AUTHORS, CHANNEL, META, TAXONOMIES, TERMS
from migrate.syntax.wxr_markup import Markup

LARGEST: Final = 256 << 20
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class HeadReader:
    """Collects the heads of an export's parts: what several of them state counts once."""

    def __init__(self) -> None:
        """Make one for a source."""
        self._site: dict[str, Any] = {}
        self._authors: dict[str, Author] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self._documents: dict[str, list[Document]] = {}
        self._unstated: list[unstated.Row] = []
        self._options: dict[str, str] = {}

    def known(self) -> Known:
        """Give what was collected."""
        said = self._site
        site = Site(
            url=said.get("url", said.get("link")),
            network_url=said.get("network_url"),
            title=said.get("title"),
            description=said.get("description"),
            language=said.get("language"),
        )
        terms = parents_first(list(self._terms.values()))
        written = Head(site, list(self._authors.values()), terms, self._options)
        return Known(unstated.unstated(written, self._unstated), written, self._documents)

    def take(self, part: Survey) -> None:
        """Read all of a part that stands outside its items."""
        documents = Documents(part)
        for start, end in part.cut.outside:
            if end - start > LARGEST:
                raise SourceError(
                    f"{(end - start) >> 20} MB of it are no item at all",
                    path=part.name,
                    fix="Look whether it is an export of WordPress",
                )
            self._take_region(part, documents, start, end)
        self._documents[part.name] = documents.finish()

    def _take_region(self, part: Survey, documents: Documents, start: int, end: int) -> None:
        data = part.content.read(start, end)
        if start == 0 and data.startswith(_BYTE_ORDER_MARK):
            data = data.replace(_BYTE_ORDER_MARK, b"   ", 1)
        markup = Markup(_without(data, start, part.cut.doctypes))
        notes = Notes(part.findings.append, part.name, part.lines.at, start)
        decoder = Decoder(markup, notes, {})
        first = done = 0
        for index, tag in enumerate(markup.tags):
            if tag.name in ROOTS:
                self._take_children(decoder, documents, (first, index), (done, tag.start))
                documents.take(tag, start)
                first, done = index + 1, tag.end
                self._take_provenance(markup, index, notes)
        self._take_children(decoder, documents, (first, len(markup.tags)), (done, len(data)))
        decoder.note_guessed()

    def _take_provenance(self, markup: Markup, index: int, notes: Notes) -> None:
        """Take the instruction that may stand between `<channel>` and what follows it."""
        following = markup.tags[index + 1 : index + 2]
        end = following[0].start if following else len(markup.data)
        try:
            said = unstated.read(markup.data[markup.tags[index].end : end])
        except UNUSABLE as error:
            notes.say(
                "source-provenance",
                f"what wpmigrate wrote about this file can't be used: {error}",
                markup.tags[index].end,
                fix="Remove the line <?wpmigrate …?>, or write the file again",
            )
            return
        self._unstated += said.rows
        self._options = said.options | self._options

    def _take_children(
        self,
        decoder: Decoder,
        documents: Documents,
        tags: tuple[int, int],
        places: tuple[int, int],
    ) -> None:
        if tags[0] == tags[1] and places[0] == places[1]:
            return
        document = documents.current
        said: dict[str, Any] = {}
        for child in decoder.between(tags, places, document.names):
            decoder.note_unclosed(child)
            column = CHANNEL.get(child.name)
            if column:
                decoder.take(said, column, child, column.field)
            elif child.name in AUTHORS:
                self._take_author(decoder, child)
            elif child.name in TERMS:
                self._take_term(decoder, child)
            else:
                decoder.note_unknown(child, "the channel")
        document.version = said.pop("version", document.version).strip()
        for field, value in said.items():
            self._site.setdefault(field, value)

    def _take_author(self, decoder: Decoder, child: Child) -> None:
        values, others = decoder.row(child, AUTHOR, "")
        for other in others:
            decoder.note_unknown(other, child.name)
        author = Author(**values)
        key = author.login or author.display_name or ""
        first = self._authors.get(key)
        if first is None:
            self._authors[key] = author
            return
        merged = _merged(first._asdict(), author._asdict())
        self._authors[key] = Author(**merged)
        if merged != _merged(author._asdict(), first._asdict()):
            _note_twice(decoder, child, f"the author {key}")

    def _take_term(self, decoder: Decoder, child: Child) -> None:
        values, others = decoder.row(child, TERMS[child.name], "")
        rows: list[Meta] = []
        for other in others:
            if other.name == "wp:termmeta":
                pair, unknown = decoder.row(other, META, "")
                rows.append(Meta(pair.get("key", ""), pair.get("value", "")))
            else:
                unknown = [other]
            for one in unknown:
                decoder.note_unknown(one, child.name)
        values.setdefault("taxonomy", TAXONOMIES.get(child.name, ""))
        values["slug"] = values.get("slug") or sanitize_title(values.get("name") or "")
        values["id"] = values.get("id") or None
        for field in ("parent", "description"):
            values.setdefault(field, "")  # core leaves the element out where it is empty
        if not values["taxonomy"] or not values["slug"]:
            decoder.note_unknown(child, "the channel")
            return
        values["meta"] = rows
        key = (values["taxonomy"], values["slug"])
        first = self._terms.get(key)
        if first is None:
            self._terms[key] = Term(**values)
            return
        merged = _merged(asdict(first), asdict(Term(**values)))
        self._terms[key] = Term(**merged)
        if merged != _merged(asdict(Term(**values)), asdict(first)):
            _note_twice(decoder, child, f"the term {key[1]} of {key[0]}")


def _without(data: bytes, start: int, places: list[tuple[int, int]]) -> bytes:
    """Give a region that starts at an offset with blanks at these places, which are in order."""
    first = bisect_left(places, (start, 0))
    last = bisect_left(places, (start + len(data), 0))
    if first == last:
        return data
    cleared = bytearray(data)
    for at, upto in places[first:last]:
        cleared[at - start : upto - start] = b" " * (upto - at)
    return bytes(cleared)


def _merged(first: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    """Give what the first definition says, and where it says nothing, what the later one does."""
    return {name: later[name] if value in (None, []) else value for name, value in first.items()}


def _note_twice(decoder: Decoder, child: Child, what: str) -> None:
    decoder.notes.say(
        "source-defined-twice",
        f"{what} is defined again, and differently; the first definition was taken",
        child.element.tag.start,
    )
