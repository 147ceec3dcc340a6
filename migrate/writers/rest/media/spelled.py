"""Spelled: the path of an address as it is written, and the names that it gives a file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from migrate.plan.media.files import below_uploads, without_size
from migrate.syntax.upload_names import Upload, upload

__all__ = ["Sized", "Spelled", "host_of", "likely_names", "spelled", "stated_names"]

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
    def hosted_names(self) -> list[str]:
        """Give what the file is called at its host, the likelier name first."""
        return [f"{form.host}{_name(form.file)}" for form in self._forms]

    @property
    def upload_names(self) -> list[str]:
        """Give what it is called below the uploads of whatever site, where it lies in some."""
        return [_name(below) for form in self._forms if (below := form.below)]

    @property
    def _forms(self) -> Iterable[Spelled]:
        return dict.fromkeys((self, self._replace(query="")))

    def may_lie_at(self, host: str) -> bool:
        """Tell whether a file may be one of a site at `host`: it, what is below it, or a proxy."""
        here, there = self.host.removeprefix("www."), host.removeprefix("www.")
        return here == there or here.endswith(f".{there}") or self.raw.startswith(f"/{host}/")

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


def host_of(url: str) -> str:
    """Return the host of an address, empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


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
