"""Bodies: what a request carries besides its address, and an answer that comes in pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from migrate.live.form import Form

__all__ = ["Body", "PackedLines", "Streamed", "headers"]


class PackedLines(NamedTuple):
    """Objects of JSON, one a line, all of them gzipped: what the companion alone takes."""

    data: bytes


Body = bytes | Form | PackedLines
"""REST's JSON or XML-RPC's XML; a form with a file; lines."""


class Streamed(NamedTuple):
    """An answer whose body hasn't been read yet."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]


def headers(body: Body | None) -> dict[str, str]:
    """Return what the head of a request says of its body."""
    match body:
        case None:
            return {}
        case PackedLines():
            return {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}
        case Form():
            return {"Content-Type": body.content_type}
    return {"Content-Type": "text/xml" if body.startswith(b"<") else "application/json"}
