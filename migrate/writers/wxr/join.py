"""The joiner: fills the gaps of the drafts in source order and puts the head before them.

Items go to a file as they come (spooled.py). What can't be known yet (the number of a record
without ID, the address of one without permalink) stays a hole there, which is filled at the end.
"""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from datetime import UTC, datetime
from itertools import chain, zip_longest
from typing import BinaryIO

from msgspec.structs import replace

from migrate.errors import UsageError
from migrate.model import dates
from migrate.model.finding import Finding, Note
from migrate.model.post import Author, RecordRef, TermRef
from migrate.model.progress import Watch, unwatched
from migrate.model.rows import NoteOf
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.syntax import wxr
from migrate.writers.wxr.draft import PROVENANCE, Draft, Gap, plain_permalink, provenance_line
from migrate.writers.wxr.head import TAIL, filled, head, texts
from migrate.writers.wxr.holes import Hole
from migrate.writers.wxr.numbering import Authors, Identities, Terms
from migrate.writers.wxr.rows import Items, KindOfItem
from migrate.writers.wxr.spooled import OpenedPart, Spooled


class Joiner:
    """Takes drafts in source order, then writes the file."""

    def __init__(self, spool: BinaryIO, known: Head, settings: Settings) -> None:
        """Make one for a file; `known` is what the source says beside its records."""
        self._items = Spooled(spool, lambda: len(self._head()))
        self._site = replace(known.site)
        self._options = known.options
        self._settings = settings
        self._authors = Authors()
        for author in known.authors:
            self._authors.declare(author)
        self._terms = Terms()
        for term in known.terms:
            self._terms.declare(term)
        self._creators: dict[Author | None, bytes] = {}
        self._nicenames: dict[TermRef, bytes] = {}
        self._identities = Identities()
        self._origins: Counter[str] = Counter()
        self._unnumbered = 0
        self._zone_assumed = 0
        self._homeless = 0
        self._siteless = 0
        self._newest = ""

    def add(self, draft: Draft, note: Note) -> None:
        """Fill what can be filled already and spool the item."""
        number = self._number(draft, note)
        self._note_slug(draft, note)
        self._newest = max(self._newest, draft.gmt)
        self._zone_assumed += draft.zone_assumed
        self._siteless += draft.siteless
        if draft.origin:
            self._origins[draft.origin] += 1
        parts = draft.parts
        for at, gap in draft.gaps:
            parts[at] = self._fill(gap, draft, number, note) or self._hole(at, gap, draft, number)
        self._items.add([b"".join(parts)])

    def add_rows(self, items: Items, noting: NoteOf) -> None:
        """Spool items all at once, or one by one where something is to be decided or noted."""
        if self._take(items):
            return
        for row in range(len(items.ids)):
            draft = items.draft(row)
            self.add(draft, noting(row, RecordRef(draft.type, str(draft.id), draft.slug)))

    def _take(self, items: Items) -> bool:
        """Spool items that are as was expected of them; false, and none is spooled, for others.

        The authors and addresses of those may have been taken all the same.
        """
        used = {at: items.kinds[at] for at in items.kind_of}  # in the order in which they come
        for kind in used.values():
            if not self._authors.is_settled(kind.author):
                return False
            self._creator(kind.author, _note_nothing)
        if not self._identities.claim_all(items.ids, items.addresses, items.paths):
            return False
        creators = {at: self._creators[kind.author] + kind.before_guid for at, kind in used.items()}
        terms = {at: self._categories(kind) for at, kind in used.items()}
        pieces = zip(
            items.starts,
            map(creators.__getitem__, items.kind_of),
            items.middles,
            map(terms.__getitem__, items.kind_of),
            items.ends,
            strict=True,
        )
        self._items.add(list(map(b"".join, pieces)))
        self._newest = max(self._newest, *items.moments)
        self._zone_assumed += items.zones_assumed * len(items.ids)
        self._origins.update(items.origins)
        return True

    def finish(self, out: BinaryIO, note: Note, watch: Watch = unwatched) -> None:
        """Write head, items and tail; `watch` is told how far the items are."""
        head = self._settled_head(note)
        ends = [self._items.size]
        self._items.copy(lambda _: nullcontext(out), (head, TAIL), ends, self._fill_late, watch)

    def finish_in_place(self, note: Note, watch: Watch = unwatched) -> None:
        """Let the spool be the file."""
        self._items.become_file(self._settled_head(note), TAIL, self._fill_late, watch)

    def finish_parts(
        self, opened: OpenedPart, size: int, note: Note, watch: Watch = unwatched
    ) -> None:
        """Write several files of at most `size` bytes, each whole: head, some items, and tail.

        An item that is longer has a file to itself. Raises UsageError where not even the head, with
        all authors and terms, is short enough.
        """
        head = self._settled_head(note)
        room = size - len(head) - len(TAIL)
        if room <= 0:
            raise UsageError(
                f"--split: authors and terms, which each part has, take {size - room} bytes",
                fix="Name a larger size",
            )
        ends = self._items.cuts(room, self._fill_late)
        self._items.copy(opened, (head, TAIL), ends, self._fill_late, watch)

    def _settled_head(self, note: Note) -> bytes:
        """Give the head once all is known, and note what only the whole source shows."""
        head = self._head()
        self._site.url = self._url
        self._note_run(note)
        self._note_removed(note)
        return head

    @property
    def _url(self) -> str | None:
        """The site's address: where the source doesn't state it, the commonest of permalinks.

        Of equals it is the one that came first.
        """
        if not self._site.url and self._origins:
            return self._origins.most_common(1)[0][0]
        return self._site.url

    def _head(self) -> bytes:
        """Give what would stand before the items that are here."""
        return head(
            replace(self._site, url=self._url),
            self._pub_date(),
            self._authors.in_order(),
            self._terms.in_order(),
            self._settings.generator,
            self._provenance(),
        )

    def _provenance(self) -> dict[str, object]:
        if not self._settings.provenance:
            return {}
        authors = [(n, who, self._authors.declared(who)) for n, who in self._authors.in_order()]
        terms = [(term, self._terms.declared(term)) for term in self._terms.in_order()]
        rows = filled(self._site, authors, terms)
        said = {wxr.FILLED: rows, wxr.OPTIONS: self._options}
        return {name: value for name, value in said.items() if value}

    def _number(self, draft: Draft, note: Note) -> int:
        if self._identities.claim_id(draft.id):
            return draft.id or 0
        self._unnumbered += 1
        if draft.id is not None and self._settings.provenance:
            said = wxr.read_provenance(draft.instruction)
            said["stated"] = said.get("stated", {}) | {"id": str(draft.id)}
            draft.parts[PROVENANCE] = provenance_line(wxr.provenance_instruction(said))
        if draft.id:
            note(
                Finding(
                    "mapping-id-taken",
                    f"an earlier record has the ID {draft.id}; this one gets the next free ID",
                    field="id",
                    fix="Give one of them another ID, or remove the older file",
                )
            )
        return -self._unnumbered

    def _note_slug(self, draft: Draft, note: Note) -> None:
        earlier = self._identities.earlier_at(draft.type, draft.address, draft.path)
        if earlier:
            note(
                Finding(
                    "mapping-slug-taken",
                    f"{earlier} has the same slug {draft.slug}; WordPress would rename this one",
                    field="slug",
                    fix="Give one of them another permalink",
                )
            )

    def _fill(self, gap: Gap, draft: Draft, number: int, note: Note) -> bytes:
        """Give what stands in a gap; nothing where that isn't known yet."""
        kind = gap.kind
        if kind == "nicename":
            return self._nicename(draft.terms[gap.term])
        if kind == "creator":
            return self._creator(draft.author, note)
        if number < 0 or kind == "link":
            return b""
        if kind == "id":
            return b"%d" % number
        return plain_permalink(draft.origin, number).encode() if draft.origin else b""

    def _hole(self, at: int, gap: Gap, draft: Draft, number: int) -> bytes:
        """Remember a gap that is filled at the end; a name that is empty is none."""
        if gap.kind not in ("creator", "nicename"):
            if not draft.origin:
                self._homeless += gap.kind == "guid"
            offset = self._items.size + sum(map(len, draft.parts[:at]))
            self._items.add_hole(Hole(offset, gap.kind, number, draft.origin))
        return b""

    def _creator(self, author: Author | None, note: Note) -> bytes:
        if (login := self._creators.get(author)) is None:
            login = wxr.cdata(_allowed(self._authors.login(author, note)))
            self._creators[author] = login
        return login

    def _nicename(self, term: TermRef) -> bytes:
        if (slug := self._nicenames.get(term)) is None:
            slug = self._nicenames[term] = wxr.attribute(_allowed(self._terms.nicename(term)))
        return slug

    def _categories(self, kind: KindOfItem) -> bytes:
        """Give what stands between the columns of an item and its metas, which begins with a slug.

        The terms count as seen, as those of a record do.
        """
        slugs = map(self._nicename, kind.terms)
        return b"".join(chain(*zip_longest(slugs, kind.between, fillvalue=b"")))

    def _fill_late(self, hole: Hole) -> bytes:
        number = hole.number if hole.number > 0 else self._identities.highest - hole.number
        if hole.kind == "id":
            return b"%d" % number
        base = hole.origin or self._site.url
        return plain_permalink(base, number).encode() if base else b""

    def _pub_date(self) -> str:
        if (now := self._settings.epoch) is not None:
            return dates.rfc822(datetime.fromtimestamp(now, UTC).replace(tzinfo=None))
        return dates.rfc822(datetime.fromisoformat(self._newest)) if self._newest else ""

    def _note_removed(self, note: Note) -> None:
        for what, text in texts(self._site, self._authors.in_order(), self._terms.in_order()):
            _, removed = wxr.take_forbidden(text.encode())
            if removed:
                names = sorted({f"U+{ord(c):04X}" for run in removed.values() for c in run})
                said = f"{', '.join(names)} taken out of {what}: XML 1.0 can't carry it"
                note(Finding("loss-character", said, fix="Remove it from the source"))

    def _note_run(self, note: Note) -> None:
        if self._options and not self._settings.provenance:
            message = f"options of the site ({len(self._options)}) weren't written"
            fix = "Leave --no-provenance out: WXR has no element for them"
            note(Finding("loss-no-place", message, fix=fix))
        if self._zone_assumed:
            note(
                Finding(
                    "mapping-timezone-assumed",
                    f"dates that state no zone were taken as UTC (records: {self._zone_assumed})",
                    field="date_gmt",
                    fix="Name the zone that they are in with --timezone AREA/CITY",
                )
            )
        if self._homeless and not self._site.url:
            note(
                Finding(
                    "mapping-base-url-missing",
                    "no permalink tells the site's address, so addresses stay empty",
                    field="link",
                    fix="Name the site with --base-url URL",
                )
            )
        elif self._siteless:
            note(
                Finding(
                    "mapping-link-relative",
                    "permalinks that name no site were written as they are "
                    f"(records: {self._siteless})",
                    field="link",
                    fix="Name the site with --base-url URL",
                )
            )


def _note_nothing(_finding: Finding) -> None:
    pass


def _allowed(text: str) -> bytes:
    """Give what XML can carry; what it can't is noted with the head."""
    return wxr.take_forbidden(text.encode())[0]
