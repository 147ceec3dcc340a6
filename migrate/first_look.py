"""A first look at a folder: which tool wrote its posts, where they lie, whose site they are of."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct, field

from migrate.errors import RecordError
from migrate.model.addresses import is_address
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.stages import Reader

ENOUGH: Final = 500
"""How many files are read: a folder's posts are alike."""


class FirstLook(Struct):
    """What was seen: posts by dialect and by type, files that can't be read, the site's address.

    `paths` are those of all files that are posts or may be some. `folder` is the one that they all
    lie in, below the folder that was looked at, with `/`.
    """

    dialects: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    sites: Counter[str] = field(default_factory=Counter)
    paths: list[str] = field(default_factory=list)
    is_whole: bool = True

    @property
    def posts(self) -> int:
        """Count the posts that were read."""
        return self.types.total()

    @property
    def dialect(self) -> str:
        """Give the dialect of all posts; empty where there are several."""
        return next(iter(self.dialects)) if len(self.dialects) == 1 else ""

    @property
    def site(self) -> str:
        """Give the address that most permalinks name; empty where none does."""
        return self.sites.most_common(1)[0][0] if self.sites else ""

    @property
    def folder(self) -> str:
        """Give the folder of them all; one like `_posts` says something, so it stays below it."""
        folders = [PurePosixPath(path).parent.parts for path in self.paths]
        shared = []
        for names in zip(*folders, strict=False):
            if len(set(names)) > 1 or names[0].startswith(("_", ".")):
                break
            shared.append(names[0])
        return "/".join(shared)


def first_look(reader: Reader) -> FirstLook:
    """Read the first files of a folder; what is wrong with them is left to a check."""
    seen = FirstLook()
    handles = iter(reader.locate(_ignore))
    for handle in islice(handles, ENOUGH):
        try:
            post = reader.read(handle, _ignore).post
        except RecordError:
            seen.unreadable += 1
            seen.paths.append(handle.path)
            continue
        if post is not None:
            _take(seen, post, handle.path)
    left = [handle.path for handle in handles]
    seen.paths += left
    seen.is_whole = not left
    return seen


def _take(seen: FirstLook, post: Post, path: str) -> None:
    seen.types[post.type or "post"] += 1
    seen.paths.append(path)
    if post.provenance.dialect:
        seen.dialects[post.provenance.dialect] += 1
    parts = urlsplit(post.link) if post.link and is_address(post.link) else None
    if parts and parts.scheme and parts.netloc:
        seen.sites[f"{parts.scheme}://{parts.netloc}"] += 1


def _ignore(_finding: Finding) -> None:
    pass
