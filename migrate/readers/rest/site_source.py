"""What every reader of a live site does, whichever way the site's records come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from migrate.model.finding import Note
from migrate.model.progress import Watch, unwatched
from migrate.model.settings import Handle
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.media import File, fetch
from migrate.readers.rest.options import RestOptions

__all__ = ["Leave", "SiteSource"]

Leave = Callable[[str, int, str], bool]
"""Is asked whether the target has a record as it is: by type, id and mark."""


class SiteSource:
    """A site as a source of records; a reader puts the files of those it has read into `_files`."""

    def __init__(
        self, connection: Connection, options: RestOptions, watch: Watch = unwatched
    ) -> None:
        self.connection = connection
        self._options = options
        self._watch = watch
        self._files: dict[File, None] = {}
        self._leave: Leave | None = None

    def state(self, handle: Handle) -> str:
        """Give nothing: what a site says of a record is known once it is read."""
        del handle
        return ""

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give None: a site has no lines."""
        del handle, field
        return None

    def leaving(self, leave: Leave) -> None:
        """Don't name records of which `leave` says that the target has them as they are."""
        self._leave = leave

    def fetch_media(self, root: Path, note: Note) -> int:
        """Fetch the files of all attachments that were read; give how many weren't there yet.

        They come to lie below `root` as on the site, in `wp-content/uploads/`.
        """
        home = self.connection.facts.home
        return fetch(self.connection.lanes, home, list(self._files), root, note, self._watch)
