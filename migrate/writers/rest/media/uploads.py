"""Uploads: brings one file after the other into the library, each once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.live.form import Form
from migrate.live.shapes import OddAnswerError
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import FAILED, SiteHistory
from migrate.plan.media.files import Digest, Files, digest_of
from migrate.plan.site_index import title_mark
from migrate.syntax.media_types import ending_of, media_type
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.media.fetched import FetchedFiles
from migrate.writers.rest.media.item import ATTACHMENT, Item
from migrate.writers.rest.media.options import MediaOptions
from migrate.writers.rest.media.shelf import FIELDS, Shelf
from migrate.writers.rest.payload import body

__all__ = ["Uploads"]

_AGAIN: Final = frozenset({429, *range(500, 600)})
_PAUSES: Final = (1.0, 4.0)  # seconds before an upload that didn't arrive is sent again

_NOTHING_CAME: Final = frozenset({"rest_upload_no_data", "rest_upload_no_content_disposition"})
"""What WordPress says of a form that PHP has thrown away, since it is larger than it takes."""

_BROKEN_OFF: Final = "the site answers all else, but each time that it was sent: "

_TOO_LARGE: Final = "the server takes no file of this size (PHP's post_max_size)"


class _UntakenError(Exception):
    """One file got no answer, however often it was sent; nor is it there, and the site is."""


class _File(NamedTuple):
    """What is uploaded."""

    path: Path
    name: str
    media_type: str
    digest: Digest


class Uploads:
    """Looks before it uploads, and looks again where no answer came."""

    def __init__(
        self,
        connection: Connection,
        history: SiteHistory,
        shelf: Shelf,
        files: Files,
        options: MediaOptions,
    ) -> None:
        self._connection = connection
        self._history = history
        self._shelf = shelf
        self._files = files
        self._options = options
        self._fetched = FetchedFiles(allow_private=options.allow_private)

    def close(self) -> None:
        """Remove what was fetched."""
        self._fetched.close()

    def look_up(self, item: Item) -> None:
        """Find out whether the site has a file, as far as that can be told without fetching it."""
        if item.looked_up or item.row:
            return
        item.looked_up = True
        digest = self._digest(item)
        row = self._shelf.recall(item, digest)
        if row is None and digest:
            row = self._shelf.holding(item.name, digest)
        if row is not None:
            item.row = row
            if not self._shelf.knows(item, digest):
                self._shelf.keep(item, digest)

    def ensure(self, item: Item, parent: int = 0, asked: bytes = b"") -> None:
        """Have a file in the library; where that can't be done, its `problem` says why.

        `parent` is the post that it is uploaded for, if that is there, `asked` the mark of what its
        record asks for. Raises SiteError where the
        site is gone.
        """
        if item.row or item.problem:
            return
        try:
            file = self._file(item)
        except OSError as error:
            item.problem = _unreadable(error)
            return
        except SiteError as error:
            item.problem = f"it can't be fetched: {error.message}"
            return
        try:
            row = None
            if not (item.path or item.is_record):
                row = self._shelf.recall(item, file.digest)
                row = row or self._shelf.holding(file.name, file.digest)
            if row:
                item.row = row
                self._shelf.keep(item, file.digest)
            else:
                self._upload(item, file, parent, asked)
        finally:
            if not item.path:
                file.path.unlink(missing_ok=True)

    def _digest(self, item: Item) -> Digest | None:
        if item.path is None:
            return None
        try:
            return self._files.digest(item.path)
        except OSError as error:
            item.problem = _unreadable(error)
            return None

    def _file(self, item: Item) -> _File:
        if item.path:
            kind = media_type(item.path.name)
            return _File(item.path, item.name, kind, self._files.digest(item.path))
        *others, last = item.urls
        for url in others:
            try:
                fetched = self._fetched.fetch(url)
                break
            except SiteError:
                continue
        else:
            fetched = self._fetched.fetch(last)
        return _File(fetched.path, fetched.name, fetched.media_type, digest_of(fetched.path))

    def _upload(self, item: Item, file: _File, parent: int, asked: bytes) -> None:
        fields = _with_slug(item.fields, file.name) | ({"post": parent} if parent else {})
        step = Step(
            item.key,
            "create",
            ATTACHMENT,
            slug=marks.storable(stored.slug(fields["slug"])),
            date=str(fields.get("date", "")),
            title=title_mark(file.name),
            after=self._shelf.library.highest_id(),
        )
        number = self._history.intend(step)
        try:
            row = self._sent(fields, file)
        except AnswerError as error:
            self._history.settle(number, FAILED)
            item.problem = _reason(error)
            return
        except _UntakenError as error:
            item.problem = f"{_BROKEN_OFF}{error}"  # the next run looks once more
            return
        except OSError as error:
            self._history.settle(number, FAILED)
            item.problem = _unreadable(error)
            return
        item.row, item.made = row, True
        self._shelf.keep(item, file.digest, number, asked)

    def _sent(self, fields: dict[str, Any], file: _File) -> Row:
        """Upload a file; AnswerError where it surely isn't there, _UntakenError without answer.

        Raises SiteError where the site is gone, as looking for the file tells.
        """
        for pause in (*_PAUSES, None):
            try:
                return self._sent_once(fields, file)
            except SiteError as error:
                if isinstance(error, AnswerError) and _is_refusal(error):
                    raise
                self._shelf.unsettle()
                self._shelf.settle()
                row = self._shelf.holding(file.name, file.digest)
                if row is not None:
                    return self._whole(row)
                if pause is None and isinstance(error, AnswerError):
                    raise
                if pause is None:
                    raise _UntakenError(error.message) from None
                time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _sent_once(self, fields: dict[str, Any], file: _File) -> Row:
        texts = {name: str(value) for name, value in body(fields).items()}
        with Form(texts, file.path, name=file.name, media_type=file.media_type) as form:
            return self._connection.upload(self._shelf.route, form, FIELDS)

    def _whole(self, row: Row) -> Row:
        """Return an attachment with the sizes of its image made, which a stumbling PHP left out."""
        details = row.get("media_details")
        is_whole = isinstance(details, dict) and details.get("width")
        if not str(row.get("mime_type", "")).startswith("image/") or is_whole:
            return row
        route = f"{self._shelf.route}/{row['id']}"
        try:
            self._connection.post(f"{route}/post-process", {"action": "create-image-subsizes"})
            return self._connection.api.get(route, {"context": "edit", "_fields": FIELDS})
        except (AnswerError, OddAnswerError):
            return row


def _with_slug(fields: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the fields with a slug that takes none from a page: `about.png` is `about-png`."""
    if fields.get("slug"):
        return fields
    stem, ending = name.rpartition(".")[0] or name, ending_of(name)
    return fields | {"slug": f"{stored.slug(stem) or 'file'}-{ending}"}


def _is_refusal(error: AnswerError) -> bool:
    """Tell whether WordPress said no, and nothing is stored; it says so with a 500 as well."""
    return error.code.startswith("rest_upload") or error.status not in _AGAIN


def _unreadable(error: OSError) -> str:
    return f"it can't be read: {error.strerror or error}"


def _reason(error: AnswerError) -> str:
    if error.code in _NOTHING_CAME:
        return _TOO_LARGE
    return f"the site refuses it: {error.message}"
