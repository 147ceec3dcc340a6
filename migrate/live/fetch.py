"""Files of other sites: fetched by address, within limits, from public hosts only.

Redirects are followed one by one, and each host is looked at again. What comes back has to be media
by its type; a page that says "not found" is none.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple, Self
from urllib.parse import unquote, urljoin, urlsplit

from migrate.errors import SiteError
from migrate.live.address import in_ascii
from migrate.live.http.bodies import Streamed
from migrate.live.http.client import Client
from migrate.syntax.media_types import TYPES, ending_of, media_type

__all__ = ["LARGEST_FILE", "LONGEST_FETCH", "Fetched", "Fetcher"]

LARGEST_FILE: Final = 64 * 1024 * 1024
LONGEST_FETCH: Final = 120.0  # seconds, all redirects included
_REDIRECTS: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_OK: Final = 200
_UNTOLD: Final = frozenset({"", "application/octet-stream", "binary/octet-stream"})
_KNOWN: Final = frozenset(TYPES.values())
_ENDINGS: Final = {kind: ending for ending, kind in reversed(TYPES.items())}
_PAGES: Final = (b"<!doctype", b"<html")


class Fetched(NamedTuple):
    """A file that was fetched, what it is to be called and of which type it is."""

    path: Path
    name: str
    media_type: str


class Fetcher:
    """Fetches into files below `folder`; a context manager. Every failure is a SiteError.

    With `allow_private` hosts of private networks, and this machine, are let through.
    """

    def __init__(self, folder: Path, *, allow_private: bool) -> None:
        self._client = Client(public_only=not allow_private)
        self._folder = folder
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """Fetch the file at an address."""
        end = time.monotonic() + LONGEST_FETCH
        here = _address(url)
        for _ in range(_REDIRECTS):
            with self._client.stream("GET", here) as answer:
                location = answer.headers.get("Location", "")
                if answer.status not in _MOVED or not location:
                    return self._keep(answer, here, end)
            here = _address(_joined(here, location))
        raise SiteError("it is redirected too often", path=url)

    def _keep(self, answer: Streamed, url: str, end: float) -> Fetched:
        if answer.status != _OK:
            raise SiteError(f"nothing came back but HTTP {answer.status}", path=url)
        kind = _type(answer.headers, url)
        self._count += 1
        path = self._folder / str(self._count)
        try:
            _write(answer, path, url, end)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return Fetched(path, _name(url, kind), kind)


def _joined(here: str, location: str) -> str:
    try:
        return urljoin(here, location)
    except ValueError:
        raise SiteError("it is redirected to no address on the web", path=here) from None


def _address(url: str) -> str:
    """Return an address in ASCII; SiteError where it is no web address."""
    try:
        return in_ascii(url)
    except ValueError:
        raise SiteError("it is no address on the web", path=url) from None


def _type(headers: Mapping[str, str], url: str) -> str:
    """Return the type of what comes back; SiteError where that is no media."""
    said = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    kind = media_type(urlsplit(url).path) if said in _UNTOLD else said
    if kind in _KNOWN or kind.partition("/")[0] in ("image", "audio", "video"):
        return kind
    raise SiteError(f"it is no media but {said or 'of an unknown type'}", path=url)


def _write(answer: Streamed, path: Path, url: str, end: float) -> None:
    size = 0
    with path.open("wb") as stream:
        for piece in answer.pieces:
            if not size and piece.lstrip()[:9].lower().startswith(_PAGES):
                raise SiteError("it is a page, and no media", path=url)
            size += len(piece)
            if size > LARGEST_FILE:
                limit = LARGEST_FILE // 1024 // 1024
                raise SiteError(f"it is larger than {limit} MB", path=url)
            if time.monotonic() > end:
                raise SiteError(f"it took longer than {LONGEST_FETCH:.0f} s", path=url)
            stream.write(piece)
    if not size:
        raise SiteError("it is empty", path=url)


def _name(url: str, kind: str) -> str:
    """Return a file's name by its address, with an ending that says its type."""
    name = unquote(urlsplit(url).path).rpartition("/")[2] or "file"
    ending = _ENDINGS.get(kind, "")
    if media_type(name) == kind or not ending:
        return name
    same_family = media_type(name).partition("/")[0] == kind.partition("/")[0]
    return name if same_family and ending_of(name) else f"{name}.{ending}"
