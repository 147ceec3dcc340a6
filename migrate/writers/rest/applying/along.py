"""What goes along with an update, so that WordPress changes nothing else of its own accord."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Final

from migrate.live.api import Row
from migrate.plan.compare import site_value
from migrate.plan.stored import TRASHED, gmt

__all__ = ["sent_along"]

_UNDATED: Final = frozenset({"draft", "pending"})


def sent_along(stated: Mapping[str, Any], before: Row, zone: tzinfo) -> dict[str, Any]:
    """Return fields of a record that an update of its post has to repeat, though they don't differ.

    A draft whose date nobody set is given the time of each update (wp_update_post), unless the
    moment is sent: a `date` that is equal to the post's is passed over. And a draft without slug
    keeps the trash's mark as one when it comes back out.
    """
    along: dict[str, Any] = {}
    date = stated.get("date")
    if date and before.get("status") in _UNDATED and date == site_value(before, "date"):
        along["date_gmt"] = gmt(date, zone)
    if before.get("slug") == TRASHED and not stated.get("slug"):
        along["slug"] = ""
    return along
