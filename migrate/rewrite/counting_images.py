"""Images that only count who reads a feed, or stood in one as a button: a table, with its reasons.

An entry says for whom an image counts, and how its address is known. Hosts include those below
them; a path is a regular expression for the beginning of what follows the host.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Counter(NamedTuple):
    """A service whose images count readers; no host stands for all of them."""

    service: str
    host: str
    path: str = "/"


COUNTERS: Final = (
    # FeedBurner: feeds run under the publishers' own names too, so its paths tell it, not the host
    Counter("FeedBurner's count of views", "", r"/~r/[^?#]*/~4/"),
    Counter("FeedBurner's buttons under an item", "", r"/~ff/"),
    # feedsportal (Mediafed), gone since 2016: mf.gif counts, rc.img and a2.img are advertisements,
    # social/ holds its buttons
    Counter("feedsportal", "feedsportal.com"),
    Counter("Pheedo, advertisements in feeds", "pheedo.com"),
    Counter("FeedBlitz", "feedblitz.com", r"/(?:t\d?|~)/"),
    # WordPress.com: the same b.gif under both names; buttons under each item of its feeds
    Counter("WordPress.com Stats", "pixel.wp.com", r"/[bg]\.gif"),
    Counter("WordPress.com Stats", "stats.wordpress.com", r"/[bg]\.gif"),
    Counter("WordPress.com's buttons in feeds", "feeds.wordpress.com", r"/1\.0/"),
    Counter("Blogger's count of views", "blogger.googleusercontent.com", r"/tracker/"),
    # advertisers and audience research
    Counter("DoubleClick", "doubleclick.net"),
    Counter("Google Analytics", "google-analytics.com", r"/(?:__utm\.gif|(?:[jgr]/)?collect)"),
    Counter("Quantcast", "quantserve.com"),
    Counter("comScore", "scorecardresearch.com"),
    Counter("Nielsen", "imrworldwide.com"),
    Counter("Adobe Analytics", "2o7.net"),
    Counter("Adobe Analytics", "omtrdc.net"),
    Counter("Facebook", "facebook.com", r"/tr(?:/?\?|/?$)"),
    Counter("Medium", "medium.com", r"/_/stat"),
    Counter("The Conversation's republishing", "counter.theconversation.com"),
    Counter("The Conversation's republishing", "counter.theconversation.edu.au"),
)

PAID: Final = ("vgwort.de",)
"""Hosts whose images count for the author's own pay (VG Wort in Germany); they are left."""

_ADDRESS: Final = re.compile(
    r"(?:https?:)?//(?:[^/?#]*@)?([^/?#:]+)[^/?#]*(.*)", re.IGNORECASE | re.DOTALL
)
_PATHS: Final = {counter: re.compile(counter.path) for counter in COUNTERS}


def counter_of(address: str) -> str | None:
    """Give the service for which the image at an address counts; None where none is known."""
    parts = _ADDRESS.match(address)
    if parts is None:
        return None
    host, path = parts[1].lower(), parts[2] or "/"
    for counter in COUNTERS:
        if _is_below(host, counter.host) and _PATHS[counter].match(path):
            return counter.service
    return None


def is_paid(address: str) -> bool:
    """Say whether an image counts for what its author is paid."""
    parts = _ADDRESS.match(address)
    return parts is not None and any(_is_below(parts[1].lower(), host) for host in PAID)


def is_elsewhere(address: str) -> bool:
    """Say whether an address names a host, so that asking for it tells somebody."""
    return _ADDRESS.match(address) is not None


def _is_below(host: str, suffix: str) -> bool:
    return not suffix or host == suffix or host.endswith(f".{suffix}")
