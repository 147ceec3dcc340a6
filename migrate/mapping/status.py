"""Which of two statuses shows a post to fewer people."""

from __future__ import annotations

from typing import Final

from migrate.model import defaults
from migrate.model.post import Post

# `future` becomes public by itself, the next three only by somebody's deed.
_PRIVACY: Final = {
    name: rank
    for rank, name in enumerate(("publish", "future", "pending", "draft", "private", "trash"))
}
_UNKNOWN: Final = _PRIVACY["private"]  # a plugin's own status may hide anything


def most_private(one: str, other: str) -> str:
    """Give the more private of two statuses, the first where they are equally so."""
    return max(one, other, key=lambda status: _PRIVACY.get(status, _UNKNOWN))


def shown(post: Post) -> str:
    """Give the status that a file may show of a post: one with a password shows as private.

    What states none is what WordPress takes it for, a draft.
    """
    if post.password:
        return most_private(post.status or "", "private")
    return post.status or str(defaults.POST["status"])
