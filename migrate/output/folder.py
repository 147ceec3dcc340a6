"""An output folder that is updated file by file and knows its own files from the user's."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Literal, Self

from migrate.errors import OutputError
from migrate.output import manifest, plain, scratch
from migrate.output.at_work import AtWork
from migrate.output.content import Content, digest, digest_of
from migrate.output.earlier import Earlier, Mark
from migrate.output.folders import Folders, is_kind
from migrate.output.manifest import Entry
from migrate.output.names import are_safe, is_below
from migrate.output.new_files import NewFiles
from migrate.output.replacement import explaining

State = Literal["absent", "same", "ours", "edited", "foreign", "blocked"]
"""What stands at a path: nothing; the very bytes; our file, unedited; our file, edited since; one
that we didn't write; or something that can't be replaced (a folder, or a link on the way there)."""

_NEW: Final = "new.part"
_FIX: Final = "The files before it are whole; mend that and run again, or write elsewhere"


class FolderOutput:
    """Writes files into a folder, each whole or not at all, and keeps a manifest of them.

    `own` is the folder inside that the manifest lies in; `dialect` is what it says of the posts.
    The line of a file is in the manifest before the file is in its place, so a killed run leaves
    nothing that the next one takes for the user's. Files aren't flushed one by one; the disk is,
    once, before the manifest is closed. Nothing is written outside, whatever links stand in the
    folder. With `in_order` the manifest's lines are sorted in the end, so that it is the same in
    however many runs they came. Raises OutputError where the system refuses. With `dry_run`
    everything is answered and nothing is written.
    """

    def __init__(
        self,
        root: Path,
        own: str,
        dialect: str = "",
        *,
        dry_run: bool = False,
        in_order: bool = False,
    ) -> None:
        with explaining(root, _FIX):
            self._root = root.resolve()
        self._own = own
        self._dialect = dialect
        self._manifest = self._root / own / manifest.NAME
        self._journal_path = self._root / own / manifest.PART
        self._at_work = AtWork(self._root / own)
        self._dry_run = dry_run
        self._in_order = in_order
        self._earlier = Earlier(())
        self._base = f"{self._root}/"
        self._new = f"{self._base}{own}/{_NEW}"
        self._folders = Folders(self._root)
        self._journal: BinaryIO | None = None
        self._has_written = False

    def __enter__(self) -> Self:
        """Read the manifest, and what a killed run left of its own."""
        with explaining(self._manifest, _FIX):
            for path in (self._manifest, self._journal_path):
                if not (self._folders.is_passable(self._own) and is_kind(path, stat.S_IFREG)):
                    said = "a link, or no file at all, stands in its place"
                    raise OutputError(said, path=str(path), fix=manifest.FIX)
            if not self._dry_run and self._manifest.parent.is_dir():
                self._at_work.take()
            try:
                self._earlier = Earlier(chain(manifest.read(self._manifest), self._unfinished()))
            except BaseException:
                self._at_work.end()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the manifest; after an error what was noted is kept for the next run."""
        try:
            if self._journal is None:
                return
            if kind is None:
                with explaining(self._manifest, _FIX), self._journal:
                    self._close_journal()
            else:
                with contextlib.suppress(OSError):  # a full disk refuses its last line once more
                    self._journal.close()
        finally:
            self._at_work.end()

    def knows(self, key: str) -> bool:
        """Tell whether an earlier run wrote something for the record of this key."""
        return self._earlier.has_key(key)

    def knows_inside(self, entry: Entry) -> tuple[bool, bool]:
        """Tell whether a record was in a file of many before, and whether it was the same."""
        return self._earlier.has(entry.place), self._earlier.wrote(entry.place, entry.sha256)

    def is_reachable(self, path: str) -> bool:
        """Tell whether a path is one of the folder's own, and no link stands on the way there."""
        return is_below(path) and self._folders.is_passable(path.rpartition("/")[0])

    def state(self, path: str, content: Content | None) -> State:
        """Tell what stands at a path, before `content` is put there, or if nothing is.

        Nobody asks about what this run has put.
        """
        if not self.is_reachable(path):
            return "blocked"
        if self._folders.is_new(path.rpartition("/")[0]):
            return "absent"  # to look for it would take a fifth of the time that writing it does
        # A Path for each file costs as much as looking for it.
        place = f"{self._base}{path}"
        with explaining(place, _FIX):
            try:
                found = os.lstat(place)
            except FileNotFoundError:
                return "absent"
            if stat.S_ISDIR(found.st_mode):
                return "blocked"
            if not stat.S_ISREG(found.st_mode):
                return "foreign"
            held = digest_of(Path(place))
        if content is not None and held == digest(content):
            return "same"
        key = manifest.short(path)
        if not self._earlier.has(key):
            return "foreign"
        return "ours" if self._earlier.wrote(key, held) else "edited"

    def put(self, entry: Entry, content: Content, state: State) -> None:
        """Write a file, or replace the one that stands there; `state` is what `state()` said.

        The entry has the content's hash.
        """
        self.note(entry)
        if state != "same" and not self._dry_run:
            place = f"{self._base}{entry.path}"
            with explaining(place, _FIX):
                self._folders.make(entry.path.rpartition("/")[0])
                scratch.put(self._new, place, content, is_new=state == "absent")
                self._has_written = True

    def is_free_for(self, files: NewFiles) -> bool:
        """Tell whether all files are new: no earlier run wrote here, and nothing is in the way."""
        if self._earlier or not are_safe(files.paths):
            return False
        folders = {path.rpartition("/")[0] for path in files.paths}
        if not all(map(self._folders.is_passable, folders)):
            return False
        if all(map(self._folders.is_new, folders)):
            return True
        return all(self.state(path, None) == "absent" for path in files.paths)

    def put_new(self, files: NewFiles) -> None:
        """Write files for which the folder is free; the lines of all of them come first."""
        self._enter(files.lines())
        if self._dry_run:
            return
        self._has_written = True
        for folder, named in files.by_folder().items():
            place = f"{self._base}{folder}".removesuffix("/")
            try:
                self._folders.make(folder)
                scratch.put_new(self._new, place, named)
            except OSError as error:
                with explaining(error.filename or place, _FIX):
                    raise

    def note(self, entry: Entry) -> None:
        """Enter a line into the manifest: its record is still there."""
        if self._earlier:
            self._earlier.set_mark(entry.place, Mark.WRITTEN)
            self._earlier.see_key(entry.key)
        self._enter(entry.line())

    def leave(self, entry: Entry) -> None:
        """Keep what the manifest says of something that stays as it stands, whatever this says."""
        self._earlier.set_mark(entry.place, Mark.LEFT)
        self._earlier.see_key(entry.key)

    def left_over(self) -> Iterator[tuple[Entry, bool]]:
        """Give what earlier runs wrote and this one didn't, and whether its record is still there.

        A record that is still there has its file under another name now, or needs no sidecar.
        """
        if self._earlier.is_all_written():
            return
        lines: set[int] = set()  # a killed run has said once more what the one before it said
        for entry in chain(manifest.read(self._manifest), self._unfinished()):
            mark = self._earlier.mark(entry.place)
            if mark is Mark.WRITTEN or hash(entry) in lines:
                continue
            lines.add(hash(entry))
            match mark:
                case Mark.LEFT:
                    self._enter(entry.line())
                case Mark.NOTHING:
                    self._earlier.set_mark(entry.place, Mark.WRITTEN)
                    yield entry, self._earlier.has_seen_key(entry.key)

    def keep(self, entry: Entry) -> None:
        """Keep the line of something left over, and those of a killed run about the same."""
        self._earlier.set_mark(entry.place, Mark.LEFT)
        self._enter(entry.line())

    def remove(self, entry: Entry) -> bool:
        """Remove a file that stands as we wrote it, and folders left empty; false if it doesn't."""
        state = self.state(entry.path, None)
        if state != "ours":
            return state == "absent"
        if not self._dry_run:
            place = self._root / entry.path
            with explaining(place, _FIX):
                place.unlink()
                self._folders.remove_empty(entry.path.rpartition("/")[0])
        return True

    def open(self, path: str) -> BinaryIO:
        """Open one of the folder's files to read it."""
        with explaining(self._root / path, _FIX):
            return plain.opened(self._root / path, follow=False)

    def _enter(self, lines: bytes) -> None:
        if not self._dry_run:
            with explaining(self._manifest, _FIX):
                journal = self._journal or self._open_journal()
                journal.write(lines)
                journal.flush()

    def _unfinished(self) -> Iterator[Entry]:
        """Give what a killed run noted; nothing once this run has taken it over."""
        if self._journal is None:
            yield from manifest.read(self._journal_path)

    def _open_journal(self) -> BinaryIO:
        """Open this run's manifest, after what a killed run noted has gone into the old one."""
        self._folders.make(self._own)
        if not self._at_work.is_taken:
            self._at_work.take()
            if self._manifest.exists() or self._journal_path.exists():
                raise self._at_work.busy("another wpmigrate has written there since this one began")
        Path(self._new).unlink(missing_ok=True)  # a killed run's; its file may be in place already
        if self._journal_path.exists():
            with self._manifest.open("ab") as old:
                old.write(b"\n")  # a line that a kill cut off ends here
                old.writelines(entry.line() for entry in manifest.read(self._journal_path))
                old.flush()
                os.fsync(old.fileno())
            self._journal_path.unlink()
        self._journal = self._journal_path.open("xb")
        if self._dialect:
            self._journal.write(manifest.head_line(self._dialect))
        return self._journal

    def _close_journal(self) -> None:
        assert self._journal is not None  # the caller looked
        self._journal.close()
        if self._in_order:
            manifest.put_in_order(self._journal_path, has_head=bool(self._dialect))
        if self._has_written:
            _flush_disk(self._root)
        if digest_of(self._journal_path) == digest_of(self._manifest):
            self._journal_path.unlink()
        else:
            self._journal_path.replace(self._manifest)


def _flush_disk(folder: Path) -> None:
    """Flush the file system that a folder is on; all of them where the system knows no other way.

    To wait for what others write elsewhere can take longer than a run.
    """
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only here

        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if ctypes.CDLL(None).syncfs(descriptor) == 0:
                return
        finally:
            os.close(descriptor)
    if hasattr(os, "sync"):  # Windows has none
        os.sync()
