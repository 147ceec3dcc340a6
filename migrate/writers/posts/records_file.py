"""A file of many records: one YAML document each, replaced as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from migrate.model.action import Verb
from migrate.output.content import digest
from migrate.output.folder import FolderOutput, State
from migrate.output.manifest import Entry
from migrate.syntax.wordpress_folder import document, documents

LEFT: Final = frozenset[State](("edited", "foreign"))
"""What isn't replaced unless the user says so; `blocked` never is."""


def is_left(state: State, *, overwrite: bool) -> bool:
    """Tell whether what stands at a path is left as it is."""
    return state == "blocked" or (state in LEFT and not overwrite)


class RecordsFile:
    """Takes records in source order, then writes them all; `conflict` says why it won't."""

    def __init__(
        self, folder: FolderOutput, path: str, spool: BinaryIO, *, overwrite: bool
    ) -> None:
        self.path = path
        self._folder = folder
        self._spool = spool
        self._state = folder.state(path, None)
        self.conflict = self._state if is_left(self._state, overwrite=overwrite) else None

    def add(self, key: str, data: bytes) -> Verb:
        """Take one record; give what will become of it."""
        text = document(data.decode("utf-8"))
        entry = Entry(self.path, key, digest(text), inside=True)
        if self.conflict:
            self._folder.leave(entry)
            return "conflict"
        was_there, same = self._folder.knows_inside(entry)
        self._folder.note(entry)
        self._spool.write(text)
        if not was_there or self._state == "absent":
            return "create"
        return "unchanged" if same else "update"

    def finish(self, kept: Iterable[Entry]) -> None:
        """Write the file; `kept` are records of an earlier run that stay, behind the others."""
        if self.conflict:
            return
        if self._state != "absent":
            self._copy({entry.sha256 for entry in kept})
        if self._spool.tell():
            state = self._folder.state(self.path, self._spool)
            entry = Entry(self.path, self.path, digest(self._spool))
            self._folder.put(entry, self._spool, state)
        else:
            self._folder.remove(Entry(self.path, self.path, ""))

    def _copy(self, wanted: set[str]) -> None:
        if not wanted:
            return
        with self._folder.open(self.path) as cut, self._folder.open(self.path) as old:
            for start, end in documents(cut):
                old.seek(start)
                text = old.read(end - start)
                if digest(text) in wanted:
                    self._spool.write(text)
