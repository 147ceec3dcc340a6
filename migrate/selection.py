"""Which records of a source a run is about; the others are left out and counted by option."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec import Struct

from migrate.model.defaults import POST
from migrate.model.finding import Note
from migrate.model.globs import matches
from migrate.model.post import Post
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.report.totals import Totals
from migrate.stages import Reader
from migrate.syntax.wordpress_folder import sidecar_path


class Selection(Struct, frozen=True):
    """What the user asked for; the first option that leaves a record out is the one it counts for.

    `include` and `exclude` are patterns as in .gitignore. `since` is MySQL's text, on the clock of
    the source's site. `changed_since` names a commit; `changed` are the paths below SOURCE that
    differ from it, or None for all. `limit` is how many records are taken, in source order, of
    those that no other option leaves out.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str = ""
    changed_since: str = ""
    changed: frozenset[str] | None = None
    limit: int | None = None

    @property
    def is_all(self) -> bool:
        """Say whether nothing is left out."""
        return self == Selection()

    def option_against_path(self, path: str) -> str:
        """Give the option that leaves out whatever has this path; empty where none does."""
        if self.changed is not None and self.changed.isdisjoint((path, sidecar_path(path))):
            return "changed-since"
        return self.option_against_name(path)

    def option_against(self, post: Post, handle: Handle) -> str:
        """Give the option that leaves a record out; empty where none does."""
        option = self.option_against_name(_path_in_file(post)) if handle.end else ""
        if option:
            return option
        if self.types and (post.type or POST["type"]) not in self.types:
            return "type"
        if self.statuses and (post.status or POST["status"]) not in self.statuses:
            return "status"
        if self.since and "" < _changed_at(post) < self.since:
            return "since"
        return ""

    def option_against_name(self, path: str) -> str:
        """Give the option whose patterns leave out a path; empty where none does."""
        if self.include and not matches(self.include, path):
            return "include"
        return "exclude" if self.exclude and matches(self.exclude, path) else ""


def _path_in_file(post: Post) -> str:
    """Give the path of a record in a file of many: its source's, else its permalink's."""
    path = post.provenance.path or urlsplit(post.link or "").path.strip("/")
    return path or post.slug or ""


def _changed_at(post: Post) -> str:
    return post.modified or post.date or post.modified_gmt or post.date_gmt or ""


class SelectingReader(Struct, frozen=True):
    """Reads what `reader` reads, but for what a selection leaves out.

    What is left out by its path isn't opened; `totals` count it while locating.
    """

    reader: Reader
    selection: Selection
    totals: Totals

    def head(self, note: Note) -> Head:
        """Give all that is no post."""
        return self.reader.head(note)

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records that may be chosen, in source order."""
        for handle in self.reader.locate(note):
            option = self._option_against(handle)
            if option:
                self.totals.leave_unopened(option)
            else:
                yield handle

    def state(self, handle: Handle) -> str:
        """Give what stands for the record and for what chooses it by what it says."""
        state = self.reader.state(handle)
        chosen = (self.selection.types, self.selection.statuses, self.selection.since)
        return f"{state} {chosen!r}" if state and any(chosen) else state

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record and say which option leaves it out; RecordError where it can't be."""
        reading = self.reader.read(handle, note)
        if reading.post is not None:
            reading.left_out = self.selection.option_against(reading.post, handle)
        return reading

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field of a record starts."""
        return self.reader.line_of(handle, field)

    def _option_against(self, handle: Handle) -> str:
        if handle.end:  # of a file of many, each record has a path of its own
            changed = self.selection.changed
            return "" if changed is None or handle.path in changed else "changed-since"
        return self.selection.option_against_path(handle.path)
