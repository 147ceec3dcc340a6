"""An item's rows: the terms that a post carries, its metas, and its comments with theirs."""

from __future__ import annotations

from typing import NamedTuple

from migrate.model.post import Comment, Meta, TermRef
from migrate.readers.wxr.decoder import Child, Decoder
from migrate.syntax.php_serialized import has_wrong_length
from migrate.syntax.wxr_elements import COMMENT, META, OLD_TAXONOMIES


class _Category(NamedTuple):
    """An item's `<category>`; `slug` and `domain` are its attributes, `domain` already mapped."""

    domain: str | None
    slug: str | None
    name: str
    start: int


class Rows:
    """Collects the rows of one item; `places` learns where each starts, `old` means WXR 1.0."""

    def __init__(self, decoder: Decoder, places: dict[str, int], *, old: bool) -> None:
        """Begin without rows."""
        self.meta: list[Meta] = []
        self.comments: list[Comment] = []
        self._categories: list[_Category] = []
        self._decoder = decoder
        self._places = places
        self._old = old

    def take(self, child: Child) -> bool:
        """Take an element that is a row; false for any other."""
        match child.name:
            case "category":
                self._take_category(child)
            case "wp:postmeta":
                self._take_meta(child, self.meta, "meta")
            case "wp:comment":
                self._take_comment(child)
            case _:
                return False
        return True

    def terms(self) -> list[TermRef]:
        """Give the terms; WXR 1.0 writes each a second time, without its slug."""
        named = {(c.domain, c.name) for c in self._categories if c.slug is not None}
        names = {name for _, name in named}
        kept = [
            c
            for c in self._categories
            if c.slug is not None
            or not (c.name in names if c.domain is None else (c.domain, c.name) in named)
        ]
        self._places |= {f"terms.{at}": category.start for at, category in enumerate(kept)}
        return [TermRef(c.domain or "category", c.name, c.slug) for c in kept]

    def _take_category(self, child: Child) -> None:
        field = f"terms.{len(self._categories)}"
        domain = self._decoder.attribute(child, b"domain", field)
        if self._old and domain:
            domain = OLD_TAXONOMIES.get(domain, domain)
        slug = self._decoder.attribute(child, b"nicename", field)
        name = self._decoder.text(child, field).decode("utf-8")
        self._categories.append(_Category(domain, slug, name, child.element.tag.start))
        self._places.setdefault("terms", child.element.tag.start)

    def _take_meta(self, child: Child, rows: list[Meta], field: str) -> None:
        prefix = f"{field}.{len(rows)}"
        self._places.setdefault(field, child.element.tag.start)
        self._places[prefix] = child.element.tag.start
        values, others = self._decoder.row(child, META, f"{prefix}.")
        row = Meta(values.get("key", ""), values.get("value", ""))
        rows.append(row)
        for other in others:
            self._decoder.note_unknown(other, child.name)
        if has_wrong_length(row.value.encode("utf-8")):
            self._decoder.notes.say(
                "source-serialized-length",
                f"the value of {row.key} states lengths that its strings don't have; it was kept "
                "as it is, but PHP reads nothing from it",
                child.element.tag.start,
                field=f"{prefix}.value",
                fix="Mend the value on the site that it comes from, or there where it goes",
            )

    def _take_comment(self, child: Child) -> None:
        prefix = f"comments.{len(self.comments)}"
        self._places.setdefault("comments", child.element.tag.start)
        self._places[prefix] = child.element.tag.start
        values, others = self._decoder.row(child, COMMENT, f"{prefix}.")
        rows: list[Meta] = []
        for other in others:
            if other.name == "wp:commentmeta":
                self._take_meta(other, rows, f"{prefix}.meta")
            else:
                self._decoder.note_unknown(other, child.name)
        self.comments.append(Comment(**values, meta=rows))
