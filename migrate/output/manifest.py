"""The manifest of an output folder: which files are ours, and what they held when written.

One JSON object a line: `path` below the folder, `key` of the record that it was made of (empty for
a file of many), `sha256` of what was written. A record inside a file of many has a line too, with
`in` instead of `path`. The last line of a record that was read of a site has `mark`, by which the
next run knows whether the site still says the same of it; that of a record whose file is all of it
has `made`, by which the next run knows what it would make. Before them all stands one line
`{"dialect":"NAME"}`, from which a reader knows whose front matter the posts have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from migrate.model import canonical

NAME: Final = "manifest.jsonl"
_LONGEST_HEAD: Final = 256
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_TEXT: Final = r'"([^"\\\x00-\x1f]*)"'
_USUAL: Final = re.compile(
    rf'\{{"key":{_TEXT}(?:,"made":{_TEXT})?(?:,"mark":{_TEXT})?,"path":{_TEXT},'
    r'"sha256":"([0-9a-f]{64})"\}\n'
)
"""The line of a file as `Entry.line` writes it, where no character of it is escaped."""


class Entry(NamedTuple):
    """One line; `inside` says that the record is one of several in the file.

    `mark` is what the source said of the record, where the files before it are all of it; `made`
    stands for all that the file was made from.
    """

    path: str
    key: str
    sha256: str
    inside: bool = False
    mark: str = ""
    made: str = ""

    @property
    def place(self) -> int:
        """A short name for what the line is about: its file, or its record in the file."""
        return short(f"{self.path}\n{self.key}" if self.inside else self.path)

    def line(self) -> bytes:
        """Give the line."""
        said = {"in" if self.inside else "path": self.path, "key": self.key, "sha256": self.sha256}
        said |= {"mark": self.mark} if self.mark else {}
        said |= {"made": self.made} if self.made else {}
        return canonical.dumps(said).encode("utf-8", "surrogatepass") + b"\n"


def short(text: str) -> int:
    """Give 8 bytes that stand for a text, the same in every run: half a million fit in memory."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest())


def head_line(dialect: str) -> bytes:
    """Give the line that names the dialect of the folder's posts."""
    return canonical.dumps({"dialect": dialect}).encode() + b"\n"


def dialect(path: Path) -> str:
    """Give the dialect that a manifest names; empty where it names none, or isn't there."""
    try:
        with path.open("rb") as lines:
            said = json.loads(lines.readline(_LONGEST_HEAD))
        name = said["dialect"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
    return name if isinstance(name, str) else ""


def read(path: Path) -> Iterator[Entry]:
    """Give the entries of a manifest, none where it isn't there; half a line at the end is none."""
    try:
        with path.open("rb") as lines:
            for line in lines:
                if entry := _parse(line):
                    yield entry
    except FileNotFoundError:
        return


def _parse(line: bytes) -> Entry | None:
    try:
        if usual := _USUAL.fullmatch(line.decode("utf-8", "surrogatepass")):
            key, made, mark, path, sha256 = usual.groups(default="")
            return Entry(path, key, sha256, mark=mark, made=made)
        said = json.loads(line)
        inside = "in" in said
        path, key, sha256 = said["in" if inside else "path"], said["key"], said["sha256"]
        mark, made = said.get("mark", ""), said.get("made", "")
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
    entry = Entry(path, key, sha256, inside, mark, made)
    texts = all(isinstance(text, str) for text in (path, key, sha256, mark, made))
    return entry if texts and _DIGEST.fullmatch(sha256) else None
