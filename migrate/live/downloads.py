"""Downloads: files of a site, fetched into a folder; what broke off is gone on with."""

from __future__ import annotations

import re
from typing import Final

from migrate.errors import SiteError
from migrate.live.http.bodies import Streamed
from migrate.live.http.client import Client
from migrate.output.partial_file import PartialFile

__all__ = ["LARGEST_FILE", "download"]

LARGEST_FILE: Final = 4 * 1024 * 1024 * 1024
_WHOLE, _PART, _UNSATISFIABLE = 200, 206, 416
_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+)")


def download(
    client: Client, url: str, file: PartialFile, size: int | None, *, anew: bool = False
) -> bool:
    """Fetch a file as a visitor gets it; false where it is there already, with the same length.

    `size` is how long the site says that it is; unknown, the server is asked. With `anew` its
    length says nothing. Raises SiteError
    where it can't be fetched or breaks off: what has arrived stays for the next try.
    """
    is_there = file.size is not None and not anew
    if is_there and file.size == (_length(client, url) if size is None else size):
        return False
    start = file.arrived
    with client.stream("GET", url, start) as answer:
        if answer.status != _UNSATISFIABLE:
            _keep(answer, url, file, start)
            return True
    # What has arrived is longer than the file is now.
    with client.stream("GET", url, 0) as answer:
        _keep(answer, url, file, 0)
    return True


def _length(client: Client, url: str) -> int | None:
    """Return how long a file is, as the server says without sending it."""
    with client.stream("HEAD", url, 0) as answer:
        stated = answer.headers.get("Content-Length", "")
        return int(stated) if answer.status == _WHOLE and stated.isdecimal() else None


def _keep(answer: Streamed, url: str, file: PartialFile, start: int) -> None:
    if answer.status not in {_WHOLE, _PART}:
        raise SiteError(f"nothing came back but HTTP {answer.status}", path=url)
    begins, total = _extent(answer)
    if begins not in {0, start}:
        raise SiteError("the server sends another part than it was asked for", path=url)
    with file.open(go_on=begins > 0) as stream:
        size = begins
        for piece in answer.pieces:
            size += len(piece)
            if size > LARGEST_FILE:
                raise SiteError(f"it is larger than {LARGEST_FILE >> 30} GB", path=url)
            stream.write(piece)
    if total is not None and size != total:
        raise SiteError(f"{size} bytes came instead of {total}", path=url)
    file.settle()


def _extent(answer: Streamed) -> tuple[int, int | None]:
    """Return where the answer's bytes begin, and how many the whole file has."""
    if answer.status == _PART:
        found = _RANGE.match(answer.headers.get("Content-Range", ""))
        return (int(found[1]), int(found[2])) if found else (-1, None)
    stated = answer.headers.get("Content-Length", "")
    return 0, int(stated) if stated.isdecimal() else None
