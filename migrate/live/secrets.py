"""Secrets: the passwords in use, which what a site says is shown without.

Some plugins quote in their errors what they were asked. A site's contents stay as they are,
whatever they hold: only words of a site that become words of ours pass through here.
"""

from __future__ import annotations

from typing import Final

__all__ = ["keep", "without"]

_SHORTEST: Final = 8  # application passwords have 24 letters; a few letters stand in any word
_KNOWN: Final[set[str]] = set()


def keep(*spellings: str) -> None:
    """Show no spelling of a password from now on, in this process."""
    _KNOWN.update(each for each in spellings if len(each) >= _SHORTEST)


def without(text: str) -> str:
    """Give a text with a note in the place of each password."""
    for secret in sorted(_KNOWN):
        text = text.replace(secret, "(hidden)")
    return text
