"""Keys: what the journal calls a record."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, Self

from msgspec import Struct

from migrate.model.post import Post
from migrate.model.site import Site
from migrate.plan.journal.entry import Entry
from migrate.plan.journal.marks import asked, storable
from migrate.plan.journal.place import FOLDER

__all__ = ["Keys"]

_NUMBER: Final = re.compile(r" #[0-9]+$")
"""What the second record of one key has behind it."""


class Keys(Struct, frozen=True):
    """The keys of one source: a post's path below `root`, which is SOURCE or a file's folder.

    Records of a WXR file are called by its `wxr_site` (base_blog_url), their type and ID. One that
    states no ID, as where a file was made from posts, has the post's path, else slug or title tell.

    `scope` tells the folders of one journal apart, in which the same path may be two posts: it is
    `root` as seen from `base`, the journal's folder, and so goes with both where they are moved.
    `whole` is false where the source is only one post of its folder.
    """

    root: Path | None = None
    wxr_site: str = ""
    scope: str = ""
    base: Path | None = None
    whole: bool = True

    @classmethod
    def of_folder(cls, root: Path, journal: Path) -> Self:
        """Give the keys of the posts below a folder, for the journal in this file."""
        base = journal.parent.parent if journal.parent.name == FOLDER else journal.parent
        scope = os.path.relpath(root.resolve(), base.resolve())
        return cls(root, scope=storable(scope), base=base)

    @classmethod
    def of_export(cls, site: Site) -> Self:
        """Give the keys of a WXR file's records, by the address of its own site.

        The network's won't do: each site of one numbers its posts anew, as all of WordPress.com's.
        """
        return cls(wxr_site=site.url or site.network_url or "wxr")

    def of(self, post: Post) -> str:
        """Give the key of a record."""
        path = post.provenance.path
        if path and not (self.wxr_site and post.id):
            return storable(path)
        name = str(post.id or post.slug or asked({"title": post.title, "date": post.date}).hex())
        return storable(f"{self.wxr_site} {post.type or 'post'} {name}")

    def is_gone(self, key: str) -> bool:
        """Tell whether a key names a file of this source that isn't there any more."""
        return self.root is not None and not (self.root / _NUMBER.sub("", key)).exists()

    def is_of_source(self, entry: Entry) -> bool:
        """Tell whether an entry is surely of this source, so that it may be gone from it."""
        if self.wxr_site:
            return entry.key.startswith(f"{self.wxr_site} ")
        return self.whole and self.root is not None and entry.scope != ""

    def is_foreign(self, scope: str) -> bool:
        """Tell whether an entry is of another source of this journal, which is still there."""
        if scope in {"", self.scope}:
            return False
        return self.base is not None and (self.base / scope).is_dir()
