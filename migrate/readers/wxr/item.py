"""One item becomes a record."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_tz
from typing import Any, Final, NamedTuple

from migrate.errors import RecordError
from migrate.model import dates
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.readers.wxr import provenance
from migrate.readers.wxr.decoder import Child, Decoder
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.repair import Notes, shown
from migrate.syntax.php_serialized import has_wrong_length
from migrate.syntax.wxr_elements import COMMENT, ITEM, META, OLD_TAXONOMIES
from migrate.syntax.wxr_markup import Markup

_PUBLIC: Final = "publish"


class _Category(NamedTuple):
    domain: str | None
    nicename: str | None
    name: str
    start: int


class Item:
    """The bytes of one item on their way to a record; `places` says where each field starts.

    A list that WXR has no element of is empty, not unset: an export states all rows of a post.
    """

    def __init__(self, data: bytes, document: Document, known: Known, notes: Notes) -> None:
        """Find the tags; `data` runs from the item's start tag through its end tag, if it has one.

        Raises RecordError where there is nothing in it.
        """
        self._markup = Markup(data)
        tags = self._markup.tags
        if len(tags) < 2 and not self._markup.data.strip():  # pragma: no cover
            raise AssertionError("an item begins with its start tag")
        self._whole = tags[-1].closing and tags[-1].name == tags[0].name or tags[0].empty
        self._document = document
        self._known = known
        self._notes = notes
        self._provenance = self._read_provenance()
        self._names = document.names.inside(tags[0])
        self._decoder = Decoder(self._markup, self._names, notes, self._provenance.removed)
        self._values: dict[str, Any] = {}
        self._categories: list[_Category] = []
        self._meta: list[Meta] = []
        self._comments: list[Comment] = []
        self.places: dict[str, int] = {}
