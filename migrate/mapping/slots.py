"""Where in a record a field lies: each slot reads one place of a Post and writes to it."""

from __future__ import annotations

from typing import Any, Final, Literal, NamedTuple, Protocol

from msgspec import Struct

from migrate.mapping.term_lists import Path
from migrate.mapping.transforms import Moment
from migrate.model.post import Author, Post, TermRef


class Slot(Protocol):
    """One place of a record."""

    def get(self, post: Post) -> Any:
        """Give what the place holds; None is unset."""

    def put(self, post: Post, value: Any) -> None:
        """Let the place hold a value, which is not None."""

    def holds(self, post: Post, value: Any) -> bool:
        """Tell whether the place still holds what was once decoded to `value`."""


class Attribute(Struct, frozen=True):
    """A field of the post itself."""

    name: str

    def get(self, post: Post) -> Any:
        """Give the field."""
        return getattr(post, self.name)

    def put(self, post: Post, value: Any) -> None:
        """Set the field."""
        setattr(post, self.name, value)

    def holds(self, post: Post, value: Any) -> bool:
        """Compare with the field."""
        return bool(getattr(post, self.name) == value)


_NOBODY: Final = Author()


class AuthorPart(Struct, frozen=True):
    """One part of the author, such as the display name."""

    part: str

    def get(self, post: Post) -> Any:
        """Give the part."""
        return getattr(post.author, self.part, None)

    def put(self, post: Post, value: Any) -> None:
        """Set the part and keep the others."""
        parts = list(post.author or _NOBODY)
        parts[Author._fields.index(self.part)] = value
        post.author = Author._make(parts)

    def holds(self, post: Post, value: Any) -> bool:
        """Compare with the part."""
        return bool(self.get(post) == value)


class DatePair(Struct, frozen=True):
    """`date` with `date_gmt`, or `modified` with `modified_gmt`."""

    name: str

    def get(self, post: Post) -> Moment | None:
        """Give both; None where neither is stated."""
        moment = Moment(getattr(post, self.name), getattr(post, f"{self.name}_gmt"))
        return None if moment == (None, None) else moment

    def put(self, post: Post, value: Moment) -> None:
        """Set the one that was stated."""
        if value.wall is not None:
            setattr(post, self.name, value.wall)
        if value.gmt is not None:
            setattr(post, f"{self.name}_gmt", value.gmt)

    def holds(self, post: Post, value: Moment | None) -> bool:
        """Compare the stated one only: the other may have been worked out since."""
        if value is None:
            return self.get(post) is None
        if value.gmt is not None:
            return bool(getattr(post, f"{self.name}_gmt") == value.gmt)
        return bool(getattr(post, self.name) == value.wall)


class TermsOf(Struct, frozen=True):
    """The terms of one taxonomy, as paths."""

    taxonomy: str

    def get(self, post: Post) -> list[Path] | None:
        """Give the paths; an empty list where only other taxonomies have terms."""
        if post.terms is None:
            return None
        return [
            (*term.ancestors, term.name or "")
            for term in post.terms
            if term.taxonomy == self.taxonomy
        ]

    def put(self, post: Post, value: list[Path]) -> None:
        """Add the terms behind those that the post has in this taxonomy.

        They stay together as one key writes them, whichever other keys stand between.
        """
        terms = [TermRef(self.taxonomy, path[-1], None, path[:-1]) for path in value]
        had = post.terms or []
        ours = [at for at, term in enumerate(had, 1) if term.taxonomy == self.taxonomy]
        end = ours[-1] if ours else len(had)
        post.terms = [*had[:end], *terms, *had[end:]]

    def holds(self, post: Post, value: list[Path]) -> bool:
        """Compare with the paths."""
        return self.get(post) == value


Kind = Literal["text", "integer", "date", "terms", "author"]


class Field(NamedTuple):
    """What may be written in a mapping as `field:`, and what it holds."""

    slot: Slot
    kind: Kind


_AUTHOR_PARTS: Final = ("login", "display_name", "email", "first_name", "last_name")
_TEXTS: Final = (
    "type",
    "status",
    "title",
    "excerpt",
    "slug",
    "password",
    "guid",
    "link",
    "comment_status",
    "ping_status",
    "attachment_url",
)
_FIXED: Final[dict[str, Field]] = {
    **{name: Field(Attribute(name), "text") for name in _TEXTS},
    **{name: Field(Attribute(name), "integer") for name in ("id", "parent", "menu_order")},
    "author": Field(Attribute("author"), "author"),
    **{f"author.{part}": Field(AuthorPart(part), "text") for part in _AUTHOR_PARTS},
    **{name: Field(DatePair(name), "date") for name in ("date", "modified")},
}

NAMES: Final = (*_FIXED, "terms.TAXONOMY")
"""Every field that a mapping may name, for messages."""


def field(name: str) -> Field | None:
    """Give the field of that name; None where a record has none."""
    group, _, taxonomy = name.partition(".")
    if group == "terms" and taxonomy:
        return Field(TermsOf(taxonomy), "terms")
    return _FIXED.get(name)
