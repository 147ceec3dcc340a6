"""What earlier runs made of records, so that the same needn't be made again.

A line of the manifest may say what its file was `made` from: a hash of all that its bytes and its
name depend on. Such a line stays true whatever comes after it. So where a record has that hash
again, and the file's bytes are those that the line speaks of, they are what making it would give.
"""

from __future__ import annotations

import os
import stat
from array import array
from bisect import bisect_left
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from migrate.output import manifest
from migrate.output.manifest import short
from migrate.output.names import is_below


class Standing(NamedTuple):
    """A file that stands as it was written: its path below the folder, its bytes, their hash."""

    path: str
    data: bytes
    sha256: str


class Made:
    """The files of a folder that are all of their records: 40 bytes and a path for each."""

    def __init__(self, root: Path, own: str) -> None:
        """Learn what the last whole run wrote; `own` is the folder that the manifest lies in."""
        self._root = str(root)
        keys, self._made, self._digests = array("Q"), array("Q"), array("Q")
        self._paths, self._ends = bytearray(), array("Q", [0])
        for entry in manifest.read(root / own / manifest.NAME):
            if entry.made and not entry.inside:
                keys.append(short(entry.key))
                self._made.append(short(entry.made))
                self._digests.append(int(entry.sha256[:16], 16))
                self._paths += entry.path.encode("utf-8", "surrogatepass")
                self._ends.append(len(self._paths))
        self._rows = array("Q", sorted(range(len(keys)), key=keys.__getitem__))
        self._keys = array("Q", (keys[row] for row in self._rows))

    def standing(self, key: str, made: str) -> Standing | None:
        """Give the file of a record that is to be made from the same again; None to make it."""
        wanted, hashed = short(key), short(made)
        at = bisect_left(self._keys, wanted)
        while at < len(self._keys) and self._keys[at] == wanted:
            row = self._rows[at]
            if self._made[row] == hashed and (found := self._read(row)):
                return found
            at += 1
        return None

    def _read(self, row: int) -> Standing | None:
        path = self._paths[self._ends[row] : self._ends[row + 1]].decode("utf-8", "surrogatepass")
        place = f"{self._root}/{path}"
        try:
            # A Path for each record costs as much as reading its file.
            if not (is_below(path) and stat.S_ISREG(os.lstat(place).st_mode)):
                return None
            with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - see above
                data = file.readall()
        except OSError:
            return None
        digest = sha256(data).hexdigest()
        return Standing(path, data, digest) if int(digest[:16], 16) == self._digests[row] else None
