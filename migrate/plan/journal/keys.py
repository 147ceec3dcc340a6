"""Keys: what the journal calls a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from migrate.model.post import Post
from migrate.plan.journal.marks import storable

__all__ = ["Keys"]


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one source: a post's path below `root`, which is SOURCE or a file's folder.

    Records of a WXR file have no path of their own: where `root` is None, `wxr_site` (the file's
    base_site_url), type and ID make the key.
    """

    root: Path | None = None
    wxr_site: str = ""

    def of(self, post: Post) -> str:
        """Give the key of a record."""
        if self.wxr_site:
            name = str(post.id or post.slug or "")
            return storable(f"{self.wxr_site} {post.type or 'post'} {name}")
        return storable(post.provenance.path)

    def is_gone(self, key: str) -> bool:
        """Tell whether a key names a file of this source that isn't there any more."""
        return self.root is not None and not (self.root / key).exists()
