"""TermShelf: the terms of one taxonomy of the site, by all that a source may know of one."""

from __future__ import annotations

import html

from msgspec import Struct, field

from migrate.live.api import Row
from migrate.model.strip_tags import strip_tags
from migrate.plan import stored

__all__ = ["TermShelf", "clean", "folded"]


class TermShelf(Struct):
    """Ids by (parent, name), by slug, and by name alone; and what the site says of each."""

    by_place: dict[tuple[int, str], int] = field(default_factory=dict)
    by_slug: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Take a term in."""
        term, name = int(row["id"]), folded(str(row.get("name", "")))
        self.by_place[int(row.get("parent") or 0), name] = term
        self.by_slug[stored.slug_of_row(str(row.get("slug", "")))] = term
        self.by_name.setdefault(name, []).append(term)
        self.rows[term] = row


def clean(name: str) -> str:
    """Return a term's name as a reader sees it: WordPress stores `&amp;` and takes tags away."""
    return " ".join(strip_tags(html.unescape(name)).split())


def folded(name: str) -> str:
    """Return what two names have in common that wp_insert_term() takes for one."""
    return clean(name).casefold()
