"""Onward: whether a listing goes on from page to page, or would be read without end.

How many pages there are is what the site says. A plugin that passes over `page` and `offset`, or
somebody who means ill, gives the same rows for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from migrate.errors import SiteError

__all__ = ["Onward"]

_EMPTY: Final = 100
"""Pages without a row, one after the other: rows that we may not read are left out of a page."""


class Onward:
    """Sees the pages of one listing; of each it keeps a number."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._seen: set[int] = set()
        self._empty = 0

    def see(self, rows: Sequence[dict[str, Any]]) -> None:
        """Take the next page. Raises SiteError where it came before, or none has rows any more."""
        self._empty = 0 if rows else self._empty + 1
        page = hash(str([row.get("id") for row in rows])) if rows else None
        if page in self._seen or self._empty > _EMPTY:
            raise SiteError(
                "the listing doesn't go on: page after page nothing new comes",
                path=self._url,
                fix="Look for a plugin that changes the listings of the REST API, or a cache that "
                "gives one answer to all questions",
            )
        if page is not None:
            self._seen.add(page)
