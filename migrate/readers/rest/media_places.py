"""Where the files of a site come to lie: each has a place of its own, or is told why not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from migrate.live.address import is_same_site
from migrate.output.names import folded
from migrate.output.partial_file import is_of_a_part
from migrate.patterns import pattern
from migrate.readers.rest.attachments import UPLOADS
from migrate.syntax.upload_names import Upload, upload

__all__ = ["Place", "places", "turns"]

_FOREIGN: Final = "it doesn't lie in the site's own wp-content/uploads, so it wasn't fetched"
_ODD: Final = "its address holds control characters, so it wasn't fetched"
_OF_A_PART: Final = "files that are half fetched have names like its, so it wasn't fetched"
_TAKEN: Final = "another file of the site lies under its name here, so it wasn't fetched"
_FOLDER: Final = "a folder with other files of the site has its name, so it wasn't fetched"
_CONTROL: Final = pattern("[\x00-\x1f\x7f]")  # of these urlsplit() leaves some out in silence


class Place(NamedTuple):
    """The place of a file, a path with `/`; or why it has none.

    `is_shared` says that others have the same name at the site, but for what their addresses say
    besides; `is_renamed` that it has another name here than there; `is_twin` that some disks take
    its name for that of another file.
    """

    path: str = ""
    fault: str = ""
    is_shared: bool = False
    is_renamed: bool = False
    is_twin: bool = False


def places(urls: Iterable[str], home: str) -> dict[str, Place]:
    """Give the place of each file, below `wp-content/uploads/`, by the first of its addresses.

    It follows from the addresses that are wanted, neither from their order nor from what a folder
    holds.
    """
    files: dict[Upload | str, str] = {}
    faults: dict[str, Place] = {}
    for url in urls:
        file = _upload(url, home)
        if isinstance(file, Upload):
            files.setdefault(file, url)
        else:
            files.setdefault(url, url)
            faults[url] = Place(fault=file)
    settled = dict(_settled(file for file in files if isinstance(file, Upload)))
    return _with_twins(
        {
            url: settled[file] if isinstance(file, Upload) else faults[url]
            for file, url in files.items()
        }
    )


def turns(found: dict[str, Place]) -> Iterator[list[tuple[str, Place]]]:
    """Give groups of files, to be fetched one group after the other.

    In each no two have names that a disk may take for one.
    """
    first = [(url, place) for url, place in found.items() if not place.is_twin]
    yield first
    yield from ([(url, place)] for url, place in found.items() if place.is_twin)


def _upload(url: str, home: str) -> Upload | str:
    """Return which file an address means, or why it means none that is fetched."""
    if _CONTROL.search(url):
        return _ODD
    try:
        parts = urlsplit(url)
    except ValueError:
        return _FOREIGN
    _, _, below = parts.path.partition(UPLOADS)
    if not below or not is_same_site(home, url):
        return _FOREIGN
    file = upload(below, parts.query)
    return _OF_A_PART if is_of_a_part(file.path) else file


def _settled(files: Iterable[Upload]) -> Iterator[tuple[Upload, Place]]:
    """Give each file its place: its path, or where several have that, a name of its own.

    A name that is made may be what another file is called: that one keeps it.
    """
    by_path: defaultdict[str, list[Upload]] = defaultdict(list)
    for file in files:
        by_path[file.path].append(file)
    made = Counter(file.own for held in by_path.values() if len(held) > 1 for file in held)
    for path, held in by_path.items():
        for file in held:
            if len(held) == 1 or file.apart is None:
                yield file, Place(path, is_shared=len(held) > 1, is_renamed=not file.is_exact)
            elif file.own in by_path or made[file.own] > 1:
                yield file, Place(fault=_TAKEN)
            else:
                yield file, Place(file.own, is_shared=True, is_renamed=True)


def _with_twins(found: dict[str, Place]) -> dict[str, Place]:
    """Mark the places that a disk may take for another's; none lies where others have a folder."""
    names = Counter(folded(place.path) for place in found.values() if place.path)
    folders = {folder for place in found.values() for folder in _folders(place.path)}
    twins = {*(name for name, count in names.items() if count > 1), *map(folded, folders)}
    return {
        url: Place(fault=_FOLDER)
        if place.path in folders
        else place._replace(is_twin=folded(place.path) in twins)
        for url, place in found.items()
    }


def _folders(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
