"""Portion: how much goes in one request.

WordPress takes a while to start, whatever it is asked then, so requests grow as long as the site
answers them quickly. Hostings end what takes half a minute, and many take no body over a megabyte.
"""

from __future__ import annotations

from typing import Final

__all__ = ["Portion"]

_FIRST: Final = 100  # records
_MOST: Final = 800
_LEAST: Final = 25
_QUICK: Final = 2.0  # seconds, and less
_SLOW: Final = 8.0
_LARGEST_TEXT: Final = 8_000_000  # bytes: what the site's PHP may be sent by default
_LARGEST_BODY: Final = 900_000


class Portion:
    """Says how many `records` the next request may have, and with how many bytes of `text`."""

    def __init__(self) -> None:
        self.records = _FIRST
        self.text = 2_000_000

    def answered(self, records: int, text: int, body: int, seconds: float) -> None:
        """Learn from a good answer: what was sent, packed to `body` bytes, and how long it took."""
        if seconds < _QUICK and 2 * records > self.records:
            self.records = min(self.records * 2, _MOST)
        elif seconds > _SLOW:
            self.records = max(self.records // 2, _LEAST)
        self.text = min(_LARGEST_BODY * text // max(body, 1), _LARGEST_TEXT)

    def lost(self) -> None:
        """Learn that no good answer came: it may have been too much."""
        self.records = max(self.records // 2, _LEAST)
