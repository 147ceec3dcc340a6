"""Media: the files of a site's attachments, below the folder that its addresses lie in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from migrate.errors import SiteError
from migrate.live.address import is_same_site
from migrate.live.api import Api, Row
from migrate.live.downloads import download
from migrate.live.lanes import Lanes
from migrate.model.finding import Finding, Note
from migrate.model.progress import FETCHING, Watch
from migrate.output.names import folded
from migrate.output.partial_file import PartialFile
from migrate.readers.rest.attachments import UPLOADS
from migrate.readers.rest.options import Wanted

__all__ = ["File", "fetch", "files"]

_FIX: Final = "Run again to go on, or look for it on the site"


class File(NamedTuple):
    """A file of the site, and how long the site says that it is, where it does."""

    url: str
    size: int | None = None


def files(row: Row, wanted: Wanted) -> Iterator[File]:
    """Give the files of an attachment's row."""
    url, details = str(row.get("source_url") or ""), row.get("media_details")
    known = details if isinstance(details, dict) else {}
    if not url or wanted == "none":
        return
    yield File(url, _size(known))
    if original := str(known.get("original_image") or ""):
        yield File(urljoin(url, original))
    sizes = known.get("sizes")
    for name, held in sizes.items() if wanted == "all" and isinstance(sizes, dict) else ():
        if name != "full" and held.get("source_url"):
            yield File(str(held["source_url"]), _size(held))


def fetch(lanes: Lanes, home: str, wanted: list[File], root: Path, note: Note, watch: Watch) -> int:
    """Fetch files, several at a time; give how many weren't there yet.

    A file that can't be fetched is named. Other hosts' files aren't asked for. Files whose names
    are one on some disks are fetched one after the other.
    """
    unique = list({file.url: file for file in wanted}.values())
    fetched = done = 0
    for group in _apart(unique):
        fetch_one = partial(_fetched, home=home, root=root, is_twin=done > 0)
        asked = (partial(fetch_one, file=file) for file in group)
        for file, came in zip(group, lanes.in_order(asked), strict=True):
            fetched += came is True
            if isinstance(came, str):
                note(Finding("loss-site-media", came, path=file.url, fix=_FIX))
            done += 1
            watch(FETCHING, done, len(unique))
    return fetched


def _apart(files: list[File]) -> list[list[File]]:
    """Give groups of files in which no two have names that a disk may take for one."""
    known: set[str] = set()
    first: list[File] = []
    twins: list[list[File]] = []
    for file in files:
        name = folded(unquote(urlsplit(file.url).path))
        if name in known:
            twins.append([file])
        else:
            first.append(file)
        known.add(name)
    return [first, *twins]


def _fetched(api: Api, *, file: File, home: str, root: Path, is_twin: bool) -> bool | str:
    """Return whether a file came anew, or why it couldn't."""
    _, below, path = urlsplit(file.url).path.partition(UPLOADS)
    if not below or not is_same_site(home, file.url):
        return "it doesn't lie in the site's own wp-content/uploads, so it wasn't fetched"
    try:
        place = PartialFile(root, UPLOADS.strip("/") + "/" + unquote(path))
        if is_twin and place.is_anothers:
            return "this disk takes its name for that of another file, so it wasn't fetched"
        return download(api.client, file.url, place, file.size)
    except SiteError as error:
        return error.message


def _size(held: Row) -> int | None:
    size = held.get("filesize")
    return size if isinstance(size, int) and size > 0 else None
