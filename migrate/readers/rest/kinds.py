"""Kinds: the post types of a site that can be read, and how each is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from migrate.live.post_types import (
    Context,
    PostType,
    Schema,
    Taxonomy,
    post_types,
    schemas,
)
from migrate.plan.shown import Shows
from migrate.readers.rest import losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.losses import Losses
from migrate.readers.rest.options import RestOptions

__all__ = ["ATTACHMENT", "FORMAT", "MENU_ITEM", "OF_THE_THEME", "REVISION", "Kind", "kinds"]

ATTACHMENT: Final = "attachment"
MENU_ITEM: Final = "nav_menu_item"
REVISION: Final = "revision"
TEMPLATES: Final = ("wp_template", "wp_template_part")
OF_THE_THEME: Final = frozenset({*TEMPLATES, "wp_global_styles", "wp_font_family", "wp_font_face"})
"""Types whose records belong to a theme; of these REST lists templates alone."""

FORMAT: Final = "post_format"
"""The taxonomy that post formats are terms of; REST has a field for it."""

METAS_OF: Final = {
    ATTACHMENT: ("_wp_attached_file", "_wp_attachment_metadata", "_wp_attachment_image_alt"),
    MENU_ITEM: tuple(
        f"_menu_item_{name}"
        for name in (
            *("type", "menu_item_parent", "object_id", "object"),
            *("target", "classes", "xfn", "url"),
        )
    ),
}
"""Protected metas that REST tells as fields of their own."""

_METAS_OF_FIELDS: Final = {"template": "_wp_page_template", "featured_media": "_thumbnail_id"}

_RIGHTS: Final = ("edit_posts", "edit_others_posts", "edit_published_posts", "edit_private_posts")
"""What it takes to see all posts of a type in the context `edit`; a listing says nothing of
those that it leaves out."""

_NO_STATUS: Final = frozenset({"any", "auto-draft", "inherit", "trash"})
_REQUESTS: Final = "request-"  # statuses of requests for personal data

_PLAIN: Final = (
    *("id", "date", "date_gmt", "modified", "modified_gmt", "slug", "status", "link", "author"),
    *("featured_media", "comment_status", "ping_status", "sticky", "template", "format", "meta"),
    *("parent", "menu_order", "password"),
)
_TEXTS: Final = ("guid", "title", "content")
_OF_ATTACHMENTS: Final = (  # the two texts aren't given in parts
    *("alt_text", "media_details", "post", "source_url", "caption", "description"),
)
_OF_MENU_ITEMS: Final = (
    *("url", "attr_title", "description", "type", "object", "object_id", "target", "classes"),
    *("xfn", "menus", "title", "_links", "_embedded"),
)
_WATCHED: Final = (
    *("id", "author", "status", "modified_gmt", "slug", "date", "featured_media", "sticky"),
    *("template", "format", "meta", "parent", "menu_order", "comment_status", "ping_status"),
    *("alt_text", "post", "password"),
)


class Kind(Struct, frozen=True):
    """A post type that can be read: its schema, the taxonomies that it shows, and the context.

    `by_call` says that XML-RPC is asked for what it tells of the type's posts.
    """

    type: PostType
    schema: Schema
    taxonomies: tuple[Taxonomy, ...]
    context: Context
    statuses: tuple[str, ...]
    by_call: bool = False

    @property
    def name(self) -> str:
        """Give the post type's name."""
        return self.type.name

    @property
    def has_revisions(self) -> bool:
        """Tell whether WordPress keeps what its posts said before, and we may see it."""
        return self.context == "edit" and "revisions" in self.type.supports

    def shows(self, *, all_metas: bool) -> Shows:
        """Give what a site shows of posts of this kind."""
        fields = self.schema.fields
        metas = {*self.schema.meta, *METAS_OF.get(self.name, ())}
        metas |= {key for field, key in _METAS_OF_FIELDS.items() if field in fields}
        named = {taxonomy.name for taxonomy in self.taxonomies}
        if "format" in fields:
            named.add(FORMAT)
        return Shows(frozenset(metas), frozenset(named), all_metas)

    def parameters(self) -> dict[str, str | int]:
        """Give the parameters by which a listing holds all posts of this kind."""
        asked: dict[str, str | int] = {"context": self.context}
        if self.statuses:
            asked["status"] = ",".join(self.statuses)
        if self.name == MENU_ITEM:
            asked["_embed"] = "wp:menu-item-object"
        return asked

    def fields(self) -> str:
        """Give the `_fields` of everything that is read; what isn't named isn't rendered either."""
        form = "raw" if self.context == "edit" else "rendered"
        named = [*_PLAIN, *(f"{text}.{form}" for text in _TEXTS), "content.protected"]
        named += ["excerpt.raw"] if self.context == "edit" and not self.by_call else []
        named += _OF_ATTACHMENTS if self.name == ATTACHMENT else ()
        named += _OF_MENU_ITEMS if self.name == MENU_ITEM else ()
        return ",".join((*named, *(taxonomy.field for taxonomy in self.taxonomies)))

    def watched_fields(self) -> str:
        """Give the `_fields` of a listing that tells whether a post has changed."""
        return ",".join((*_WATCHED, *(taxonomy.field for taxonomy in self.taxonomies)))


def kinds(
    connection: Connection,
    taxonomies: Mapping[str, Taxonomy],
    options: RestOptions,
    note: Losses,
) -> list[Kind]:
    """Give the kinds that a site shows us, posts and pages first; names what it doesn't."""
    shown: dict[str, PostType] = {}
    for told in connection.in_contexts(post_types):
        shown |= told
    has_theme = options.templates and connection.xml_rpc == "works"
    if connection.account and not has_theme and (left := sorted(OF_THE_THEME.intersection(shown))):
        note.once(losses.THEME, ", ".join(left))
    readable = [each for each in shown.values() if _is_read(each)]
    described = schemas(connection.api, readable)
    found: list[Kind] = []
    for post_type in readable:
        context: Context = "edit" if _may_edit_all(connection, post_type) else "view"
        if context == "view" and connection.account:
            note.once(losses.NO_RIGHT, post_type.name)
        schema = described[post_type.name]
        own = tuple(each for each in taxonomies.values() if post_type.name in each.types)
        statuses = _statuses(post_type, schema, options) if context == "edit" else ()
        by_call = context == "edit" and connection.xml_rpc == "works"
        found.append(Kind(post_type, schema, own, context, statuses, by_call))
    return found


def _is_read(post_type: PostType) -> bool:
    return post_type.has_route_of_its_own and post_type.name not in OF_THE_THEME


def _may_edit_all(connection: Connection, post_type: PostType) -> bool:
    """Tell whether the context `edit` shows us every post; capabilities come in that context."""
    rights = post_type.capabilities
    needed = [rights[right] for right in _RIGHTS if right in rights]
    return bool(needed) and all(connection.may(right) for right in needed)


def _statuses(post_type: PostType, schema: Schema, options: RestOptions) -> tuple[str, ...]:
    """Give the statuses to ask for: `any` leaves out those that plugins keep to themselves."""
    wanted = {s for s in schema.listed if s not in _NO_STATUS and not s.startswith(_REQUESTS)}
    if post_type.name == ATTACHMENT:
        wanted.add("inherit")
    elif not wanted:
        wanted.add("any")
    return tuple(sorted(wanted | ({"trash"} if options.trash else set())))
