"""--changed-since: which files of SOURCE a branch touches, and the posts that it deletes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from migrate import repository
from migrate.errors import RecordError
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.settings import Handle
from migrate.output.names import is_below
from migrate.repository import Changes
from migrate.stages import Reader
from migrate.syntax.wordpress_folder import AUTHORS, ENDING, SIDECARS, SITE, TERMS, sidecar_path


def changes(source: Path, ref: str) -> Changes:
    """Give what was changed of a source since it left a commit or branch.

    Of a source that is a single file, that is the file itself or nothing.
    """
    found = repository.changes(source if source.is_dir() else source.parent, ref)
    return found if source.is_dir() else found._replace(deleted=())


def selected(source: Path, found: Changes) -> frozenset[str] | None:
    """Give the paths that count as touched; None for every one there is.

    What is said of the site, its authors and terms is said of every post. A sidecar whose post has
    another name now is found by its ID alone: it may be any post's.
    """
    paths = found.touched | found.left
    if not source.is_dir():
        return paths
    if not paths.isdisjoint((SITE, AUTHORS, TERMS)):
        return None
    gone = {sidecar_path(path) for path in found.left}
    beside = {path for path in paths - gone if path.startswith(f"{SIDECARS}/")}
    names = (path.removeprefix(f"{SIDECARS}/").removesuffix(ENDING) for path in beside)
    return paths if all((source / name).is_file() for name in names) else None


def deletions(
    source: Path, ref: str, found: Changes, reader_of: Callable[[Path], Reader]
) -> Iterator[Finding]:
    """Name the posts that were deleted; `reader_of` makes the reader of the folder they lay in.

    They are read as they were. Other files that were deleted are no posts, and nothing is said.
    """
    if not found.deleted:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / source.resolve().name
        for path in filter(is_below, found.deleted):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(repository.held(source, found.base, path))
        reader = reader_of(folder)
        for handle in list(reader.locate(_ignore)):
            yield from _deletion(reader, handle, ref)


def _deletion(reader: Reader, handle: Handle, ref: str) -> Iterator[Finding]:
    """Name one of them, if it is a post, or might be one."""
    ref_of: RecordRef | None = None
    try:
        reading = reader.read(handle, _ignore)
        if reading.post is None:
            return
        ref_of = reading.post.ref()
    except RecordError:
        pass
    yield Finding(
        "source-post-deleted",
        f"the post was there at {ref} and isn't any more",
        path=handle.path,
        record=ref_of,
        fix="Put it into the site's trash yourself, if it is to go",
        placed=True,
    )


def _ignore(_finding: Finding) -> None:
    pass
