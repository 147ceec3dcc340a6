"""Addresses of sites: which one is meant, and where a password may be sent."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from migrate.errors import UsageError

__all__ = [
    "PORTS",
    "Origin",
    "in_ascii",
    "is_loopback",
    "is_same_site",
    "lies_within",
    "origin",
    "origin_of",
    "site_address",
]

PORTS: Final = {"http": 80, "https": 443}
"""The ports of those schemes in which sites are asked."""

_KEPT: Final = "!#$%&'()*+,/:;=?@[]~"
_BEGIN: Final = re.compile(r"[^/?#]*//[^/?#]*")
_WINDING: Final = re.compile(r"[\x00-\x1f\x7f\\]|//|/\.\.?(?=/)")
"""What is in a path that leads elsewhere: up, or where some reader leaves signs out."""
_PLAIN: Final = re.compile(
    r"(?i:https?)://(?:[\w.\x80-\U0010ffff-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?"
)
"""Scheme, host and port, with nothing at which another part of a URL could begin or end."""


class Origin(NamedTuple):
    """Scheme, host and port: what has to be equal before a password goes along (RFC 6454)."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"


def origin(url: str) -> Origin:
    r"""Return the origin of an http or https URL: the host as it is connected to, IDNs in ASCII.

    What stands between `//` and the path may be a host and a port alone. Parsers differ over all
    else (`evil.example\@good.example`): one compares this host while another connects to that one.
    Raises ValueError for any other URL; its message never repeats what stands before an `@`.
    """
    return _origin(_begin(url))


def origin_of(text: str) -> Origin | None:
    """Return the origin of what may be an http or https URL, None for what is none."""
    try:
        return origin(text)
    except ValueError:
        return None


def _begin(url: str) -> str:
    """Return what comes before the path, all of it where there is no `//`."""
    found = _BEGIN.match(url)
    return found[0] if found else url


@lru_cache
def _origin(begin: str) -> Origin:
    try:
        parts = urlsplit(begin)
    except ValueError:
        raise ValueError("the host between [ and ] isn't an IPv6 address") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("the address has to begin with https:// (or http://) and a host")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port behind the host isn't a number up to 65535") from None
    if not _PLAIN.fullmatch(begin):
        raise ValueError("between // and the path there is more than a host and a port")
    return Origin(parts.scheme, _host(parts.hostname), port or PORTS[parts.scheme])


def _host(host: str) -> str:
    """Return a host as urllib3 connects to it; what is no name in its eyes is none in ours."""
    if host.isascii():
        return host
    from urllib3.exceptions import LocationParseError  # noqa: PLC0415 - start-up is kept short
    from urllib3.util import parse_url  # noqa: PLC0415 - as above

    try:
        return str(parse_url(f"https://{host}/").host)
    except LocationParseError:
        raise ValueError("the host is no name that a site can have") from None


def site_address(url: str) -> str:
    """Return the address of a site as it was given, with a `/` at its end and no query.

    Raises UsageError where it is no such address, or where it holds a password.
    """
    if "@" in _begin(url):
        raise UsageError(
            "--site: a password or user name doesn't belong into the address",
            fix="Take it out, and set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD",
        )
    try:
        origin(url)
        parts = urlsplit(url)
    except ValueError as error:
        raise UsageError(f"--site: {error}", fix="Write it as https://example.com") from None
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", ""))


def in_ascii(url: str) -> str:
    """Return an address, whoever wrote it, as it is asked for: its origin, and the rest escaped.

    Raises ValueError where it is no address on the web, or has more than a host and a port.
    """
    place = origin(url)
    rest = url[len(_begin(url)) :].encode("utf-8", "surrogateescape")
    return f"{place}{quote(rest, safe=_KEPT)}"


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
    default_ports = all(place.port == PORTS[place.scheme] for place in (here, there))
    same_name = here.host.removeprefix("www.") == there.host.removeprefix("www.")
    return upgraded and default_ports and same_name


def lies_within(own: str, url: str) -> bool:
    """Return whether an address is that of the site at `own`, its path included, or lies below it.

    Sites in folders of one host are several people's. A path that a server may read as another one
    lies nowhere.
    """
    known, path = _path(own), _path(url)
    is_plain = not _WINDING.search(known) and not _WINDING.search(path)
    return is_same_site(own, url) and is_plain and path.startswith(known)


def _path(url: str) -> str:
    """Return an address's path as a server reads it, with a `/` at its end."""
    path = url[len(_begin(url)) :].partition("?")[0].partition("#")[0]
    return f"{unquote(path).rstrip('/')}/"
