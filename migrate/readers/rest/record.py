"""A row of a listing becomes a record."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, Final

from migrate.errors import RecordError
from migrate.live.answer import quoted
from migrate.live.api import Row
from migrate.model.post import Meta, Post, TermRef
from migrate.readers.rest import attachments, menu_items, metas
from migrate.readers.rest.kinds import ATTACHMENT, FORMAT, MENU_ITEM, Kind

__all__ = ["day", "record"]

_STANDARD: Final = "standard"
_FIX: Final = "Look for a plugin that changes what the REST API says of records"
_FLOATING: Final = frozenset({"draft", "pending", "auto-draft"})
"""The statuses that WordPress registers with `date_floating`: their GMT may be none, and REST then
makes one up."""


def record(row: Row, kind: Kind, terms: Mapping[tuple[str, int], TermRef]) -> Post:
    """Give the record that a row is, as far as it says; author and comments are others' to add.

    `terms` are those of the site by taxonomy and id.
    """
    form = "raw" if kind.context == "edit" else "rendered"
    post = Post(
        id=int(row["id"]),
        type=kind.name,
        status=_text(row, "status"),
        title=_form(row, "title", form),
        slug=_text(row, "slug"),
        guid=html.unescape(_form(row, "guid", form) or "") or None,
        link=_text(row, "link"),
        password=_text(row, "password"),
        comment_status=_text(row, "comment_status"),
        ping_status=_text(row, "ping_status"),
        sticky=row.get("sticky"),
        menu_order=row.get("menu_order"),
        parent=row.get("parent"),
        terms=_terms(row, kind, terms),
        meta=_metas(row, kind),
    )
    _dates(post, row)
    _texts(post, row, form)
    if kind.name == MENU_ITEM:
        _menu_item(post, row)
    elif kind.name == ATTACHMENT:
        _attachment(post, row, form)
    return post


def day(value: Any) -> str:
    """Give a date as MySQL's text; what PHP makes of a zero date is the year -1."""
    text = str(value or "")
    return "" if text.startswith(("-", "0000")) else text.replace("T", " ")


def _dates(post: Post, row: Row) -> None:
    for name in ("date", "date_gmt", "modified", "modified_gmt"):
        if name in row:
            setattr(post, name, day(row[name]))
    if post.status in _FLOATING:
        post.date_gmt = "" if post.date == "" else None
        post.modified_gmt = "" if post.modified == "" else None


def _texts(post: Post, row: Row, form: str) -> None:
    content = _form(row, "content", form)
    post.content = None if content is None else content.encode("utf-8", "surrogatepass")
    post.excerpt = _form(row, "excerpt", form)


def _attachment(post: Post, row: Row, form: str) -> None:
    description = _form(row, "description", "raw") if form == "raw" else ""
    post.content = (description or "").encode("utf-8", "surrogatepass")
    post.excerpt = _form(row, "caption", form)
    post.parent = int(row.get("post") or 0)
    post.attachment_url = _text(row, "source_url")


def _menu_item(post: Post, row: Row) -> None:
    post.title = menu_items.title(row)
    post.excerpt = str(row.get("attr_title", ""))
    description = str(row.get("description", ""))
    # An item without title and texts gets a blank, or wp_insert_post() would take it for empty.
    description = description if description or post.title or post.excerpt else " "
    post.content = description.encode("utf-8", "surrogatepass")
    post.parent = None  # an item's parent is a meta; post_parent is another thing


def _metas(row: Row, kind: Kind) -> list[Meta]:
    found = metas.rows(row.get("meta"), kind.schema.meta)
    if kind.name == ATTACHMENT:
        found += attachments.metas(row)
    elif kind.name == MENU_ITEM:
        return menu_items.metas(row) + found
    if template := row.get("template"):
        found.append(Meta("_wp_page_template", str(template)))
    if image := row.get("featured_media"):
        found.append(Meta("_thumbnail_id", str(image)))
    return found


def _terms(row: Row, kind: Kind, terms: Mapping[tuple[str, int], TermRef]) -> list[TermRef]:
    """Give a record's terms, the format among them, which is a term of its own taxonomy."""
    found: list[TermRef] = []
    for taxonomy in kind.taxonomies:
        ids = _ids(row.get(taxonomy.field))
        own = [terms[taxonomy.name, term] for term in ids if (taxonomy.name, term) in terms]
        # WordPress orders them by name; those of one name come in any order.
        found += sorted(own, key=lambda ref: ((ref.name or "").casefold(), ref.slug or ""))
    form = str(row.get("format") or _STANDARD)
    if form != _STANDARD:
        found.append(TermRef(FORMAT, form.title(), f"post-format-{form}"))
    return found


def _ids(value: Any) -> list[int]:
    """Give the ids in a field of terms: of menu items it is one number."""
    ids = [term for term in (value if isinstance(value, list) else [value]) if term]
    if not all(str(term).isdecimal() for term in ids):
        said = f"the site says that its terms are {quoted(value)}"
        raise RecordError("source-site-record", said, fix=_FIX)
    return [int(term) for term in ids]


def _text(row: Row, name: str) -> str | None:
    value = row.get(name)
    return None if value is None else str(value)


def _form(row: Row, name: str, form: str) -> str | None:
    value = row.get(name)
    text = value.get(form) if isinstance(value, dict) else None
    return None if text is None else str(text)
