"""Which files of a folder may be posts, in bytewise order of their paths."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from migrate.errors import SourceError
from migrate.mapping.manner import Home
from migrate.model.finding import Finding, Note
from migrate.syntax.post_files import has_ending, reason_to_pass_over
from migrate.syntax.wordpress_folder import FOLDER, WITHOUT_FOLDER


class _Found(Struct, frozen=True):
    """The names in a folder in bytewise order, those of folders with a slash: small, and no more.

    `links` and `devices` are those among them that are no plain file and no folder.
    """

    names: list[bytes] = field(default_factory=list)
    links: set[bytes] = field(default_factory=set)
    devices: set[bytes] = field(default_factory=set)


class Folder(Struct):
    """A folder of posts; `skip` names the folders that the dialect's tool keeps for itself.

    `homes` name more of them, which are so only beside the files of the tool's site. `passed_over`
    counts what isn't looked into, by the reason.
    """

    root: Path
    skip: Collection[str]
    passed_over: Counter[str]
    homes: Collection[Home] = ()

    def paths(self, note: Note) -> Iterator[str]:
        """Give each candidate's path below the folder, with `/`, in bytewise order.

        Hidden files and folders, `node_modules`, `README*` and the dialect's own folders are
        counted and left out. Symbolic links are named, not followed: what they point to is either
        inside and read at its own place, or outside and not ours to read.
        """
        try:
            yield from self._below("", note)
        except NotADirectoryError as error:
            raise SourceError("is not a folder", path=str(self.root)) from error

    def _below(self, prefix: str, note: Note) -> Iterator[str]:
        found = self._found(prefix, note)
        skip = self._skipped_among(found.names)
        for encoded in found.names:
            name = os.fsdecode(encoded.removesuffix(b"/"))
            path = prefix + name
            if path in (FOLDER, WITHOUT_FOLDER):
                continue  # the one has a reader of its own, the other is nothing of the source's
            if reason := reason_to_pass_over(name, skip):
                self.passed_over[reason] += 1
            elif encoded in found.links:
                note(self._link_finding(path))
            elif encoded.endswith(b"/"):
                yield from self._below(path + "/", note)
            elif encoded in found.devices:
                self.passed_over["pipes and devices"] += 1
            elif has_ending(name):
                yield path
            else:
                self.passed_over["other endings"] += 1

    def _skipped_among(self, names: Iterable[bytes]) -> Collection[str]:
        """Give the folders to skip in a folder that holds these names."""
        asked = {os.fsencode(name) for home in self.homes for name in home.files}
        there = set(map(os.fsdecode, asked.intersection(names)))
        here = [home.skips for home in self.homes if not home.files.isdisjoint(there)]
        return frozenset(self.skip).union(*here) if here else self.skip

    def _found(self, prefix: str, note: Note) -> _Found:
        try:
            with os.scandir(os.fsencode(self.root / prefix)) as entries:
                return _found(entries)
        except OSError as error:
            if not prefix:
                raise
            fix = "Check the folder's permissions"
            message = f"the folder can't be read: {error.strerror}"
            note(Finding("source-unreadable", message, path=prefix, fix=fix))
            return _Found()

    def _link_finding(self, path: str) -> Finding:
        return Finding(
            "source-link-not-followed",
            self._where_it_leads(path),
            path=path,
            fix="Copy what it points to into SOURCE, or remove the link",
        )

    def _where_it_leads(self, path: str) -> str:
        try:
            target = (self.root / path).resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            return "the link leads nowhere, or in a circle"
        if target.is_relative_to(self.root.resolve()):
            return "the link leads back into SOURCE, where its target is read at its own place"
        return "the link leads out of SOURCE"


def _found(entries: Iterable[os.DirEntry[bytes]]) -> _Found:
    found = _Found()
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        # A folder sorts as its files do: by its name and the slash behind it.
        name = entry.name + b"/" if is_folder else entry.name
        found.names.append(name)
        if entry.is_symlink():
            found.links.add(name)
        elif not is_folder and not entry.is_file():
            found.devices.add(name)
    found.names.sort()
    return found
