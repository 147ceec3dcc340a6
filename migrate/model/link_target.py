"""LinkTarget: what the network says about a link that hides where it leads."""

from __future__ import annotations

from typing import NamedTuple


class LinkTarget(NamedTuple):
    """Where a link leads; `address` is empty where that couldn't be found out, for a `fault`."""

    address: str
    fault: str = ""
