"""Contents: all that a site holds, listed once; its texts are fetched when they are read."""

from __future__ import annotations

import html
import json
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.live.post_types import Taxonomy, taxonomies
from migrate.model.post import TermRef
from migrate.model.progress import LISTING, Watch
from migrate.model.settings import Handle
from migrate.model.site import Head, Site
from migrate.output import spool
from migrate.output.lines import Lines
from migrate.readers.rest import hidden, losses, revisions
from migrate.readers.rest.by_call import ByCall
from migrate.readers.rest.comments import Comments
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import Kind, kinds
from migrate.readers.rest.listing import First, ahead, listed
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.people import People
from migrate.readers.rest.revisions import COUNTED, Revised
from migrate.readers.rest.rows import Fault, Rows
from migrate.readers.rest.shelf import Shelf
from migrate.readers.rest.terms import Terms, read_terms

__all__ = ["LISTED", "REFUSED", "Contents"]

LISTED: Final = 1
REFUSED: Final = 2
"""What a handle's `end` says: the site listed the post, or could not."""

_REFUSED: Final = frozenset({400, 401, 403, 404})
_FLOATING: Final = frozenset({"draft", "pending"})


class Contents:
    """What a site lists: its kinds, terms, people and comments, and the places of its posts.

    Everything on disk lies in nameless files that `close` ends.
    """

    def __init__(self, connection: Connection, options: RestOptions, watch: Watch) -> None:
        self._connection = connection
        self._options = options
        self._watch = watch
        self._stack = ExitStack()
        self._lines = [Lines(self._stack.enter_context(spool())) for _ in range(3)]
        rows, comments, told = self._lines
        self.rows = Rows(connection.lanes, rows)
        self.comments = Comments(Shelf(comments))
        self.by_call = ByCall(Shelf(told))
        self.terms = Terms()
        self.people = People({}, complete=False)
        self.kinds: dict[str, Kind] = {}
        self.faults: list[Fault] = []
        self._marks = array("Q")
        self._authors: set[int] = set()
        self._revised: list[Revised] = []

    def close(self) -> None:
        """Forget it all."""
        self._stack.close()

    def list(self, note: Losses) -> None:
        """Ask the site for all but the texts. Raises SiteError."""
        if self._options.since:
            note.once(losses.SINCE, self._options.since)
        shown = self._taxonomies()
        self.terms = read_terms(self._connection, shown, note)
        visible = {name: each for name, each in shown.items() if name in self.terms.shown}
        visible |= hidden.taxonomies(self._connection, self.terms, self._options, note)
        asked = deque(
            (kind, ahead(self._connection.lanes, kind.type.route, self._asked(kind)))
            for kind in kinds(self._connection, visible, self._options, note)
        )
        while asked:
            self._list(*asked.popleft(), note)
        for kind in hidden.kinds(self._connection, self.kinds, visible.values(), self._options):
            try:
                note.once(losses.PROTECTED_METAS)
                self._take(kind, hidden.posts(self._connection, kind, self._broken), note)
            except SiteError:
                note.once(losses.HIDDEN_TYPE, kind.name)
            else:
                self.by_call.kinds.add(kind.name)
        self._read_revisions(note)
        self.people = People.read(self._connection, self._authors | self.by_call.authors, note)
        self.comments.read(self._connection, self._options, note, self._broken)
        self._settle()
        if self._connection.account is None:
            for loss in (losses.RENDERED, losses.UNPUBLISHED, losses.VISITORS_METAS):
                note.once(loss)
            return
        if self.terms.all:
            note.once(losses.TERM_METAS)
        if self.comments.count:
            note.once(losses.COMMENTS)

    def head(self) -> Head:
        """Give site, authors and terms."""
        return Head(self._site(), self.people.all, self.terms.all)

    def handles(self) -> Iterator[Handle]:
        """Name all posts; `start` is a post's place, what couldn't be listed behind the others."""
        home = self._connection.facts.home.rstrip("/")
        for place in range(len(self.rows)):
            yield Handle(f"{home}/?p={self.rows.id(place)}", place, LISTED)
        for number in range(len(self.faults)):
            yield Handle(f"{home}/", len(self.rows) + number, REFUSED)

    def mark(self, place: int) -> str:
        """Give a hash of what the site lists of a post: all but its texts, comments and metas too.

        Empty where texts come with the listing: then nothing is compared.

        Terms, metas and comments change without touching the time of the last change.
        """
        if self._options.at_once:
            return ""
        number = self.rows.id(place)
        comments = sorted(self.comments.rows(number), key=lambda row: int(row["id"]))
        said = [self._marks[place], comments, self.by_call.of(number)]
        return f"{_short(said):016x}"

    def default_category(self) -> TermRef:
        """Give the category of posts that state none, core's first one where we may not know."""
        stated = self._settings.get("default_category")
        number = stated if isinstance(stated, int) else 0
        core = TermRef("category", slug="uncategorized")
        return self.terms.refs.get(("category", number), core)

    def _taxonomies(self) -> dict[str, Taxonomy]:
        shown: dict[str, Taxonomy] = {}
        for told in self._connection.in_contexts(taxonomies):
            shown |= told
        return shown

    def _list(self, kind: Kind, first: Future[First], note: Losses) -> None:
        """List the posts of a kind, with their texts if they are wanted at once."""
        ids, kept = array("Q"), array("Q")  # `kept`: where the row lies, else its mark
        statuses: set[str] = set()
        revised = self._revised_of(kind)

        def take(row: Row) -> None:
            if revised:
                revised.add(int(row["id"]), revisions.count(row))
            ids.append(int(row["id"]))
            kept.append(self.rows.keep(row) if self._options.at_once else _mark(row, kind))
            self._authors.add(int(row.get("author") or 0))
            statuses.add(str(row.get("status")))
            done = len(self.rows) + len(ids)
            self._watch(LISTING, done, done)

        try:
            route = kind.type.route
            listed(self._connection.lanes, route, self._asked(kind), take, self._broken, first)
        except AnswerError as error:
            if error.status not in _REFUSED:
                raise
            note.once(losses.HIDDEN_TYPE, kind.name)
            return
        self.kinds[kind.name] = kind
        if self._options.at_once:
            self.rows.add_kept(kind, ids, kept)
        else:
            self._marks.extend(_in_order_of(ids, kept))
            self.rows.add(kind, array("Q", sorted(ids)))
        self.by_call.read(self._connection, kind, sorted(ids), note, few=bool(self._options.since))
        if kind.context == "edit" and ids:
            if statuses & _FLOATING:
                note.once(losses.DRAFT_DATES)
            if kind.name not in self.by_call.kinds:
                _note_untold(kind, note)

    def _take(self, kind: Kind, posts: Iterable[tuple[Row, Row]], note: Losses) -> None:
        """Take posts with their texts, each with what XML-RPC said of it, where it did."""
        ids, offsets, marks = array("Q"), array("Q"), array("Q")
        revised = self._revised_of(kind)
        for row, told in posts:
            ids.append(int(row["id"]))
            offsets.append(self.rows.keep(row))
            marks.append(_mark(row, kind))
            if told:
                self.by_call.take(kind, told)
            if revised:
                revised.add(ids[-1], 1)  # at least, for all we know
            self._authors.add(int(row.get("author") or 0))
            if row.get("status") in _FLOATING:
                note.once(losses.DRAFT_DATES)
        if not self._options.at_once:
            self._marks.extend(_in_order_of(ids, marks))
        self.rows.add_kept(kind, ids, offsets)
        self.kinds[kind.name] = kind

    def _revised_of(self, kind: Kind) -> Revised | None:
        """Return what takes a kind's posts that have revisions, where those are wanted."""
        if not self._options.revisions or not kind.has_revisions:
            return None
        self._revised.append(Revised(kind, array("Q"), array("Q")))
        return self._revised[-1]

    def _read_revisions(self, note: Losses) -> None:
        """Read what the posts that were listed said before, or say that we aren't shown it."""
        if not self._options.revisions:
            return
        if any(kind.context == "view" for kind in self.kinds.values()):
            note.once(losses.VISITORS_REVISIONS)
        for revised in self._revised:
            found = revisions.revisions(self._connection, revised, note, self._broken)
            self._take(revisions.of_kind(revised.kind), found, note)

    def _asked(self, kind: Kind) -> dict[str, str | int]:
        """Return the parameters of a listing; a menu item's target comes along where it is read."""
        asked = kind.parameters()
        if self._options.since:
            asked["modified_after"] = _just_before(self._options.since)
        if not self._options.at_once:
            asked.pop("_embed", None)
        named = [kind.fields() if self._options.at_once else kind.watched_fields()]
        if self._options.revisions and kind.has_revisions:
            named.append(COUNTED)
        return asked | {"_fields": ",".join(named)}

    def _settle(self) -> None:
        """Be ready to be read by forked processes as well, which have no threads."""
        for lines in self._lines:
            lines.flush()
        self._connection.lanes.rest()

    def _broken(self, why: str) -> None:
        self.faults.append(Fault(why))

    @cached_property
    def _settings(self) -> Row:
        """The site's settings, of which only administrators are told."""
        if not self._connection.may("manage_options"):
            return {}
        return self._connection.api.get("wp/v2/settings")

    def _site(self) -> Site:
        """Give the site as its settings say, else as its REST root does."""
        facts, settings = self._connection.facts, self._settings
        home = facts.home.rstrip("/")
        site = Site(url=home, network_url=home, title=facts.name)
        if settings:
            site.title = html.unescape(str(settings.get("title", "")))
            site.description = html.unescape(str(settings.get("description", "")))
            site.language = str(settings.get("language", "")).replace("_", "-") or None
        return site


def _just_before(moment: str) -> str:
    """Return the second before a moment, which WP_Date_Query's `after` leaves out."""
    return (datetime.fromisoformat(moment) - timedelta(seconds=1)).isoformat()


def _in_order_of(ids: array[int], values: array[int]) -> array[int]:
    """Return values of posts as they come in the order of the posts' ids."""
    return array("Q", (values[at] for at in sorted(range(len(ids)), key=ids.__getitem__)))


def _mark(row: Row, kind: Kind) -> int:
    for taxonomy in kind.taxonomies:
        ids = row.get(taxonomy.field)
        if isinstance(ids, list) and all(isinstance(number, int) for number in ids):
            ids.sort()  # terms of one name come in any order
    return _short(row)


def _short(value: Any) -> int:
    """Return 8 bytes that stand for a value of JSON."""
    text = json.dumps(value, sort_keys=True).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest())


def _note_untold(kind: Kind, note: Losses) -> None:
    """Name the fields that REST has no place for, where there may be something in them."""
    if kind.name == "nav_menu_item":
        note.once(losses.MENU_ITEMS)
    elif kind.name == "attachment":
        note.once(losses.PASSWORDLESS)
    else:
        if "page-attributes" not in kind.type.supports:
            note.once(losses.ORDER)
        if not {"author", "comments"} & kind.type.supports:
            note.once(losses.UNSUPPORTED, kind.name)
