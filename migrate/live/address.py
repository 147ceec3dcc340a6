"""Addresses of sites: which one is meant, and where a password may be sent."""

from __future__ import annotations

import ipaddress
from typing import Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from migrate.errors import UsageError

__all__ = ["Origin", "is_loopback", "is_same_site", "origin", "site_address"]

_PORTS: Final = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, host and port: what has to be equal before a password goes along (RFC 6454)."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def origin(url: str) -> Origin:
    """Return the origin of an http or https URL.

    Raises ValueError for any other URL; its message never repeats what stands before an `@`.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError("the host between [ and ] isn't an IPv6 address") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("the address has to begin with https:// (or http://) and a host")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port behind the host isn't a number up to 65535") from None
    return Origin(parts.scheme, parts.hostname, port or _PORTS[parts.scheme])


def site_address(url: str) -> str:
    """Return the address of a site as it was given, with a `/` at its end and no query.

    Raises UsageError where it is no such address, or where it holds a password.
    """
    try:
        origin(url)
        parts = urlsplit(url)
    except ValueError as error:
        raise UsageError(f"--site: {error}", fix="Write it as https://example.com") from None
    if "@" in parts.netloc:
        raise UsageError(
            "--site: a password or user name doesn't belong into the address",
            fix="Take it out, and set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD",
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", ""))


def is_loopback(host: str) -> bool:
    """Return whether the host is this machine, which plain http doesn't leave."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_same_site(known: str, offered: str) -> bool:
    """Return whether a site at `known` may send us to `offered`: https or `www.` came or went.

    Never from https down to http, and to no other port than the scheme's own.
    """
    try:
        here, there = origin(known), origin(offered)
    except ValueError:
        return False
    if here == there:
        return True
    upgraded = there.scheme in (here.scheme, "https")
    default_ports = all(place.port == _PORTS[place.scheme] for place in (here, there))
    same_name = here.host.removeprefix("www.") == there.host.removeprefix("www.")
    return upgraded and default_ports and same_name
