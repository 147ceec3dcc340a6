"""Files: finds what posts name, below SOURCE and the folder of media, and nowhere else.

A post may name anything on this machine, and what it names is published. So no link leads out of
the folders, hidden files aren't looked at, and only media count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from migrate.syntax.media_types import media_type
from migrate.syntax.upload_names import upload

__all__ = [
    "Digest",
    "Files",
    "Sized",
    "below_uploads",
    "digest_of",
    "name_in",
    "path_in",
    "without_size",
]

_FOLDERS: Final = ("", "static", "assets", "content", "source", "src", "public")
"""Where generators keep what they put at a site's root: Hugo, Eleventy, Pelican, Hexo."""

_UPLOADS: Final = "uploads/"
_UPLOADS_AT: Final = ("", "uploads", "wp-content/uploads")
_SIZED: Final = re.compile(r"(.+)-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})(\.[A-Za-z0-9]+)")
_SCALED: Final = re.compile(r"(.+)-scaled(\.[A-Za-z0-9]+)")
_BLOCK: Final = 1 << 20


class Digest(NamedTuple):
    """The SHA-256 of a file and its size in bytes."""

    sha256: bytes
    size: int


class Sized(NamedTuple):
    """A name without what WordPress appends to those of an image's smaller copies."""

    path: str
    width: int = 0
    height: int = 0


def without_size(path: str) -> Sized | None:
    """Return what a path such as `a-300x200.jpg` or `a-scaled.jpg` is a copy of; else None."""
    if found := _SIZED.fullmatch(path):
        return Sized(found[1] + found[4], int(found[2]), int(found[3]))
    found = _SCALED.fullmatch(path)
    return Sized(found[1] + found[2]) if found else None


class Files:
    """The files of one source; `root` is SOURCE, `beside` the folder of --media-dir."""

    def __init__(self, root: Path | None = None, beside: Path | None = None) -> None:
        self._roots = [path.resolve() for path in (root, beside) if path is not None]
        self._beside = beside.resolve() if beside else None
        self._digests: dict[tuple[Path, int, int], Digest] = {}

    def find(self, path: str, post_path: str = "") -> Path | None:
        """Give the file that a post names by a decoded path; `/` at its beginning is the site's.

        Raises nothing: what can't be looked at isn't there.
        """
        return next(iter(self._found(path, post_path)), None)

    def upload(self, path: str) -> Path | None:
        """Give the file of an upload of the old site by its path below `uploads/`."""
        places = (f"/{place}/{path}" for place in _UPLOADS_AT)
        return next((found for place in places for found in self._found(place, "")), None)

    def uploaded(self, url: str, place: str = "") -> Path | None:
        """Give the file of an attachment by its address, `place` being its path below `uploads/`.

        One that `--site` has fetched has a name of its own where several have its path.
        """
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        below = upload(below_uploads(parts.path), parts.query)
        own = "" if below.apart is None else below.own
        names = filter(None, dict.fromkeys((own, place, below.path)))
        return next(filter(None, map(self.upload, names)), None)

    def named(self, path: Path) -> str:
        """Give a file's path below the folder in which it lies, with `/`."""
        root = next(root for root in self._roots if path.is_relative_to(root))
        name = path.relative_to(root).as_posix()
        return f"--media-dir/{name}" if root == self._beside else name

    def digest(self, path: Path) -> Digest:
        """Give a file's hash, read once as long as it stays as it is; OSError where it can't be."""
        state = path.stat()
        key = (path, state.st_mtime_ns, state.st_size)
        if key not in self._digests:
            self._digests[key] = digest_of(path)
        return self._digests[key]

    def _found(self, path: str, post_path: str) -> Iterator[Path]:
        names = [path.lstrip("/")]
        if not path.startswith("/"):
            names.insert(0, f"{post_path.rpartition('/')[0]}/{path}".lstrip("/"))
        for root in self._roots:
            for name in names:
                for folder in _FOLDERS:
                    for form in dict.fromkeys((name, *_composed(name))):
                        if found := _inside(root, f"{folder}/{form}".lstrip("/")):
                            yield found


def digest_of(path: Path) -> Digest:
    """Return a file's hash; OSError where it can't be read."""
    made, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            made.update(block)
            size += len(block)
    return Digest(made.digest(), size)


def below_uploads(path: str) -> str:
    """Return what of an address's path lies below `wp-content/uploads/`; empty where nothing."""
    before, uploads, below = path.partition(_UPLOADS)
    return below if uploads and before.endswith("/") else ""


def path_in(url: str) -> str:
    """Return the path of an address, decoded as far as it is text; empty for what is none."""
    try:
        return upload(urlsplit(url).path).path
    except ValueError:
        return ""


def name_in(url: str) -> str:
    """Return the name of the file at an address."""
    return path_in(url).rpartition("/")[2]


def _inside(root: Path, name: str) -> Path | None:
    if not media_type(name) or "\0" in name:
        return None
    try:
        path = (root / name).resolve()
        inside = path.relative_to(root).parts
        is_file = path.is_file()
    except (OSError, ValueError, RuntimeError):
        return None
    hidden = any(part.startswith(".") for part in inside)
    return path if is_file and not hidden and media_type(path.name) else None


def _composed(name: str) -> tuple[str, ...]:
    """Return the other ways in which a file system may spell the name's accents."""
    if name.isascii():
        return ()
    return (unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
