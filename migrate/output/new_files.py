"""Files of many records on their way into a folder, beside one another."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from migrate.output import manifest


class NewFiles(Struct):
    """What a folder gets of records of which each is one file, in source order.

    Of each its path below the folder, the record's key, the hash of what it holds, what it was made
    from (`manifest.Entry.made`), and what it holds.
    """

    paths: Sequence[str]
    keys: Sequence[str]
    digests: Sequence[str]
    made: Sequence[str]
    contents: Sequence[bytes]

    def lines(self) -> bytes:
        """Give their lines of the manifest."""
        return manifest.lines(zip(self.paths, self.keys, self.digests, self.made, strict=True))

    def by_folder(self) -> dict[str, list[tuple[str, bytes]]]:
        """Give name and content of the files of each folder."""
        found: dict[str, list[tuple[str, bytes]]] = {}
        for path, content in zip(self.paths, self.contents, strict=True):
            folder, _, name = path.rpartition("/")
            found.setdefault(folder, []).append((name, content))
        return found


def woven(made: Sequence[NewFiles], order: Sequence[tuple[int, int]]) -> NewFiles:
    """Make one of several, in this order: of the so many-th which file."""
    names = NewFiles.__struct_fields__
    columns = [[getattr(one, name) for one in made] for name in names]
    return NewFiles(*([column[part][row] for part, row in order] for column in columns))
