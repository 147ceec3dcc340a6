"""The WXR writer as the pipeline sees it: an encoder for chunks and a joiner for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.model.rows import NoteRows, Rows
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.writers.wxr.draft import Draft
from migrate.writers.wxr.item import draft
from migrate.writers.wxr.join import Joiner
from migrate.writers.wxr.rows import Items, items, woven


class WxrWriter(Struct, frozen=True):
    """Writes one WXR 1.2 file."""

    settings: Settings

    def encode(self, post: Post, note: Note) -> Draft:
        """Make the item of one record: pure, for any process."""
        asked = self.settings
        return draft(post, asked.timezone, note, base=asked.base_url, provenance=asked.provenance)

    def encode_rows(self, rows: Rows, note: NoteRows) -> Items | None:
        """Make the items of records beside one another: pure, for any process."""
        del note  # where there is anything to note, each is made by itself
        return items(rows, self.settings.timezone, provenance=self.settings.provenance)

    def woven(self, made: Sequence[Items], order: Sequence[tuple[int, int]]) -> Items:
        """Make one of what was made of several rows, in this order."""
        return woven(made, order)

    def joiner(self, spool: BinaryIO, known: Head) -> Joiner:
        """Make the object that sees all drafts in source order; `spool` is its scratch file."""
        if self.settings.base_url:
            known = replace(known, site=replace(known.site, url=self.settings.base_url))
        return Joiner(spool, known, self.settings)
