"""What earlier runs made of records, so that the same needn't be made, nor even read, again.

A line of the manifest may say what its file was `made` from: a hash of all that its bytes and its
name depend on, and likewise in what state the record was `read`. Such a line stays true whatever
comes after it. So where a record has that hash again, and the file's bytes are those that the line
speaks of, they are what making it would give.
"""

from __future__ import annotations

import os
import stat
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from migrate.output import manifest, plain
from migrate.output.content import bytes_of
from migrate.output.manifest import Entry
from migrate.output.names import is_below
from migrate.output.replacement import explaining


class Standing(NamedTuple):
    """A file that stands as it was written: the manifest's line of it, and its bytes."""

    entry: Entry
    data: bytes


class Made:
    """The files of a folder that are all of their records: 40 bytes for each."""

    def __init__(self, root: Path, own: str) -> None:
        """Learn what the last whole run wrote; `own` is the folder that the manifest lies in."""
        self._root, self._own = str(root), own
        self._manifest = root / own / manifest.NAME
        self._by_key, self._by_read = _Lines(), _Lines()
        with explaining(self._manifest, manifest.FIX):
            for place, length, entry in manifest.placed(self._manifest):
                if entry.made and not entry.inside:
                    self._by_key.add(entry.key, place, length)
                    if entry.read:
                        self._by_read.add(entry.read, place, length)

    def __reduce__(self) -> tuple[type[Made], tuple[Path, str]]:
        # In another process Python's hashes are others, and so are open files.
        return type(self), (Path(self._root), self._own)

    def standing(self, key: str, made: str) -> Standing | None:
        """Give the file of a record of which `made` begins so; None where there is none."""
        for entry in self._entries(self._by_key.of(key)):
            if entry.made.startswith(made) and (found := self._read(entry)):
                return found
        return None

    def unread(self, read: str) -> Standing | None:
        """Give the file of a record that would be read in the same state; None to read it."""
        for entry in self._entries(self._by_read.of(read)):
            if entry.read == read and (found := self._read(entry)):
                return found
        return None

    def _entries(self, lines: Iterable[tuple[int, int]]) -> Iterator[Entry]:
        for place, length in lines:
            try:
                entry = manifest.parse(os.pread(self._open, length, place))
            except OSError:
                return
            if entry:
                yield entry

    @cached_property
    def _open(self) -> int:
        """The manifest, open for reading as long as this object lives."""
        number, _ = plain.descriptor_of(self._manifest, follow=False)
        weakref.finalize(self, os.close, number)
        return number

    def _read(self, entry: Entry) -> Standing | None:
        place = f"{self._root}/{entry.path}"
        try:
            # A Path for each record costs as much as reading its file.
            found = os.lstat(place)
            if not (stat.S_ISREG(found.st_mode) and is_below(entry.path)):
                return None
            data = bytes_of(place, found.st_size)
        except OSError:
            return None
        return Standing(entry, data) if sha256(data).hexdigest() == entry.sha256 else None


class _Lines:
    """Lines of a file by what is there, which Python's hash stands for; several may be alike."""

    def __init__(self) -> None:
        self._keys, self._places, self._lengths = array("q"), array("Q"), array("I")
        self._is_sorted = True

    def add(self, key: str, place: int, length: int) -> None:
        self._keys.append(hash(key))
        self._places.append(place)
        self._lengths.append(length)
        self._is_sorted = False

    def of(self, key: str) -> Iterator[tuple[int, int]]:
        """Give the places of lines and their lengths."""
        if not self._is_sorted:
            self._sort()
        wanted = hash(key)
        at = bisect_left(self._keys, wanted)
        while at < len(self._keys) and self._keys[at] == wanted:
            yield self._places[at], self._lengths[at]
            at += 1

    def _sort(self) -> None:
        order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        self._keys = array("q", map(self._keys.__getitem__, order))
        self._places = array("Q", map(self._places.__getitem__, order))
        self._lengths = array("I", map(self._lengths.__getitem__, order))
        self._is_sorted = True
