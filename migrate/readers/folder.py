"""Which files of a folder may be posts, in bytewise order of their paths."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from migrate.errors import SourceError
from migrate.mapping.manner import Home
from migrate.model.finding import Finding, Note
from migrate.syntax.post_files import has_ending, reason_to_pass_over
from migrate.syntax.wordpress_folder import FOLDER


@dataclass(slots=True)
class Folder:
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
        names, skip = self._listed(prefix, note)
        for listed in names:
            kind, name = listed[-1:], os.fsdecode(listed[:-1].removesuffix(b"/"))
            path = prefix + name
            if path == FOLDER:
                continue  # it has a reader of its own
            if reason := reason_to_pass_over(name, skip):
                self.passed_over[reason] += 1
            elif kind == _LINK:
                note(self._link_finding(path))
            elif kind == _FOLDER:
                yield from self._below(path + "/", note)
            elif kind == _OTHER:
                self.passed_over["pipes and devices"] += 1
            elif has_ending(name):
                yield path
            else:
                self.passed_over["other endings"] += 1

    def _skipped_among(self, names: set[str]) -> Collection[str]:
        """Give the folders to skip in a folder that holds these names."""
        here = [home.skips for home in self.homes if not home.files.isdisjoint(names)]
        return frozenset(self.skip).union(*here) if here else self.skip

    def _entries(self, prefix: str, note: Note) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / prefix) as found:
                return sorted(found, key=_bytewise)
        except OSError as error:
            if not prefix:
                raise
            fix = "Check the folder's permissions"
            message = f"the folder can't be read: {error.strerror}"
            note(Finding("source-unreadable", message, path=prefix, fix=fix))
            return []

    def _link_finding(self, entry: os.DirEntry[str], path: str) -> Finding:
        return Finding(
            "source-link-not-followed",
            self._where_it_leads(entry),
            path=path,
            fix="Copy what it points to into SOURCE, or remove the link",
        )

    def _where_it_leads(self, entry: os.DirEntry[str]) -> str:
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
            return "the link leads nowhere, or in a circle"
        if target.is_relative_to(self.root.resolve()):
            return "the link leads back into SOURCE, where its target is read at its own place"
        return "the link leads out of SOURCE"


def _bytewise(entry: os.DirEntry[str]) -> bytes:
    # A folder sorts as its files do: by its name and the slash behind it.
    tail = b"/" if entry.is_dir(follow_symlinks=False) else b""
    return os.fsencode(entry.name) + tail
