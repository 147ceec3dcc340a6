"""Rule: what every rewrite rule is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Final, Self

from migrate.model.finding import Note
from migrate.model.link_target import LinkTarget
from migrate.model.post import ContentFormat, Post
from migrate.model.site import Head
from migrate.rewrite.draft import Draft

ANY_BODY: Final[frozenset[ContentFormat]] = frozenset({"html", "markdown", "rst"})
HTML_BODY: Final[frozenset[ContentFormat]] = frozenset({"html"})


class Rule(ABC):
    """One kind of thing that a post may hold, and what becomes of it.

    A subclass takes its options as keyword arguments with defaults, can be pickled, and keeps
    nothing from one post to the next. It changes only the bytes that it is about, and running it
    on its own outcome changes nothing more.
    """

    looks_for: ClassVar[str]
    """What it finds, as one phrase for the documentation."""

    does: ClassVar[str]
    """What becomes of that."""

    way_back: ClassVar[str] = ""
    """How to undo it; empty where it can't be undone."""

    bodies: ClassVar[frozenset[ContentFormat]] = HTML_BODY
    """The formats of body that it understands; posts with another one are passed over."""

    mends: ClassVar[bool] = True
    """Whether it mends what is broken, so that `check` names it; others convert."""

    needs_addresses: ClassVar[bool] = False
    """Whether it asks `Draft.addresses`, which takes a first pass over the source."""

    follows_links: ClassVar[bool] = False
    """Whether it makes use of `hidden_in` and `knowing`."""

    @staticmethod
    def is_too_much(body: bytes, /) -> bool:
        """Say whether a body holds so much markup that the rule would take too long over it.

        Such a body stays as it is, and is named.
        """
        del body
        return False

    @abstractmethod
    def rewrite(self, draft: Draft) -> None:
        """Make the changes, each through `draft`."""

    def rewrite_head(self, head: Head, note: Note) -> Head:
        """Give the site's authors and terms as the rule wants them; as they are, unless it says."""
        del note
        return head

    def hidden_in(self, post: Post) -> set[str]:
        """Give the links of a post that only the network can tell the target of."""
        del post
        return set()

    def knowing(self, targets: Mapping[str, LinkTarget]) -> Self:
        """Give the same rule with what the network says about those links."""
        del targets
        return self
