"""The joiner: settles names in source order, writes the files, and says what became of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from migrate.model.action import Action, Verb
from migrate.model.finding import Finding, Note
from migrate.model.post import RecordRef
from migrate.model.seen import Seen
from migrate.model.site import Head
from migrate.output import spool
from migrate.output.content import digest
from migrate.output.folder import FolderOutput, State
from migrate.output.manifest import Entry, short
from migrate.output.new_files import NewFiles
from migrate.syntax import plain_yaml
from migrate.syntax.values import Value
from migrate.syntax.wordpress_folder import (
    FOLDER,
    SIDECARS,
    WITHOUT_FOLDER,
    is_records_path,
    sidecar_path,
)
from migrate.writers.posts.draft import FileDraft
from migrate.writers.posts.head import head_files, note_lost
from migrate.writers.posts.names import Names
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.records_file import RecordsFile, is_left

_WHY: Final[dict[State, str]] = {
    "edited": "it was edited since it was written",
    "foreign": "wpmigrate didn't write it",
    "blocked": "a folder or a link stands in its way",
}


class FolderJoiner:
    """Writes drafts into a folder, one action for each.

    A context manager: `add` each draft in source order, then run through `finish`. What was
    written when an error ends the block stays, and the next run knows it.
    """

    def __init__(self, root: Path, known: Head, dialect: str, options: PostsOptions) -> None:
        """Make one for a folder; `known` is what the source says beside its records."""
        own = WITHOUT_FOLDER if options.only_posts else FOLDER
        is_held = options.held is not None
        self._folder = FolderOutput(root, own, dialect, dry_run=options.dry_run, in_order=is_held)
        self._head = known
        self._options = options
        self._names = Names()
        self._records: dict[str, RecordsFile] = {}
        self._hidden: set[int] = set()  # earlier runs' records that aren't public now, by key
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Read the manifest of earlier runs."""
        self._stack.enter_context(self._folder)
        for entry in self._options.held.left if self._options.held else ():
            self._names.reserve(entry.path)
            self._folder.note(entry)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the manifest."""
        self._stack.__exit__(kind, error, trace)

    def add(self, draft: FileDraft, note: Note) -> Action:
        """Write one record; the action's `target_url` is its path in the folder."""
        match draft.kind:
            case "dropped":
                return _action("skip", draft, "", "it isn't a post, and only posts are written")
            case "beside":
                records = self._records_file(draft.path, note)
                return _action(records.add(draft.key, draft.data), draft, draft.path)
        path = self._names.settle(draft, note)
        if not draft.public and self._folder.knows(draft.key):
            self._hidden.add(short(draft.key))
        return self._write(draft, path, _sidecar(draft, path), note)

    def add_rows(self, files: NewFiles) -> bool:
        """Write records that are new, all together; false, and none, where `add` has to decide."""
        if not (self._folder.is_free_for(files) and self._names.take_all(files.paths)):
            return False
        self._folder.put_new(files)
        return True

    def actions(self, files: NewFiles, seen: Iterable[Seen]) -> Iterator[Action]:
        """Give the actions of records that were written together."""
        for path, record in zip(files.paths, seen, strict=True):
            ref = record.ref or RecordRef()
            draft = FileDraft("file", "", ref, record.title, record.public, path)
            yield _action("create", draft, path)

    def finish(self, note: Note) -> Iterator[Action]:
        """Write all that is no record, and see to what earlier runs wrote and this one didn't.

        Gives an action for each record that was removed: it isn't in the source, so it counts
        beside the others.
        """
        if self._options.only_posts:
            note_lost(self._head, note)
        else:
            for path, text in head_files(self._head):
                self._put_alone(path, text.encode("utf-8"), note)
        gone: defaultdict[str, list[Entry]] = defaultdict(list)
        whole: dict[str, Entry] = {}
        for entry, has_record in self._folder.left_over():
            if is_records_path(entry.path):
                if entry.inside:
                    gone[entry.path].append(entry)
                else:
                    whole[entry.path] = entry
            elif entry.inside:
                continue  # nobody of ours wrote that
            else:
                yield from self._see_to(entry, note, moved=has_record)
        for path in {**self._records, **gone, **whole}:
            yield from self._finish_records(path, gone[path], note)
            if self._records[path].conflict and path in whole:
                self._folder.keep(whole[path])

    def _write(self, draft: FileDraft, path: str, sidecar: bytes, note: Note) -> Action:
        """Write a post and its sidecar, or leave both."""
        known = (draft.made, draft.read, draft.told) if path == draft.path else ("", "", "")
        if known[0] and draft.standing and self._folder.is_reachable(path):
            self._folder.note(Entry(path, draft.key, draft.standing, False, draft.mark, *known))
            return _action("unchanged", draft, path)
        files = [(path, draft.data)]
        files += [(sidecar_path(path), sidecar)] if sidecar else []
        states = [(name, data, self._folder.state(name, data)) for name, data in files]
        for name, _, state in states:
            if is_left(state, overwrite=self._options.overwrite):
                for left in (path, sidecar_path(path)):
                    self._folder.leave(Entry(left, draft.key, ""))
                _note_conflict(name, state, note, public=draft.public)
                return _action("conflict", draft, path, _WHY[state])
        new = states[0][2] == "absent" and not self._folder.knows(draft.key)
        for name, data, state in states:
            mark = draft.mark if name == states[-1][0] else ""
            entry = Entry(name, draft.key, digest(data), False, mark, *known)
            self._folder.put(entry, data, state)
        if all(state == "same" for _, _, state in states):
            return _action("unchanged", draft, path)
        return _action("create" if new else "update", draft, path)

    def _put_alone(self, path: str, data: bytes, note: Note) -> None:
        state = self._folder.state(path, data)
        if is_left(state, overwrite=self._options.overwrite):
            self._folder.leave(Entry(path, path, ""))
            _note_conflict(path, state, note)
        else:
            self._folder.put(Entry(path, path, digest(data)), data, state)

    def _records_file(self, path: str, note: Note) -> RecordsFile:
        if path not in self._records:
            scratch = self._stack.enter_context(spool())
            overwrite = self._options.overwrite
            records = RecordsFile(self._folder, path, scratch, overwrite=overwrite)
            self._records[path] = records
            if records.conflict:
                _note_conflict(path, records.conflict, note)
        return self._records[path]

    def _finish_records(self, path: str, gone: list[Entry], note: Note) -> Iterator[Action]:
        records = self._records_file(path, note)
        removed = self._options.prune and not records.conflict
        for entry in gone:
            if removed:
                yield _removal(entry)
            else:
                self._folder.keep(entry)
                self._note_gone(entry, note)
        records.finish([] if removed else gone)

    def _see_to(self, entry: Entry, note: Note, *, moved: bool) -> Iterator[Action]:
        """Remove a file whose record has another now, or none any more and the user wants so."""
        is_post = not entry.path.startswith(f"{FOLDER}/")
        if not moved and not self._options.prune:
            self._folder.keep(entry)
            if not entry.path.startswith(f"{SIDECARS}/"):  # its post is named
                self._note_gone(entry, note)
        elif not self._folder.remove(entry):
            self._folder.keep(entry)
            public = not (is_post and short(entry.key) in self._hidden)
            _note_conflict(entry.path, "edited", _placed_at(entry.path, note), public=public)
        elif is_post and not moved:
            yield _removal(entry)

    def _note_gone(self, entry: Entry, note: Note) -> None:
        if self._options.partial:
            return
        what = entry.key if entry.inside else entry.path
        note(
            Finding(
                "target-record-gone",
                f"{what} of an earlier run isn't in the source any more; it was left",
                fix="Remove it with --prune, if it is to go",
            )
        )


def _sidecar(draft: FileDraft, path: str) -> bytes:
    """Give the sidecar's text; under another name than the wanted one it states the address."""
    values: dict[str, Value] = draft.sidecar
    if path != draft.path and draft.address:
        values = draft.address | values
    return plain_yaml.dump(values).encode("utf-8") if values else b""


def _action(verb: Verb, draft: FileDraft, path: str, reason: str = "") -> Action:
    return Action(
        verb,
        draft.ref.type or "post",
        id=draft.ref.id,
        slug=draft.ref.slug,
        title=draft.title,
        target_url=path,
        reason=reason,
        public=draft.public,
    )


def _removal(entry: Entry) -> Action:
    post_type, _, number = entry.key.partition(" ")
    reason = "its record is gone from the source"
    return Action(
        "delete", post_type, id=number, target_url=entry.path, reason=reason, public=False
    )


def _placed_at(path: str, note: Note) -> Note:
    """Give the way to note something about a file of the folder."""

    def placed(finding: Finding) -> None:
        finding.path, finding.line, finding.placed = path, 1, True
        note(finding)

    return placed


def _note_conflict(path: str, state: State, note: Note, *, public: bool = True) -> None:
    """Name a file that was left; of a record that isn't `public` what stands there may be."""
    exposed = "" if public else "; its record isn't public, and what stands there may be published"
    note(
        Finding(
            "target-file-conflict",
            f"{path} was left as it is: {_WHY[state]}{exposed}",
            fix="Move it away and run again"
            if state == "blocked"
            else "Take over what was changed and remove it, or run again with --overwrite",
        )
    )
