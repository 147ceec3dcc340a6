"""File names that are each one record's alone."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.model.finding import Finding, Note
from migrate.model.first_places import FirstPlaces
from migrate.output.names import folded, with_suffix
from migrate.writers.posts.draft import FileDraft


class Names:
    """The names given so far, by 8 bytes that stand for each."""

    def __init__(self) -> None:
        self._taken = FirstPlaces()

    def settle(self, draft: FileDraft, note: Note) -> str:
        """Give a path that no earlier record has, on any file system.

        The first keeps the plain name; a later one gets `-ID`, or a number where it has none.
        """
        if self._take(draft.path):
            return draft.path
        number = 1
        path = with_suffix(draft.path, f"-{draft.ref.id}") if draft.ref.id else draft.path
        while not self._take(path):
            number += 1
            path = with_suffix(draft.path, f"-{number}")
        note(
            Finding(
                "target-name-taken",
                f"an earlier record has the file {draft.path}; this one is in {path}",
                field="slug",
                fix="Give one of them another slug to have a name of its own",
            )
        )
        return path

    def take_all(self, paths: Sequence[str]) -> bool:
        """Give all paths away; false, and none, where an earlier record has one, or two are one."""
        return self._taken.take_all(list(map(folded, paths)), len(self._taken))

    def reserve(self, path: str) -> None:
        """Keep a path for a record that isn't among the drafts."""
        self._take(path)

    def _take(self, path: str) -> bool:
        place = len(self._taken)
        return self._taken.first(folded(path), place) == place
