"""The reader of a live site as the pipeline sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property
from typing import Final, Self

from migrate.errors import RecordError
from migrate.live.answer import mapping
from migrate.model.finding import Finding, Note
from migrate.model.progress import Watch, unwatched
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.plan.shown import Shown
from migrate.readers.rest import losses
from migrate.readers.rest.by_call import complete
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.contents import LISTED, REFUSED, Contents
from migrate.readers.rest.fonts import fonts
from migrate.readers.rest.kinds import ATTACHMENT
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.media import files
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.record import record
from migrate.readers.rest.rows import Fault
from migrate.readers.rest.site_source import SiteSource
from migrate.syntax.wordpress_folder import KEPT_BESIDE

__all__ = ["RestReader"]

GONE: Final = "gone from the site since it was listed"
PROTECTED: Final = "behind a password"


class RestReader(SiteSource):
    """Reads a site over its REST API: raw texts of everything with rights, else what it shows.

    A context manager. The site is listed once, when it is first asked for anything; texts are
    fetched in groups, several at a time, in the order of reading, and kept on disk for a second
    reading. Forked processes can read what came with the listing; connections are this one's.
    """

    def __init__(
        self, connection: Connection, options: RestOptions, watch: Watch = unwatched
    ) -> None:
        super().__init__(connection, options, watch)
        self._listing_findings: list[Finding] = []
        self._noise_noted = False
        self._looked_at: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if "contents" in self.__dict__:
            self.contents.close()
        self.connection.close()

    @cached_property
    def contents(self) -> Contents:
        """What the site lists."""
        site = self.connection.facts.home
        unused = self.connection.companion.unused("export", site)
        if unused and self._options.companion:
            self._listing_findings.append(unused)
        contents = Contents(self.connection, self._options, self._watch)
        with ExitStack() as unfinished:
            unfinished.callback(contents.close)
            said = Losses(site, self._listing_findings.append)
            contents.list(said)
            if self._options.site_options:
                said.once(losses.OPTIONS, ", ".join(self._options.site_options))
            unfinished.pop_all()
        return contents

    def head(self, note: Note) -> Head:
        """Give site, authors and terms, parents first; names what the site doesn't tell us."""
        head = self.contents.head()
        for finding in self._listing_findings:
            note(finding)
        self._note_noise(note)
        return head

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records, type by type in the order of their IDs, but for those to be left."""
        del note
        for handle in self.contents.handles():
            if not self._is_left(handle):
                yield handle

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record; RecordError where the site can't give it."""
        contents = self.contents
        if handle.end != LISTED or handle.start >= len(contents.rows):
            raise _unreadable(_fault_of(contents, handle))
        row = contents.rows.row(handle.start)
        if isinstance(row, Fault):
            raise _unreadable(row)
        self._note_noise(note)
        if row is None:
            return Reading(passed_over=GONE)
        kind = contents.rows.kind(handle.start)
        if kind.context == "view" and mapping(row.get("content")).get("protected"):
            Losses(handle.path, note).once(losses.PROTECTED)
            return Reading(passed_over=PROTECTED)
        if kind.name == ATTACHMENT:
            self._files.update(dict.fromkeys(files(row, self._options.media)))
        told = contents.by_call.of(int(row["id"]))
        post = record(row | told.get("terms", {}), kind, contents.terms.refs)
        complete(post, told)
        self._files.update(dict.fromkeys(fonts(post, self._options.media)))
        post.author = contents.people.author(row.get("author", told.get("author")))
        post.provenance.mark = contents.mark(handle.start)
        post.comments = contents.comments.of(int(row["id"]))
        return Reading(post)

    def shown(self) -> Shown:
        """Give what the site shows, for whoever compares it with another source."""
        contents, facts = self.contents, self.connection.facts
        told = contents.by_call.kinds
        types = {n: kind.shows(all_metas=n in told) for n, kind in contents.kinds.items()}
        return Shown(facts.home, facts.zone, types, contents.default_category())

    def _is_left(self, handle: Handle) -> bool:
        """Tell whether the target has a record as it is, which is asked once."""
        rows, place = self.contents.rows, handle.start
        if self._leave is None or handle.end != LISTED or place in self._looked_at:
            return rows.is_left(place)
        self._looked_at.add(place)
        kind = rows.kind(place).name
        mark = self.contents.mark(place)
        if kind not in KEPT_BESIDE and self._leave(kind, rows.id(place), mark):
            rows.leave(place)
        return rows.is_left(place)

    def _note_noise(self, note: Note) -> None:
        if self.connection.api.noise and not self._noise_noted:
            self._noise_noted = True
            reason = "text that is no JSON stands beside the site's answers"
            note(Finding("target-answer-noise", reason, path=self.connection.facts.home))


def _fault_of(contents: Contents, handle: Handle) -> str:
    number = handle.start - len(contents.rows)
    known = handle.end == REFUSED and 0 <= number < len(contents.faults)
    return contents.faults[number] if known else "the site hasn't listed it"


def _unreadable(why: str) -> RecordError:
    return RecordError(
        "source-site-record",
        f"the site can't give this record: {why}",
        fix="Look into the site's error log, mend or remove the record, and run again",
    )
