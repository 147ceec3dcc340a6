"""Files from other sites on their way to this one: fetched into a folder that lasts as long."""

from __future__ import annotations

import tempfile
from pathlib import Path

from migrate.live.fetch import Fetched, Fetcher

__all__ = ["FetchedFiles"]


class FetchedFiles:
    """Fetches files; the folder for them is made for the first one, and removed by `close`."""

    def __init__(self, *, allow_private: bool) -> None:
        """With `allow_private` hosts of private networks are asked too."""
        self._allow_private = allow_private
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._fetcher: Fetcher | None = None

    def fetch(self, url: str) -> Fetched:
        """Fetch the file at an address. Raises SiteError."""
        if self._fetcher is None:
            self._folder = tempfile.TemporaryDirectory(prefix="wpmigrate-")
            folder = Path(self._folder.name)
            self._fetcher = Fetcher(folder, allow_private=self._allow_private)
        return self._fetcher.fetch(url)

    def close(self) -> None:
        """Remove what was fetched."""
        if self._fetcher:
            self._fetcher.close()
        if self._folder:
            self._folder.cleanup()
