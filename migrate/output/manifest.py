"""The manifest of an output folder: which files are ours, and what they held when written.

One JSON object a line: `path` below the folder, `key` of the record that it was made of (empty for
a file of many), `sha256` of what was written. A record inside a file of many has a line too, with
`in` instead of `path`. The last line of a record that was read of a site has `mark`, by which the
next run knows whether the site still says the same of it; that of a record whose file is all of it
has `made`, by which the next run knows what it would make, and may have `read`, by which it knows
the state in which the record was read, and `told`, what else there is to tell of that. Before them
all stands one line `{"dialect":"NAME"}`, from which a reader knows whose front matter the posts
have.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple

from migrate.model import canonical
from migrate.output import plain, scratch
from migrate.patterns import pattern

NAME: Final = "manifest.jsonl"
PART: Final = f"{NAME}.part"
FIX: Final = "Take away what stands there, and run again"
_LONGEST_HEAD: Final = 256
_LONGEST_LINE: Final = 64 << 20
_DIGEST: Final = pattern("[0-9a-f]{64}")
_TEXT: Final = r'"([^"\\\x00-\x1f]*)"'
_USUAL: Final = pattern(
    rf'\{{"key":{_TEXT}(?:,"made":{_TEXT})?(?:,"mark":{_TEXT})?,"path":{_TEXT}(?:,"read":{_TEXT})?,'
    r'"sha256":"([0-9a-f]{64})"(?:,"told":(\{.*\}))?\}\n'
)
"""The line of a file as `Entry.line` writes it, where no character of it is escaped."""


_SIMPLE: Final = pattern(r"[ !#-\[\]-~]*")
"""Text of which JSON escapes no character."""


class Entry(NamedTuple):
    """One line; `inside` says that the record is one of several in the file.

    `mark` is what the source said of the record, where the files before it are all of it; `made`
    stands for all that the file was made from, `read` for all that it was read from. `told` is
    the canonical text of a JSON object.
    """

    path: str
    key: str
    sha256: str
    inside: bool = False
    mark: str = ""
    made: str = ""
    read: str = ""
    told: str = ""

    @property
    def place(self) -> int:
        """A short name for what the line is about: its file, or its record in the file."""
        return short(f"{self.path}\n{self.key}" if self.inside else self.path)

    def line(self) -> bytes:
        """Give the line."""
        is_usual = not (self.inside or self.read or self.told)
        if is_usual and _SIMPLE.fullmatch(f"{self.key}{self.made}{self.mark}{self.path}"):
            made = f',"made":"{self.made}"' if self.made else ""
            mark = f',"mark":"{self.mark}"' if self.mark else ""
            key, path, sha256 = self.key, self.path, self.sha256
            return f'{{"key":"{key}"{made}{mark},"path":"{path}","sha256":"{sha256}"}}\n'.encode()
        said = {"in" if self.inside else "path": self.path, "key": self.key, "sha256": self.sha256}
        said |= {"mark": self.mark} if self.mark else {}
        said |= {"made": self.made} if self.made else {}
        said |= {"read": self.read} if self.read else {}
        text = canonical.dumps(said)
        if self.told:  # the last of the keys
            text = f'{text[:-1]},"told":{self.told}}}'
        return text.encode("utf-8", "surrogatepass") + b"\n"


def lines(columns: Iterable[tuple[str, str, str, str]]) -> bytes:
    """Give the lines of files, each with its path, its key, its hash and what it was made from."""
    said = list(columns)
    if _SIMPLE.fullmatch("".join(map("".join, said))):
        form = '{"key":"%s"%s,"path":"%s","sha256":"%s"}\n'
        return "".join(
            [
                form % (key, f',"made":"{made}"' if made else "", path, sha256)
                for path, key, sha256, made in said
            ]
        ).encode()
    return b"".join(
        [Entry(path, key, sha256, made=made).line() for path, key, sha256, made in said]
    )


def short(text: str) -> int:
    """Give 8 bytes that stand for a text, the same in every run: half a million fit in memory."""
    data = text.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest())


def is_any(folder: Path) -> bool:
    """Tell whether a folder holds a manifest, or what a killed run left of one, or can't tell."""
    return any(os.path.lexists(folder / name) for name in (NAME, PART))


def put_in_order(path: Path, *, has_head: bool) -> None:
    """Sort a manifest's lines, each once, its head first; the file is replaced as a whole."""
    with path.open("rb") as stream:
        lines = list(stream)
    first = int(has_head)
    ordered = b"".join([*lines[:first], *sorted(set(lines[first:]))])
    scratch.put(f"{path.with_name('ordered.part')}", str(path), ordered, is_new=False)


def head_line(dialect: str) -> bytes:
    """Give the line that names the dialect of the folder's posts."""
    return canonical.dumps({"dialect": dialect}).encode() + b"\n"


def dialect(path: Path) -> str:
    """Give the dialect that a manifest names; empty where it names none, or isn't there."""
    try:
        with plain.opened(path, follow=False) as lines:
            said = json.loads(lines.readline(_LONGEST_HEAD))
        name = said["dialect"]
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return ""
    return name if isinstance(name, str) else ""


def read(path: Path) -> Iterator[Entry]:
    """Give the entries of a manifest, none where it isn't there; half a line at the end is none."""
    return (entry for _, _, entry in placed(path))


def placed(path: Path) -> Iterator[tuple[int, int, Entry]]:
    """Give the entries of a manifest, each with the place in the file and length of its line.

    Raises OSError where it can't be read, or no plain file stands there.
    """
    try:
        with plain.opened(path, follow=False) as stream:
            place = 0
            for line in iter(partial(stream.readline, _LONGEST_LINE), b""):
                if entry := parse(line):
                    yield place, len(line), entry
                place += len(line)
    except FileNotFoundError:
        return


def parse(line: bytes) -> Entry | None:
    """Give what a line says; None for one that is no entry."""
    try:
        if usual := _USUAL.fullmatch(line.decode("utf-8", "surrogatepass")):
            key, made, mark, path, read, sha256, told = usual.groups(default="")
            return Entry(path, key, sha256, mark=mark, made=made, read=read, told=told)
        said = json.loads(line)
        inside = "in" in said
        path, key, sha256 = said["in" if inside else "path"], said["key"], said["sha256"]
        mark, made, read = said.get("mark", ""), said.get("made", ""), said.get("read", "")
        told = canonical.dumps(said["told"]) if said.get("told") else ""
    except (ValueError, RecursionError, KeyError, TypeError):
        return None
    entry = Entry(path, key, sha256, inside, mark, made, read, told)
    texts = all(isinstance(text, str) for text in (path, key, sha256, mark, made, read))
    return entry if texts and _DIGEST.fullmatch(sha256) else None
