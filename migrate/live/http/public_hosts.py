"""Connections that go to public hosts only, whatever a name resolves to.

The address is looked at once the connection stands and before a byte is sent, so a name that
resolves differently the second time gains nothing. A proxy that the user set up is connected to as
he says; what lies behind it is the proxy's to refuse.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Final

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from migrate.live.http.heads import TimedConnection, TimedTLSConnection

__all__ = ["PUBLIC_POOLS", "PrivateHostError", "is_public"]


class PrivateHostError(HTTPError):
    """A host is in a private network, or is this machine."""


_EVERYBODYS: Final = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out for the Internet (RFC 4291, IANA)."""
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 as hosts see it that have IPv6 alone (RFC 6052)."""
_OF_PROTOCOLS: Final = ipaddress.ip_network("192.0.0.0/24")
"""What IANA keeps for protocols; older releases of Python take parts of it for everybody's."""


def is_public(address: str) -> bool:
    """Say whether an IP address is for everybody; an IPv4 address in one of IPv6 is looked at."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        within = ip.ipv4_mapped or ip.sixtofour
        if ip in _TRANSLATED:
            within = ipaddress.IPv4Address(ip.packed[-4:])
        if within is None:
            return ip in _EVERYBODYS and ip.is_global
        ip = within
    return ip.is_global and not ip.is_multicast and ip not in _OF_PROTOCOLS


def _refuse_private(connected: socket.socket) -> socket.socket:
    if not is_public(connected.getpeername()[0]):
        connected.close()
        raise PrivateHostError("the host is in a private network")
    return connected


class _PublicConnection(TimedConnection):
    def _new_conn(self) -> socket.socket:
        return _refuse_private(super()._new_conn())


class _PublicTLSConnection(TimedTLSConnection):
    def _new_conn(self) -> socket.socket:
        return _refuse_private(super()._new_conn())


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTLSPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTLSConnection


PUBLIC_POOLS: Final = {"http": _PublicPool, "https": _PublicTLSPool}
"""For urllib3's `PoolManager.pool_classes_by_scheme`."""
