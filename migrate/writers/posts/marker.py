"""Hashes of all that a record's file depends on, the same in every process and run."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from msgspec import msgpack

from migrate import program
from migrate.mapping.dialect import Dialect
from migrate.mapping.said import Authors
from migrate.model import dates
from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.model.rows import Rows
from migrate.model.settings import Settings
from migrate.writers.posts.options import PostsOptions

if TYPE_CHECKING:
    import hashlib

_PACKED: Final = msgpack.Encoder(enc_hook=lambda value: (type(value).__name__, str(value)))
"""Packs values; what it doesn't know, a kind of text in the provenance, by its name."""

_OWN: Final = (
    *("id", "title", "excerpt", "slug", "link", "guid"),
    *("date", "date_gmt", "modified", "modified_gmt"),
)
"""Fields in which most records differ. What they have in common is packed apart from them, so that
that is done once for records beside one another."""

_SHARED: Final = tuple(
    name for name in Post.__struct_fields__ if name not in (*_OWN, "content", "meta", "provenance")
)
_KEPT: Final = tuple(name for name in Provenance.__struct_fields__ if name != "path")
_own, _shared, _kept = attrgetter(*_OWN), attrgetter(*_SHARED), attrgetter(*_KEPT)
_LENGTH: Final = 32


class Marker:
    """Gives marks of 32 hexadecimal digits."""

    def __init__(
        self, dialect: Dialect, options: PostsOptions, settings: Settings, authors: Authors
    ) -> None:
        """Make one for a run, with what the encoder has for all records."""
        zone = dates.offsets(settings.timezone) if settings.timezone else []
        asked = (options.variant, options.only_posts, settings, zone, sorted(authors.items()))
        self._run = sha256(repr((program.digest(), dialect.digest, asked)).encode()).digest()

    def mark_of(self, state: str) -> str:
        """Give the mark of a record that was in this state when it was read."""
        found = sha256(self._run)
        found.update(state.encode("utf-8", "surrogatepass"))
        return found.hexdigest()[:_LENGTH]

    def mark(self, post: Post) -> str:
        """Give the mark of a record; empty for one that msgpack can't hold.

        Of the body it knows the length alone.
        """
        body = post.content
        length = None if body is None else len(body)
        try:
            found = self._begun(post, _keys(post))
            found.update(_PACKED.encode((*_own(post), post.provenance.path, length, _values(post))))
        except (UnicodeEncodeError, OverflowError):  # half a surrogate pair; a number of 65 bits
            return ""
        return found.hexdigest()[:_LENGTH]

    def marks(self, rows: Rows) -> list[str] | None:
        """Give the marks of records; None where msgpack can't hold one of them."""
        rows = rows.with_columns(_OWN)
        own = map(rows.column, _OWN)
        keys, values = zip(*rows.metas, strict=True) if rows.metas else ((), ())
        of_kind = [_values(kind) for kind in rows.kinds]
        rest = zip(*values, strict=True) if values else map(of_kind.__getitem__, rows.kind_of)
        said = zip(*own, rows.paths, map(len, rows.contents), rest, strict=True)
        marks: list[str] = []
        try:
            begun = [self._begun(kind, [*keys] or _keys(kind)) for kind in rows.kinds]
            for kind, one in zip(rows.kind_of, said, strict=True):
                found = begun[kind].copy()
                found.update(_PACKED.encode(one))
                marks.append(found.hexdigest()[:_LENGTH])
        except (UnicodeEncodeError, OverflowError):
            return None
        return marks

    def _begun(self, post: Post, keys: Sequence[str] | None) -> hashlib._Hash:
        """Give the hash of what a record has in common with most."""
        found = sha256(self._run)
        found.update(_PACKED.encode((_shared(post), _kept(post.provenance), keys)))
        return found


def _keys(post: Post) -> list[str] | None:
    return None if post.meta is None else [row.key for row in post.meta]


def _values(post: Post) -> tuple[str, ...]:
    return tuple([row.value for row in post.meta or ()])
