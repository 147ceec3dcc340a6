"""Spelled: the path of an address as it is written, and the names that it gives a file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from migrate.plan.media.files import below_uploads, without_size
from migrate.syntax.upload_names import Upload, upload

__all__ = ["Sized", "Spelled", "likely_names", "spelled", "stated_names"]

_SCALED: Final = re.compile(r"-scaled(?=\.[A-Za-z0-9]+$)")


class Spelled(NamedTuple):
    """A path and its query, with their escapes, and the host, empty where none is told."""

    raw: str
    query: str = ""
    host: str = ""

    @property
    def file(self) -> Upload:
        """Give the file by its whole path."""
        return upload(self.raw, self.query)

    @property
    def below(self) -> Upload | None:
        """Give the file by its path below `wp-content/uploads/`, if it lies there."""
        below = below_uploads(self.raw)
        return upload(below, self.query) if below else None

    @property
    def names(self) -> Iterator[str]:
        """Give what the file is called: below the uploads, or by its host."""
        for form in dict.fromkeys((self, self._replace(query=""))):
            below, file = form.below, form.file
            yield _name(below) if below else f"{self.host}{_name(file)}"

    @property
    def sized(self) -> Sized | None:
        """Give the image of which this is a smaller copy by its name."""
        found = without_size(self.raw)
        if found is None:
            return None
        return Sized(self._replace(raw=found.path), found.width, found.height)


class Sized(NamedTuple):
    """An image, and the size of it that is meant."""

    whole: Spelled
    width: int
    height: int


def spelled(parts: SplitResult) -> Spelled:
    """Return what an address spells."""
    return Spelled(parts.path, parts.query, parts.hostname or "")


def stated_names(url: str) -> Iterator[str]:
    """Give the names that mean the file of an attachment and no other; none of what is no URL."""
    try:
        yield from _all_names(spelled(urlsplit(url)))
    except ValueError:
        return


def likely_names(url: str) -> Iterator[str]:
    """Give the names that mean it where no other file has them: an address says `?v=1` of some."""
    try:
        one = spelled(urlsplit(url))
    except ValueError:
        return
    whole = one._replace(query="")
    for form in dict.fromkeys((whole, whole._replace(raw=_SCALED.sub("", whole.raw)))):
        yield from _all_names(form) if form != one else ()


def _all_names(one: Spelled) -> Iterator[str]:
    file = one.file
    yield f"{one.host}{_name(file)}"
    yield _name(file._replace(path=posixpath.normpath(file.path)))
    if below := one.below:
        yield _name(below)


def _name(file: Upload) -> str:
    return file.path if file.apart is None else f"{file.path}?{file.apart}"
