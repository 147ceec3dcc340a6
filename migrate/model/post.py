"""Post and what hangs on it: WordPress's own data model (wp_posts and the tables around it).

Every field has three states: `None` is unset (the source doesn't state it), an empty value is
stated to be empty, anything else is a value. A reader never invents one.

Text is held as WordPress stores it: no entity decoded, nothing trimmed, no line end changed. A body
is `bytes` of valid UTF-8; all other text is `str`. Dates are MySQL's text, `YYYY-MM-DD HH:MM:SS`,
and the empty string for WordPress's `0000-00-00 00:00:00` (stated: none).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct, field

from migrate.model.provenance import Provenance

ContentFormat = Literal["html", "markdown", "rst"]


class Author(NamedTuple):
    """Who wrote a post, as far as the source says (wp_users; WXR's wp:author)."""

    login: str | None = None
    display_name: str | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    id: int | None = None


class TermRef(NamedTuple):
    """A term that a post carries (wp_term_relationships).

    `ancestors` are the names of the terms above it, from the top, where the source states them.
    """

    taxonomy: str
    name: str | None = None
    slug: str | None = None
    ancestors: tuple[str, ...] = ()


class Meta(NamedTuple):
    """One row of wp_postmeta (or commentmeta, termmeta): a key may have several rows."""

    key: str
    value: str


class RecordRef(NamedTuple):
    """How findings and actions name a record."""

    type: str = ""
    id: str = ""
    slug: str = ""


class Comment(Struct):
    """One row of wp_comments with its meta."""

    id: int | None = None
    author: str | None = None
    author_email: str | None = None
    author_url: str | None = None
    author_ip: str | None = None
    agent: str | None = None
    date: str | None = None
    date_gmt: str | None = None
    content: str | None = None
    approved: str | None = None
    type: str | None = None
    parent: int | None = None
    user_id: int | None = None
    meta: list[Meta] | None = None


class Post(Struct):
    """One row of wp_posts of any type: post, page, attachment, menu item, revision, custom type."""

    id: int | None = None
    type: str | None = None
    status: str | None = None
    title: str | None = None
    content: bytes | None = None
    content_format: ContentFormat = "html"
    excerpt: str | None = None
    slug: str | None = None
    author: Author | None = None
    date: str | None = None
    date_gmt: str | None = None
    modified: str | None = None
    modified_gmt: str | None = None
    parent: int | None = None
    menu_order: int | None = None
    password: str | None = None
    guid: str | None = None
    link: str | None = None
    comment_status: str | None = None
    ping_status: str | None = None
    to_ping: str | None = None
    pinged: str | None = None
    sticky: bool | None = None
    attachment_url: str | None = None
    terms: list[TermRef] | None = None
    meta: list[Meta] | None = None
    comments: list[Comment] | None = None
    provenance: Provenance = field(default_factory=Provenance)

    def ref(self) -> RecordRef:
        """Give the short name by which findings and actions speak of this record."""
        return RecordRef(self.type or "", "" if self.id is None else str(self.id), self.slug or "")
