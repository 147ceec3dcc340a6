"""What an output folder holds of a source already, so that it needn't be read again.

A line of the manifest may have a mark: what the source said of the record when its files were
written. Where the source says the same again, and the files still stand as they were written, they
are left, and with them their lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from migrate.output import manifest, plain
from migrate.output.manifest import Entry
from migrate.output.names import is_below
from migrate.output.replacement import explaining

__all__ = ["Held"]


class Held:
    """The records of a folder by key; those that `holds` has confirmed are in `left`."""

    def __init__(self, root: Path, own: str, *, finished: bool) -> None:
        """Learn what a killed run wrote, and with `finished` what the last whole run did."""
        self._root = root
        self.left: list[Entry] = []
        journal = root / own / manifest.NAME
        with explaining(journal, manifest.FIX):
            killed = _by_key(manifest.read(journal.with_name(manifest.PART)))
            self._entries = (_by_key(manifest.read(journal)) if finished else {}) | killed

    def holds(self, key: str, mark: str) -> bool:
        """Tell whether the record's files stand as they were written of a record of this mark."""
        entries = self._entries.get(key, [])
        if mark not in {entry.mark for entry in entries if entry.mark}:
            return False
        if not all(self._stands(entry) for entry in entries):
            return False
        self.left += entries
        return True

    def _stands(self, entry: Entry) -> bool:
        try:
            place = self._root / entry.path
            data = plain.read(place, follow=False) if is_below(entry.path) else b""
        except OSError:
            return False
        return sha256(data).hexdigest() == entry.sha256


def _by_key(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Give each record's files; of two lines about one file the later counts."""
    found: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
    for entry in entries:
        if not entry.inside:
            found[entry.key][entry.path] = entry
    return {key: list(files.values()) for key, files in found.items()}
