"""`.wordpress/` beside a folder of posts: the site, records of other types, and sidecars."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from migrate.errors import RecordError
from migrate.mapping.said import by_login
from migrate.model.finding import Finding, Note, from_error
from migrate.model.post import Author
from migrate.model.reading import Reading
from migrate.model.settings import Handle
from migrate.model.site import Head, Site
from migrate.output import plain
from migrate.readers.renamed import Renamed
from migrate.syntax import plain_records, plain_yaml
from migrate.syntax.values import Value
from migrate.syntax.wordpress_folder import (
    AUTHORS,
    ENDING,
    FOLDER,
    OPTIONS,
    SIDECARS,
    SITE,
    TERMS,
    documents,
    is_records_path,
    sidecar_path,
)

Made = TypeVar("Made")
_BLOCK: Final = 1 << 20


class WordPressFolder:
    """Reads what stands beside posts. Can be pickled; a folder without `.wordpress/` has nothing.

    Paths are below the folder of the posts, with `/`. No link is followed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def __getstate__(self) -> dict[str, Any]:
        return {"_root": self._root}

    def head(self, note: Note) -> Head:
        """Give site, authors, terms and options; what can't be read is noted and left out."""
        site, options = self._one(SITE, _site, note) or (Site(), {})
        return Head(
            site=site,
            authors=self._list(AUTHORS, plain_records.author, note),
            terms=self._list(TERMS, plain_records.term, note),
            options=options,
        )

    @cached_property
    def authors(self) -> dict[str, Author]:
        """The site's authors by their logins."""
        return by_login(self._list(AUTHORS, plain_records.author, lambda _: None))

    def records(self, note: Note) -> Iterator[Handle]:
        """Name the records that are no file of their own, file by file."""
        for path in sorted(self._files(FOLDER)):
            if not is_records_path(path):
                continue
            try:
                with plain.opened(self._root / path, follow=False) as stream:
                    for start, end in documents(stream):
                        yield Handle(path, start, end)
            except OSError as error:
                note(from_error(_unreadable(path, error), path))

    def read(self, handle: Handle) -> Reading:
        """Read one of the records; RecordError where it can't be."""
        try:
            with plain.opened(self._root / handle.path, follow=False) as stream:
                stream.seek(handle.start)
                data = stream.read(handle.end - handle.start)
        except OSError as error:
            raise _unreadable(handle.path, error) from error
        if len(data) != handle.end - handle.start:
            message = "the file became shorter while it was read"
            raise RecordError("source-changed", message, line=1, fix="Run again")
        try:
            text = _text(data)
            post = plain_records.post(_map(plain_yaml.load(text)))
        except RecordError as error:
            inside = error.line or _line_in(_lenient(data), error.field)
            error.line = self._line(handle) + inside - 1
            raise
        return Reading(post, line_of=lambda field: self._line(handle) + _line_in(text, field) - 1)

    def sidecar(self, path: str, post_id: int | None) -> tuple[str, dict[str, Value]] | None:
        """Give the path and the content of a post's sidecar, None where it has none.

        A post that was renamed has one under its old name. Raises RecordError with the sidecar's
        path and line where it can't be read: what it says may be private.
        """
        if not self._has_sidecars:
            return None
        found = sidecar_path(path)
        if not self._is_there(found):
            found = self.left_of(path, post_id)
        return (found, self._load(found, _map)) if found else None

    def says_of(self, path: str) -> bool:
        """Tell whether anything here may be about a post at a path."""
        return bool(self.left) or self.has_sidecar(path)

    def has_sidecar(self, path: str) -> bool:
        """Tell whether a sidecar stands under the post's own name."""
        return self._has_sidecars and self._is_there(sidecar_path(path))

    @cached_property
    def _has_sidecars(self) -> bool:
        """Whether there is a folder of them at all, which is asked once and not for each post."""
        return (self._root / SIDECARS).is_dir()

    def left_of(self, path: str, post_id: int | None) -> str:
        """Give the path of the sidecar that a renamed post left under its old name, else nothing.

        It is known by the ID, or by the post's bytes where the front matter states none.
        """
        by_id = "" if post_id is None else self._left_by_id.get(str(post_id), "")
        if by_id or not self.left:
            return by_id
        old = self._renamed.old_path(path)
        return sidecar_path(old) if old else ""

    @cached_property
    def left(self) -> dict[str, str]:
        """The sidecars under whose names there is no post, each with the ID that it states."""
        found: dict[str, str] = {}
        for path in self._files(SIDECARS):
            if os.path.lexists(self._root / _post_path(path)):
                continue
            try:
                number = self._load(path, _map).get("id", "")
            except RecordError:
                number = ""
            found[path] = number if isinstance(number, str) else ""
        return found

    def line_of(self, path: str, field: str) -> int:
        """Give the line of a field in one of the files; 1 where it has none."""
        try:
            return _line_in(_text(plain.read(self._root / path, follow=False)), field)
        except (OSError, RecordError):
            return 1

    @cached_property
    def _renamed(self) -> Renamed:
        return Renamed(self._root, map(_post_path, self.left))

    @cached_property
    def _left_by_id(self) -> dict[str, str]:
        return {number: path for path, number in self.left.items() if number}

    def _one(self, path: str, made: Callable[[Value], Made], note: Note) -> Made | None:
        if not self._is_there(path):
            return None
        try:
            return self._load(path, lambda value: made(value) if value else None)
        except RecordError as error:
            note(from_error(error, path))
            return None

    def _list(self, path: str, made: Callable[[Value], Made], note: Note) -> list[Made]:
        return self._one(path, lambda value: [made(item) for item in _list(value)], note) or []

    def _load(self, path: str, made: Callable[[Value], Made]) -> Made:
        """Load one YAML file; RecordError with its path and line."""
        text = ""
        try:
            text = _text(plain.read(self._root / path, follow=False))
            return made(plain_yaml.load(text))
        except OSError as error:
            raise _unreadable(path, error) from error
        except RecordError as error:
            error.path = path
            error.line = error.line or _line_in(text, error.field)
            raise

    def _files(self, folder: str) -> Iterator[str]:
        """Give the YAML files of a folder, and of those below it but for `.wordpress/` itself."""
        if not self._is_there(folder, folder=True):
            return
        with os.scandir(self._root / folder) as entries:
            names = [_listed(entry) for entry in entries]
        for name in sorted(filter(None, names)):
            path = f"{folder}/{os.fsdecode(name)}"
            if not path.endswith("/"):
                yield path
            elif folder != FOLDER:
                yield from self._files(path.removesuffix("/"))

    def _is_there(self, path: str, *, folder: bool = False) -> bool:
        """Tell whether a file is there, with no link on the way to it."""
        if not folder and not os.path.isfile(f"{self._root}/{path}"):  # noqa: PTH113 - most have none
            return False
        place = self._root / path
        if not (place.is_dir() if folder else place.is_file()):
            return False
        return place.resolve() == self._real_root / path

    @cached_property
    def _real_root(self) -> Path:
        return self._root.resolve()

    def _line(self, handle: Handle) -> int:
        """Give the line on which a record starts."""
        count, left = 1, handle.start
        with plain.opened(self._root / handle.path, follow=False) as stream:
            while left > 0 and (block := stream.read(min(left, _BLOCK))):
                count += block.count(b"\n")
                left -= len(block)
        return count


def note_left(folder: WordPressFolder, claimed: Container[str], note: Note) -> None:
    """Name the sidecars whose posts are gone; those `claimed` have a post of another name."""
    for path in folder.left:
        if path not in claimed:
            note(
                Finding(
                    "source-sidecar-alone",
                    "the post that it belongs to isn't here, or was renamed and edited: "
                    "what it holds is left out",
                    path=path,
                    line=1,
                    fix="Give it the post's new name with .yaml behind it, put the post back, "
                    "or remove it",
                    placed=True,
                )
            )


def _post_path(sidecar: str) -> str:
    """Give the path of the post that a sidecar is named after."""
    return sidecar[len(SIDECARS) + 1 : -len(ENDING)]


def _listed(entry: os.DirEntry[str]) -> bytes:
    """Give a YAML file's name, a folder's with a slash behind it, nothing for anything else."""
    name = os.fsencode(entry.name)
    if entry.is_dir(follow_symlinks=False):
        return name + b"/"
    is_ours = entry.is_file(follow_symlinks=False) and entry.name.endswith(ENDING)
    return name if is_ours else b""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RecordError(
            "source-encoding",
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            line=data.count(b"\n", 0, error.start) + 1,
            fix="Save the file as UTF-8",
        ) from error


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _site(value: Value) -> tuple[Site, dict[str, str]]:
    said = dict(_map(value))
    options = plain_records.options(said.pop(OPTIONS, {}))
    return plain_records.site(said), options


def _map(value: Value) -> dict[str, Value]:
    if isinstance(value, dict):
        return value
    raise RecordError("mapping-value", "keys with values belong here", fix="Write `key: value`")


def _list(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    raise RecordError("mapping-value", "a list belongs here", fix="Write each item behind `- `")


def _line_in(text: str, field: str) -> int:
    """Give the line of a field's key at the left margin, counted from 1."""
    name = re.escape(field.partition(".")[0])
    found = re.search(rf"^[\"']?{name}[\"']?:", text, re.MULTILINE) if name else None
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _unreadable(path: str, error: OSError) -> RecordError:
    refused = RecordError(
        "source-unreadable",
        f"the file can't be read: {error.strerror}",
        line=1,
        fix="Check its permissions",
    )
    refused.path = path
    return refused
