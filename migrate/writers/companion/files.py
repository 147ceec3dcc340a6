"""Files: those of attachments, brought to where they lay on their old site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from migrate.errors import AnswerError, SiteError
from migrate.live.companion import ROUTES
from migrate.live.form import Form
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan.media.files import Files as Found
from migrate.plan.media.files import below_uploads, path_in
from migrate.syntax import php_serialized
from migrate.syntax.media_types import media_type
from migrate.writers.rest.actions import finding
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.media.fetched import FetchedFiles
from migrate.writers.rest.media.options import MediaOptions

__all__ = ["Files"]

_FILE: Final = "_wp_attached_file"
_DETAILS: Final = "_wp_attachment_metadata"
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_ROUTE: Final = f"{ROUTES}/files"
_FIX: Final = "Name a folder that has it with --media-dir, or fetch it with --fetch-media"


class Files:
    """Uploads an attachment's file, and its smaller pictures as far as they are here."""

    def __init__(self, connection: Connection, options: MediaOptions, note: Note) -> None:
        self._connection = connection
        self._options = options
        self._note = note
        self._here = Found(options.root, options.beside)
        self._fetched = FetchedFiles(allow_private=options.allow_private)

    def close(self) -> None:
        """Remove what was fetched."""
        self._fetched.close()

    def bring(self, post: Post) -> bool:
        """Upload what there is of a record's file; gives whether sizes of it are to be made now.

        Raises SiteError where the site is gone.
        """
        metas = {row.key: row.value for row in post.meta or ()}
        place = metas.get(_FILE) or below_uploads(path_in(post.attachment_url or ""))
        if not self._options.wanted or not place or not self._original(post, place):
            return False
        folder = place.rpartition("/")[0]
        names = [f"{folder}/{name}".lstrip("/") for name in _smaller(metas.get(_DETAILS, ""))]
        here = ((self._here.upload(name), name) for name in names)
        there = [file is not None and self._sent(post, file, name) for file, name in here]
        return self._options.sizes_now and not all(there)

    def make_sizes(self, number: int) -> str:
        """Have the site make the sizes of a picture; gives the digest of its record then.

        Raises SiteError.
        """
        digest = str(self._connection.post(_ROUTE, {"sizes": number}).get("digest", ""))
        return digest if _DIGEST.fullmatch(digest) else ""

    def _original(self, post: Post, place: str) -> bool:
        """Upload the file itself; false, and named, where it isn't to be had or isn't taken."""
        url = post.attachment_url or ""
        here = self._here.uploaded(url, place)
        if here:
            return self._sent(post, here, place)
        if not (self._options.fetch and url):
            message = "the file of this attachment isn't here"
            self._note(finding("source-media-remote", message, post, "attachment_url", fix=_FIX))
            return False
        try:
            file = self._fetched.fetch(url).path
        except SiteError as error:
            message = f"it can't be fetched: {error.message}"
            self._note(finding("source-media-remote", message, post, "attachment_url"))
            return False
        try:
            return self._sent(post, file, place)
        finally:
            file.unlink(missing_ok=True)

    def _sent(self, post: Post, file: Path, place: str) -> bool:
        try:
            told = {"path": place, "sha256": self._here.digest(file).sha256.hex()}
            name = place.rpartition("/")[2]
            with Form(told, file, name=name, media_type=media_type(name)) as form:
                self._connection.upload(_ROUTE, form, "status")
        except OSError as error:
            problem = f"it can't be read: {error.strerror or error}"
        except AnswerError as error:
            problem = error.message
        else:
            return True
        message = f"the file {place} isn't there: {problem}"
        self._note(finding("loss-media-refused", message, post, "attachment_url"))
        return False


def _smaller(details: str) -> Iterator[str]:
    """Give the names of a picture's other files (wp_get_attachment_metadata())."""
    try:
        known = php_serialized.array(details)
    except ValueError:
        return
    if not isinstance(known, dict):
        return
    if original := known.get("original_image"):
        yield str(original)
    sizes: Any = known.get("sizes")
    for size in sizes.values() if isinstance(sizes, dict) else ():
        if isinstance(size, dict) and size.get("file"):
            yield str(size["file"])
