"""Keys: what the journal calls a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from migrate.model.post import Post
from migrate.plan.journal.marks import asked, storable

__all__ = ["Keys"]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one source: a post's path below `root`, which is SOURCE or a file's folder.

    Records of a WXR file are called by its `wxr_site` (base_site_url), their type and ID. One that
    states no ID, as where a file was made from posts, has the post's path, else slug or title tell.
    """

    root: Path | None = None
    wxr_site: str = ""

    def of(self, post: Post) -> str:
        """Give the key of a record."""
        path = post.provenance.path
        if path and not (self.wxr_site and post.id):
            return storable(path)
        name = str(post.id or post.slug or asked({"title": post.title, "date": post.date}).hex())
        return storable(f"{self.wxr_site} {post.type or 'post'} {name}")

    def is_gone(self, key: str) -> bool:
        """Tell whether a key names a file of this source that isn't there any more."""
        return self.root is not None and not (self.root / key).exists()
