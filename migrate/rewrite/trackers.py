"""Parameters of an address that only tell where a reader came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

TRACKERS: Final = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
    "ttclid", "igshid", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "oly_anon_id",
    "oly_enc_id", "vero_id", "wickedid", "s_cid",
})  # fmt: skip
"""By name; all that begin with `utm_` belong to them too."""

_AMPERSAND: Final = re.compile("(&(?:amp;|#0*38;|#[xX]0*26;)?)")
_FRAGMENT: Final = re.compile("(?<!&)#")


def without_trackers(address: str, others: Iterable[str] = ()) -> str:
    """Give an address without those parameters; all else in it stays as it is written.

    `&amp;` and `&#038;` count as `&`. `others` are more names to take off.
    """
    before, mark, behind = address.partition("?")
    fragment = _FRAGMENT.search(behind)
    end = fragment.start() if fragment else len(behind)
    parts = ["", *_AMPERSAND.split(behind[:end])]
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    kept = [pair for pair in pairs if not is_tracker(pair[1].partition("=")[0], others)]
    if len(kept) == len(pairs):
        return address
    query = "".join(part for pair in kept for part in pair)[len(kept[0][0]) :] if kept else ""
    return f"{before}{mark if query else ''}{query}{behind[end:]}"


def is_tracker(name: str, others: Iterable[str] = ()) -> bool:
    """Say whether a parameter only tells where a reader came from."""
    small = name.lower()
    return small.startswith("utm_") or small in TRACKERS or name in others
