"""Draft: one record on its way from a chunk to the joiner, as bytes."""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct, field

from migrate.model.post import Post, RecordRef
from migrate.model.rows import Rows
from migrate.syntax.values import Value

Kind = Literal["file", "beside", "dropped"]
ADDRESS: Final = ("id", "type", "slug", "link")
"""The fields by which a post is known if its file gets another name than it wants."""


class FileDraft(Struct):
    """What the joiner needs to write one record.

    A `file` is a post of its own: `path` is where it wants to be, `data` its bytes, `sidecar` what
    its front matter can't say (empty for nothing), `address` what the sidecar must say if the file
    gets another name (ADDRESS). A record `beside` is one document of the
    file at `path`. One that is `dropped` has no place in the output. `key` is the record's name
    from run to run, `mark` what its source said of it. `made` is a hash of all that the file
    depends on, where it is all of the record; `standing` the hash of what `path` was found to hold
    already, where that is `data`. `read` and `told` are what the manifest keeps so that the record
    needn't be read again.
    """

    kind: Kind
    key: str
    ref: RecordRef
    title: str
    public: bool
    path: str
    data: bytes = b""
    sidecar: dict[str, Value] = field(default_factory=dict)
    address: dict[str, Value] = field(default_factory=dict)
    mark: str = ""
    made: str = ""
    standing: str = ""
    read: str = ""
    told: str = ""


def key_of(post_type: str, number: int) -> str:
    """Give the name of a record that has an ID."""
    return f"{post_type} {number}"


def key(post: Post) -> str:
    """Give the name of a record that stays the same from run to run: type and ID if it has one."""
    if post.id is not None:
        return key_of(post.type or "post", post.id)
    known_by = post.provenance.path or post.guid or post.link or f"{post.date} {post.slug}"
    return f"{post.type or 'post'} {known_by}"


def keys(rows: Rows) -> list[str]:
    """Give the same of records that have a path."""
    types, ids = rows.column("type"), rows.column("id")
    return [
        f"{kind or 'post'} {path if number is None else number}"
        for kind, number, path in zip(types, ids, rows.paths, strict=True)
    ]
