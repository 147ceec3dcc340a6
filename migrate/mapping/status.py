"""Which of two statuses shows a post to fewer people."""

from __future__ import annotations

from typing import Final

# `future` becomes public by itself, the next three only by somebody's deed.
_PRIVACY: Final = {
    name: rank
    for rank, name in enumerate(("publish", "future", "pending", "draft", "private", "trash"))
}
_UNKNOWN: Final = _PRIVACY["private"]  # a plugin's own status may hide anything


def most_private(one: str, other: str) -> str:
    """Give the more private of two statuses, the first where they are equally so."""
    return max(one, other, key=lambda status: _PRIVACY.get(status, _UNKNOWN))
