"""Where an address of a feed's proxy, or of a redirector, really leads, told without asking."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from migrate.rewrite.redirectors import FEEDSPORTAL, PUBLISHERS, REDIRECTORS, Redirector
from migrate.rewrite.trackers import is_tracker

HIDDEN: Final = ""
"""What stands for a target that only the proxy knows, or knew."""

_ADDRESS: Final = re.compile(
    r"""https?://(?:[a-z0-9_-]++\.)++[a-z0-9-]++\.?(?::[0-9]{1,5})?(?:[/?#][^\x00-\x20"'<>`\x7f-\x9f]*+)?""",
    re.ASCII | re.IGNORECASE,
)
_ESCAPED: Final = re.compile(r"https?%3a", re.ASCII | re.IGNORECASE)
_BEGUN: Final = re.compile(r"https?(?:://|%3a)", re.ASCII | re.IGNORECASE)
_KEPT: Final = "!#$%&()*+,/:;=?@[]~"
_FEEDBURNER: Final = re.compile(r"/~r/(?:[^/]++/){1,9}?~[35]/[^/]++(?:/(.*))?+", re.ASCII)
_MEDIAFED: Final = re.compile(
    r"/c/[0-9]+/f/[0-9]+/s/[0-9a-fA-F]+/(?:sc/[0-9]+/)?l/(0[LM][^/]++)/story01\.html?", re.ASCII
)
_ZERO: Final = re.compile("0(.?)")
_YAHOO: Final = re.compile(r"[^*]*+(?<=/)\*(https?(?::|%3a)//?.+)", re.ASCII | re.IGNORECASE)


def step(address: str) -> str | None:
    """Give where a proxy's address leads; None for any other address, HIDDEN where nobody can tell.

    One step: the outcome may be a proxy's address in its turn.
    """
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if found := _FEEDBURNER.fullmatch(parts.path):
        return _story(host + parts.path, (found[1] or "").rstrip("/"))
    if found := _MEDIAFED.fullmatch(parts.path):
        return _real(_unescaped(found[1]))
    if host.endswith("feedsportal.com") and parts.path.endswith("/story01.htm"):
        return HIDDEN
    if host.endswith(".rd.yahoo.com") and (found := _YAHOO.fullmatch(address)):
        return _real(_decoded(found[1]))
    for row in REDIRECTORS:
        if parts.path.rstrip("/") == row.path.rstrip("/") and row.hosts.fullmatch(host):
            return _parameter(parts, row)
    return None


def _story(feed: str, rest: str) -> str:
    for publisher in PUBLISHERS:
        if publisher.feed.match(feed) and (story := publisher.story.fullmatch(rest)):
            return publisher.address.format(story[1])
    return HIDDEN


def _unescaped(escaped: str) -> str:
    """Undo Mediafed's escapes; what holds an unknown one gives no address."""
    return _ZERO.sub(lambda found: FEEDSPORTAL.get(found[1], "\0"), escaped)


def _parameter(parts: SplitResult, row: Redirector) -> str | None:
    """Give the address in a redirector's query; None where there is none.

    Where it stands there unescaped with a query of its own, nobody can tell whose the parameters
    behind it are, unless they are known to be the redirector's.
    """
    pairs = [pair.partition("=") for pair in parts.query.split("&")]
    for at, (name, _, value) in enumerate(pairs):
        if name not in row.parameters or not _BEGUN.match(value):
            continue
        if "?" in value and not all(_is_own(row, behind) for behind, _, _ in pairs[at + 1 :]):
            return HIDDEN
        real = _real(_decoded(value))
        return f"{real}#{parts.fragment}" if real and parts.fragment and "#" not in real else real
    return None


def _is_own(row: Redirector, name: str) -> bool:
    return name in row.own or is_tracker(name)


def _decoded(value: str) -> str:
    if not _ESCAPED.match(value):
        return value
    return quote(unquote_to_bytes(value.encode("utf-8", "surrogatepass")), safe=_KEPT)


def _real(address: str) -> str:
    return address if _ADDRESS.fullmatch(address) else HIDDEN
