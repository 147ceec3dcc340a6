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


def headers(body: Body | None, agent: str | None, *, wants_json: bool) -> dict[str, str]:
    """Return what the head of a request says of its body, its sender and the answer.

    Where JSON is asked for by name, WordPress keeps PHP's warnings out of its answers
    (wp_debug_mode()), and words its own failures in JSON.
    """
    said = {} if agent is None else {"User-Agent": agent}
    if wants_json:
        said["Accept"] = "application/json, */*;q=0.5"
    return said | _of_body(body)


def _of_body(body: Body | None) -> dict[str, str]:
    match body:
        case None:
            return {}
        case PackedLines():
            return {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}
        case Form():
            return {"Content-Type": body.content_type}
    return {"Content-Type": "text/xml" if body.startswith(b"<") else "application/json"}
