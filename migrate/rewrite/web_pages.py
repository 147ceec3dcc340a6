"""Addresses of web pages, compared as people mean them."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_AMPERSAND: Final = re.compile("&(?:amp|#0*38|#[xX]0*26);")


def plain(address: str) -> str:
    """Give an address with `&` in the place of its references, as importers store it."""
    return _AMPERSAND.sub("&", address) if "&" in address else address


def host(address: str) -> str:
    """Give the host of a web address, without `www.`; empty for any other text."""
    try:
        parts = urlsplit(address)
        found = parts.hostname or ""
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and not any(map(str.isspace, address))
    return found.rstrip(".").removeprefix("www.") if is_web else ""


def page(address: str) -> str:
    """Give what two addresses of one page share: no scheme, `www.`, last slash or fragment."""
    name = host(address)
    if not name:
        return ""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{name}{parts.path.rstrip('/')}{query}"


def is_home(address: str) -> bool:
    """Say whether an address is that of a whole site."""
    return page(address) == host(address)
