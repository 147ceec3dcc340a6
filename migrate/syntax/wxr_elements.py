"""WXR's elements and the fields of the model that they hold.

The reference is `export_wp()` in WordPress's wp-admin/includes/export.php; `wp:wp_author` isn't
core's but what some other tools write for `wp:author`.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Kind = Literal["text", "body", "number", "date", "flag", "derived"]
"""How an element's text is meant; `derived` is computed from other fields wherever it is needed."""


class Column(NamedTuple):
    """The field that an element holds."""

    field: str
    kind: Kind = "text"


Table = dict[str, Column]

ITEM: Final[Table] = {
    "title": Column("title"),
    "link": Column("link"),
    "pubDate": Column("pub_date"),
    "dc:creator": Column("author"),
    "guid": Column("guid"),
    "description": Column("description"),
    "content:encoded": Column("content", "body"),
    "excerpt:encoded": Column("excerpt"),
    "wp:post_id": Column("id", "number"),
    "wp:post_date": Column("date", "date"),
    "wp:post_date_gmt": Column("date_gmt", "date"),
    "wp:post_modified": Column("modified", "date"),
    "wp:post_modified_gmt": Column("modified_gmt", "date"),
    "wp:comment_status": Column("comment_status"),
    "wp:ping_status": Column("ping_status"),
    "wp:post_name": Column("slug"),
    "wp:status": Column("status"),
    "wp:post_parent": Column("parent", "number"),
    "wp:menu_order": Column("menu_order", "number"),
    "wp:post_type": Column("type"),
    "wp:post_password": Column("password"),
    "wp:is_sticky": Column("sticky", "flag"),
    "wp:attachment_url": Column("attachment_url"),
}
COMMENT: Final[Table] = {
    "wp:comment_id": Column("id", "number"),
    "wp:comment_author": Column("author"),
    "wp:comment_author_email": Column("author_email"),
    "wp:comment_author_url": Column("author_url"),
    "wp:comment_author_IP": Column("author_ip"),
    "wp:comment_date": Column("date", "date"),
    "wp:comment_date_gmt": Column("date_gmt", "date"),
    "wp:comment_content": Column("content"),
    "wp:comment_approved": Column("approved"),
    "wp:comment_type": Column("type"),
    "wp:comment_parent": Column("parent", "number"),
    "wp:comment_user_id": Column("user_id", "number"),
}
META: Final[Table] = {
    "wp:meta_key": Column("key"),
    "wp:meta_value": Column("value"),
}
CHANNEL: Final[Table] = {
    "title": Column("title"),
    "link": Column("link"),
    "description": Column("description"),
    "pubDate": Column("pub_date", "derived"),
    "lastBuildDate": Column("last_build_date", "derived"),
    "generator": Column("generator", "derived"),
    "language": Column("language"),
    "wp:wxr_version": Column("version"),
    "wp:base_site_url": Column("network_url"),
    "wp:base_blog_url": Column("url"),
}
AUTHOR: Final[Table] = {
    "wp:author_id": Column("id", "number"),
    "wp:author_login": Column("login"),
    "wp:author_email": Column("email"),
    "wp:author_display_name": Column("display_name"),
    "wp:author_first_name": Column("first_name"),
    "wp:author_last_name": Column("last_name"),
}
TERMS: Final[dict[str, Table]] = {
    "wp:category": {
        "wp:term_id": Column("id", "number"),
        "wp:category_nicename": Column("slug"),
        "wp:category_parent": Column("parent"),
        "wp:cat_name": Column("name"),
        "wp:category_description": Column("description"),
    },
    "wp:tag": {
        "wp:term_id": Column("id", "number"),
        "wp:tag_slug": Column("slug"),
        "wp:tag_name": Column("name"),
        "wp:tag_description": Column("description"),
    },
    "wp:term": {
        "wp:term_id": Column("id", "number"),
        "wp:term_taxonomy": Column("taxonomy"),
        "wp:term_slug": Column("slug"),
        "wp:term_parent": Column("parent"),
        "wp:term_name": Column("name"),
        "wp:term_description": Column("description"),
    },
}
"""Each kind of term definition; where it states no taxonomy, `TAXONOMIES` does."""

TAXONOMIES: Final = {"wp:category": "category", "wp:tag": "post_tag"}
AUTHORS: Final = ("wp:author", "wp:wp_author")
OLD_TAXONOMIES: Final = {"tag": "post_tag"}
"""What WXR 1.0 calls taxonomies in an item's categories."""
