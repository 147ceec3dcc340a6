"""Media: the files of a site's attachments, below the folder that its addresses lie in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urljoin

from migrate.errors import OutputError, SiteError
from migrate.live.api import Api, Row
from migrate.live.downloads import download
from migrate.live.lanes import Lanes
from migrate.model.finding import Finding, Note
from migrate.model.progress import FETCHING, Watch
from migrate.output.partial_file import PartialFile, is_of_the_name
from migrate.readers.rest.attachments import UPLOADS
from migrate.readers.rest.media_places import Place, places, turns
from migrate.readers.rest.options import Wanted

__all__ = ["File", "beside", "fetch", "files"]

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
        yield File(beside(url, original))
    sizes = known.get("sizes")
    for name, held in sizes.items() if wanted == "all" and isinstance(sizes, dict) else ():
        if name != "full" and isinstance(held, dict) and held.get("source_url"):
            yield File(str(held["source_url"]), _size(held))


def beside(url: str, name: str) -> str:
    """Return the address of a file that lies beside another; of none, where that has none."""
    try:
        return urljoin(url, name)
    except ValueError:
        return url


def fetch(lanes: Lanes, home: str, wanted: list[File], root: Path, note: Note, watch: Watch) -> int:
    """Fetch files, several at a time; give how many weren't there yet.

    A file that can't be fetched is named, and so is one that lies under another name than its
    address says. Other hosts' files aren't asked for. Files whose names are one on some disks are
    fetched one after the other.
    """
    sizes: dict[str, int | None] = {}
    for file in wanted:
        sizes[file.url] = file.size or sizes.get(file.url)
    found = places(sizes, home)
    fetched = done = 0
    for group in turns(found):
        asked = (partial(_fetched, url, place, sizes[url], root) for url, place in group)
        for (url, place), came in zip(group, lanes.in_order(asked), strict=True):
            fetched += came is True
            if isinstance(came, str):
                note(Finding("loss-site-media", came, path=url, fix=_FIX))
            elif place.is_renamed:
                note(Finding("source-site-media-name", f"it lies in {_below(place)}", path=url))
            done += 1
            watch(FETCHING, done, len(found))
    return fetched


def _fetched(url: str, place: Place, size: int | None, root: Path, api: Api) -> bool | str:
    """Return whether a file came anew, or why it couldn't."""
    if place.fault:
        return place.fault
    try:
        file = PartialFile(root, _below(place))
        if place.is_twin and file.is_anothers:
            return "this disk takes its name for that of another file, so it wasn't fetched"
        return download(api.client, url, file, size, anew=place.is_shared)
    except SiteError as error:
        return error.message
    except OutputError as error:
        if not is_of_the_name(error):
            raise
        return f"its name isn't one for a file here: {error.message}"


def _below(place: Place) -> str:
    return UPLOADS.strip("/") + "/" + place.path


def _size(held: Row) -> int | None:
    size = held.get("filesize")
    return size if isinstance(size, int) and size > 0 else None
