"""MediaOptions: what a user asked about the files that posts name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

__all__ = ["MediaOptions"]


class MediaOptions(Struct, frozen=True):
    """`root` is the folder of the posts, where there is one, `beside` that of --media-dir.

    With `fetch` files of other sites are brought over as well, from private networks too with
    `allow_private`. `source_site` is where the records come from, as far as their source says it.
    Through the companion `sizes_now` has the smaller sizes of a picture made that aren't here.
    `featured` names, for each dialect, the metas that may hold the address of a featured image; a
    dot leads into a map.
    """

    wanted: bool = False
    root: Path | None = None
    beside: Path | None = None
    fetch: bool = False
    allow_private: bool = False
    sizes_now: bool = True
    source_site: str = ""
    featured: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
