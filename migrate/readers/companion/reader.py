"""The reader of a live site that has the companion: everything comes whole, in one stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Final, Self

from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.live.api import Row
from migrate.live.companion.listing import Listing
from migrate.live.companion.snapshot import REVISION, Snapshot
from migrate.live.companion.streams import snapshot
from migrate.model import canonical
from migrate.model.finding import Finding, Note
from migrate.model.post import Post, TermRef
from migrate.model.progress import Watch, unwatched
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.output import spool
from migrate.output.lines import Lines
from migrate.plan.shown import Shown, Shows
from migrate.readers.companion.files import files
from migrate.readers.rest import losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.fonts import fonts
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.site_source import SiteSource
from migrate.syntax import canonical_records
from migrate.syntax.wordpress_folder import KEPT_BESIDE

__all__ = ["CompanionReader"]

_DEFAULT_CATEGORY: Final = "default_category"


class CompanionReader(SiteSource):
    """Reads a site through its companion; a context manager, and not picklable.

    All of the site but its files comes when it is first asked for anything, and is kept on disk.
    """

    def __init__(
        self, connection: Connection, options: RestOptions, watch: Watch = unwatched
    ) -> None:
        super().__init__(connection, options, watch)
        self._stack = ExitStack()
        self._left: dict[int, bool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stack.close()
        self.connection.close()

    @property
    def snapshot(self) -> Snapshot:
        """What the site holds; without its texts where digests stand for them. Raises SiteError."""
        return self._listing.snapshot if self._options.digests else self._whole

    def beside(self, pairs: Sequence[tuple[Handle, Post]], *, one_site: bool) -> list[Post | None]:
        """Give each record of the site, with the texts of which the one beside it says something.

        None for one that holds what no record can. `one_site` says that numbers mean the same in
        both. Raises SiteError.
        """
        held = self.snapshot
        asked = [(held.id(handle.start), canonical.plain(said)) for handle, said in pairs]
        return [self._record(row) for row in self._listing.beside(asked, numbered=one_site)]

    def head(self, note: Note) -> Head:
        """Give site, authors, terms (parents first) and options; names those it isn't told."""
        held, asked = self.snapshot, self._options.site_options
        options = {name: held.options[name] for name in asked if name in held.options}
        said = Losses(self.connection.facts.home, note)
        missing = [name for name in asked if name not in options]
        if missing and not self._tells_options:
            said.once(losses.HIDDEN_OPTIONS, ", ".join(missing))
        for name in missing if self._tells_options else ():
            said.once(losses.NO_OPTION, name)
        for what in held.mended:
            note(_mended(what, self.connection.facts.home))
        return replace(held.head, options=options)

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records in the order of their IDs, but for those to be left."""
        del note
        home = self.connection.facts.home.rstrip("/")
        for place in range(len(self.snapshot)):
            if not self._is_left(place):
                yield Handle(f"{home}/?p={self.snapshot.id(place)}", place)

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record; RecordError where it holds what no record can."""
        held = self.snapshot
        post = self._post(held.record(handle.start))
        if held.is_mended(handle.start):
            note(_mended("the post", handle.path))
        post.provenance.mark = held.mark(handle.start)
        for found in (files, fonts):
            self._files.update(dict.fromkeys(found(post, self._options.media)))
        return Reading(post)

    def shown(self) -> Shown:
        """Give what the site shows, which is everything."""
        facts, held = self.connection.facts, self.snapshot
        taxonomies = {term.taxonomy for term in held.head.terms}
        taxonomies |= set(self.connection.companion.taxonomies)
        everything = Shows(frozenset(), frozenset(taxonomies), all_metas=True, protected=True)
        types = {*self.connection.companion.types, *map(held.type, range(len(held)))}
        types -= set() if self._options.revisions else {REVISION}
        by_type = dict.fromkeys(types, everything)
        default = self._default_category()
        options = frozenset(self._options.site_options if self._tells_options else ())
        return Shown(facts.home, facts.zone, by_type, default, comment_metas=True, options=options)

    @cached_property
    def _whole(self) -> Snapshot:
        held = self._empty()
        held.take(snapshot(self.connection.api, self._asked_options()))
        if self._options.revisions:
            held.take_revisions(snapshot(self.connection.api, types=(REVISION,)))
        return held

    @cached_property
    def _listing(self) -> Listing:
        listing = Listing(self.connection.api, self._empty(), self._asked_options())
        if self._options.revisions:
            listing.take_revisions()
        return listing

    @property
    def _tells_options(self) -> bool:
        return self.connection.companion.options

    def _asked_options(self) -> list[str]:
        return list(dict.fromkeys((_DEFAULT_CATEGORY, *self._options.site_options)))

    def _empty(self) -> Snapshot:
        lines = Lines(self._stack.enter_context(spool()))
        trash, spam = self._options.trash, self._options.spam
        return Snapshot(lines, self._watch, trash=trash, spam=spam)

    def _post(self, row: Row) -> Post:
        post = canonical_records.post(row)
        login = post.author.login or "" if post.author else ""
        post.author = self.snapshot.author(login)
        return post

    def _record(self, row: Row) -> Post | None:
        try:
            return self._post({"to_ping": "", "pinged": ""} | row)  # told where there are some
        except RecordError:
            return None

    def _default_category(self) -> TermRef:
        """Give the category of posts that state none, core's first one where we may not know."""
        number = self.snapshot.options.get(_DEFAULT_CATEGORY)
        for term in self.snapshot.head.terms:
            if term.taxonomy == "category" and str(term.id) == number:
                return TermRef("category", term.name, term.slug)
        return TermRef("category", slug="uncategorized")

    def _is_left(self, place: int) -> bool:
        """Tell whether the target has a record as it is, which is asked once."""
        if self._leave is None:
            return False
        if place not in self._left:
            held, kind = self.snapshot, self.snapshot.type(place)
            is_kept_beside = kind in KEPT_BESIDE
            self._left[place] = not is_kept_beside and self._leave(
                kind, held.id(place), held.mark(place)
            )
        return self._left[place]


def _mended(what: str, path: str) -> Finding:
    message = f"{what} holds bytes on the site that aren't UTF-8; each reads U+FFFD now"
    fix = "Mend it on the site, and export it again"
    return Finding("source-invalid-bytes", message, path=path, fix=fix)
