"""Posts whose files were renamed since a run of ours wrote them, known by their bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import file_digest
from pathlib import Path

from migrate.output import manifest, plain
from migrate.output.manifest import Entry, short
from migrate.syntax.wordpress_folder import FOLDER


class Renamed:
    """Tells which post of the manifest a file was. Can be pickled.

    A file counts where the manifest doesn't know its name, and its bytes are those of one post
    whose own file is gone. `gone` gives the paths of such posts; where there are none, no file is
    read. A file that was edited too can't be told.
    """

    def __init__(self, root: Path, gone: Iterable[str]) -> None:
        self._root = root
        self._gone = frozenset(gone)

    def old_path(self, path: str) -> str:
        """Give the path that a file had; empty where it wasn't renamed, or that can't be told."""
        if not self._by_digest or short(path) in self._known:
            return ""
        try:
            with plain.opened(self._root / path, follow=False) as stream:
                held = file_digest(stream, "sha256").hexdigest()
        except OSError:
            return ""
        paths = self._by_digest.get(held, set())
        return next(iter(paths)) if len(paths) == 1 else ""

    @cached_property
    def _by_digest(self) -> dict[str, set[str]]:
        """The gone posts by the hash of what was written; more than one where they were alike."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entry in self._entries() if self._gone else ():
            if entry.path in self._gone:
                found[entry.sha256].add(entry.path)
        return found

    @cached_property
    def _known(self) -> frozenset[int]:
        """Short names of the files that the manifest knows."""
        return frozenset(entry.place for entry in self._entries())

    def _entries(self) -> Iterator[Entry]:
        path = self._root / FOLDER / manifest.NAME
        if path.is_file() and not path.is_symlink():
            try:
                yield from manifest.read(path)
            except OSError:
                return
