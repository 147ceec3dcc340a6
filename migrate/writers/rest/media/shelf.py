"""Shelf: which attachment of the site a file is, by the journal and by what the library holds."""

from __future__ import annotations

import hashlib
import time
from typing import Final

from migrate.errors import SiteError
from migrate.live.address import is_same_site
from migrate.live.api import Row
from migrate.live.http.client import Client
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry
from migrate.plan.journal.history import SiteHistory
from migrate.plan.media.files import Digest
from migrate.plan.media.library import Library, file_name, size_of
from migrate.plan.site_index import title_mark
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.media.item import ATTACHMENT, Item
from migrate.writers.rest.rows import ANY_FILE, held

__all__ = ["FIELDS", "Shelf"]

FIELDS: Final = (
    "id,slug,status,date,date_gmt,modified_gmt,link,title.raw,caption,description,alt_text,"
    "post,author,source_url,media_details,mime_type,comment_status,ping_status"
)
_NEWEST: Final = 20  # attachments
_PAUSE: Final = 0.5  # seconds, doubled each time
_LOOKS: Final = 6
_OK: Final = 200


class Shelf:
    """The site's library, listed when the first file is asked about."""

    def __init__(self, connection: Connection, history: SiteHistory) -> None:
        self._connection = connection
        self._history = history
        self._listed: Library | None = None
        self._is_settled = False

    def close(self) -> None:
        """Forget the listing."""
        if self._listed:
            self._listed.close()

    @property
    def route(self) -> str:
        """Give the route of the attachments."""
        return self._connection.route(ATTACHMENT)

    @property
    def library(self) -> Library:
        """Give the library. Raises SiteError."""
        if self._listed is None:
            self._listed = Library()
            asked = {"context": "edit", "status": ANY_FILE[0], "_fields": FIELDS}
            self._listed.add(self._connection.api.every(self.route, asked))
        return self._listed

    def recall(self, item: Item, digest: Digest | None) -> Row | None:
        """Give the attachment that the journal says a file is, if the site bears it out."""
        if self._history.unanswered(item.key):
            self.settle()
        same = self._history.alike(0, digest.sha256) if digest else []
        for entry in same:
            if entry.type == ATTACHMENT and (row := self._still(entry)):
                return row
        known = self._history.entry(item.key)
        if known is None or known.type != ATTACHMENT or (digest and known.text):
            return None
        row = self._still(known)
        return row if row and (digest is None or self._holds(row, item.name, digest)) else None

    def knew_other(self, item: Item) -> int:
        """Give the attachment that the file was when it had other bytes; 0 without one."""
        entry = self._history.entry(item.key)
        return entry.id if entry and entry.text and self._still(entry) else 0

    def holding(self, name: str, digest: Digest) -> Row | None:
        """Give the attachment of the library that has the very bytes of a file."""
        likely = self.library.like(name, digest.size)
        return next((row for row in likely if self._holds(row, name, digest)), None)

    def settle(self) -> None:
        """Wait until the site has stored whatever a request still asks of it, and list that.

        That is so when two looks at the newest attachments, a growing pause apart, see the same.
        """
        if self._is_settled:
            return
        self._is_settled = True
        before = self._newest()
        for look in range(_LOOKS):
            time.sleep(_PAUSE * 2**look)
            newest = self._newest()
            self.library.add(newest)
            if newest == before:
                return
            before = newest

    def unsettle(self) -> None:
        """Take it that a request was sent of which nobody knows what came."""
        self._is_settled = False

    def keep(self, item: Item, digest: Digest | None, number: int = 0, asked: bytes = b"") -> None:
        """Let the journal know which attachment a file is; `number` is that of the request.

        `asked` is the mark of what its record asks for, if it is one.
        """
        row = item.row
        self.library.add([row])
        self._history.keep(
            Entry(
                item.key,
                ATTACHMENT,
                item.id,
                marks.storable(stored.slug_of_row(str(row.get("slug", "")))),
                str(row.get("date") or "").replace("T", " "),
                title_mark(file_name(row)),
                item.source_id,
                digest.sha256 if digest else b"",
                asked,
                held(row, ()),
            ),
            number,
        )

    def knows(self, item: Item, digest: Digest | None) -> bool:
        """Tell whether the journal says all this of a file already."""
        entry = self._history.entry(item.key)
        text = digest.sha256 if digest else b""
        return entry is not None and (entry.id, entry.text) == (item.id, text)

    def _still(self, entry: Entry) -> Row | None:
        """Return the attachment that an entry means; one of a lock knows the number alone."""
        row = self.library.by_id(entry.id)
        if row is None or not entry.title:
            return row
        same_slug = entry.slug == stored.slug_of_row(str(row.get("slug", "")))
        return row if same_slug or entry.title == title_mark(file_name(row)) else None

    def _holds(self, row: Row, name: str, digest: Digest) -> bool:
        """Tell whether an attachment's file has these bytes; unreadable, whether it's called so."""
        size = size_of(row)
        if size not in {0, digest.size}:
            return False
        try:
            return self._hash(_address(row), digest.size) == digest.sha256
        except SiteError:
            return bool(size) and file_name(row) == name

    def _hash(self, url: str, size: int) -> bytes:
        """Return the hash of a file of the site; nothing where it is longer than it should be."""
        if is_same_site(self._connection.facts.home, url):
            return _hash(self._connection.client, url, size)
        with Client(public_only=True) as client:  # uploads on another host, as a plugin has them
            return _hash(client, url, size)

    def _newest(self) -> list[Row]:
        asked: dict[str, str | int] = {
            "context": "edit",
            "status": ANY_FILE[0],
            "orderby": "id",
            "order": "desc",
            "per_page": _NEWEST,
            "_fields": FIELDS,
        }
        return self._connection.api.rows(self.route, asked)


def _hash(client: Client, url: str, size: int) -> bytes:
    made, read = hashlib.sha256(), 0
    with client.stream("GET", url) as answer:
        if answer.status != _OK:
            raise SiteError(f"HTTP {answer.status}", path=url)
        for piece in answer.pieces:
            read += len(piece)
            if read > size:
                return b""
            made.update(piece)
    return made.digest()


def _address(row: Row) -> str:
    """Return where the file lies that was uploaded, not its scaled copy."""
    url = str(row.get("source_url", ""))
    folder, slash, _ = url.rpartition("/")
    details = row.get("media_details")
    original = details.get("original_image") if isinstance(details, dict) else None
    return f"{folder}{slash}{original}" if original else url
