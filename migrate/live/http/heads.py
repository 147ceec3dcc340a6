"""Heads: an answer's first lines have a time in all, as its body has.

http.client reads up to a hundred lines of 64 KB each, and as many interim answers as come; a
timeout between two bytes ends none of that where a byte comes now and then.
"""

from __future__ import annotations

import http.client
import io
from time import monotonic
from typing import Any, Final

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from migrate.live.http import limits

__all__ = ["POOLS", "TimedConnection", "TimedTLSConnection"]


class _InTime(io.RawIOBase):
    """What comes over a connection; TimeoutError once the time is over."""

    def __init__(self, raw: io.RawIOBase, end: float) -> None:
        self._raw = raw
        self.end: float | None = end

    def readable(self) -> bool:
        return True

    def readinto(self, place: Any) -> int | None:
        if self.end is not None and monotonic() > self.end:
            raise TimeoutError("the head of the answer takes too long")
        return self._raw.readinto(place)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """An answer whose head is read within its time; the body's is its reader's to watch over."""

    def begin(self) -> None:
        stream: Any = self.fp
        read = _InTime(stream.detach(), monotonic() + limits.LONGEST_HEAD)
        self.fp = io.BufferedReader(read)
        super().begin()
        read.end = None


class TimedConnection(HTTPConnection):
    """A connection whose answers have heads in time."""

    response_class = _Response


class TimedTLSConnection(HTTPSConnection):
    """The same over TLS."""

    response_class = _Response


class _Pool(HTTPConnectionPool):
    ConnectionCls = TimedConnection


class _TLSPool(HTTPSConnectionPool):
    ConnectionCls = TimedTLSConnection


POOLS: Final = {"http": _Pool, "https": _TLSPool}
"""For urllib3's `PoolManager.pool_classes_by_scheme`."""
