"""Where links lead that go through a proxy: asked of the network, politely.

A few hosts at a time, one question at a time to each; HEAD, and GET where a server doesn't know
that. Redirects are followed one by one, to public hosts only. What was found out is kept on disk
and never asked again; what failed is asked again the next time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Final
from urllib.parse import urljoin, urlsplit

from migrate import output
from migrate.errors import OutputError, SiteError
from migrate.live.address import in_ascii
from migrate.live.http.client import Client
from migrate.model.link_target import LinkTarget

__all__ = ["resolve"]

_FIX: Final = "What was found out is used, and will be asked again the next time"
_HOSTS_AT_ONCE: Final = 4
_REDIRECTS: Final = 10
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_NO_HEAD: Final = frozenset({400, 403, 404, 405, 406, 410, 500, 501})


def resolve(
    addresses: Iterable[str],
    cache: Path,
    unkept: Callable[[OutputError], None],
    *,
    allow_private: bool = False,
) -> dict[str, LinkTarget]:
    """Give the target of each address, or why there is none.

    `cache` is a file, made where it is missing; `unkept` is told where it can't be written.
    """
    known = _read(cache)
    asked = sorted(set(addresses))
    by_host: dict[str, list[str]] = {}
    for address in asked:
        if address not in known:
            by_host.setdefault(urlsplit(address).netloc, []).append(address)
    found: dict[str, LinkTarget] = {}
    stopped = Event()

    def ask_host(host: str) -> None:
        with Client(public_only=not allow_private) as client:
            for address in by_host[host]:
                if stopped.is_set():
                    return
                found[address] = _follow(client, address)

    pool = ThreadPoolExecutor(_HOSTS_AT_ONCE)
    try:
        list(pool.map(ask_host, by_host))
    finally:
        stopped.set()  # where an interrupt ends it, what was found out until then is kept
        pool.shutdown()
        kept = {address: target.address for address, target in found.items() if target.address}
        try:
            if kept:
                _write(cache, known | kept)
        except OutputError as error:
            error.fix = _FIX
            unkept(error)
    at_hand = {address: LinkTarget(known[address]) for address in asked if address in known}
    return at_hand | found


def _follow(client: Client, address: str) -> LinkTarget:
    """Follow the redirects of one address to the page that answers for itself."""
    here = address
    for _ in range(_REDIRECTS):
        try:
            status, location = _ask(client, here)
        except SiteError as error:
            return LinkTarget("", error.message)
        if status in _MOVED and location:
            here = _next(here, location)
            if not here:
                return LinkTarget("", "it leads to no web page")
        elif status in _GONE:
            return LinkTarget("", f"nothing is there (HTTP {status})")
        elif here == address:
            return LinkTarget("", f"it leads no further (HTTP {status})")
        else:
            return LinkTarget(here)
    return LinkTarget("", f"it is redirected more than {_REDIRECTS} times")


def _ask(client: Client, address: str) -> tuple[int, str]:
    status, location = client.peek("HEAD", address)
    return client.peek("GET", address) if status in _NO_HEAD else (status, location)


def _next(here: str, location: str) -> str:
    """Give where a redirect leads, in ASCII; empty where that is no page for everybody."""
    try:
        told = location.encode("latin-1", "replace").decode("utf-8", "surrogateescape")
        return in_ascii(urljoin(here, told))
    except ValueError:
        return ""


def _read(cache: Path) -> dict[str, str]:
    """Give what the cache holds; one that can't be read is begun anew."""
    try:
        held = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return {}
    pairs = held.items() if isinstance(held, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str)}


def _write(cache: Path, known: dict[str, str]) -> None:
    with output.replacing(cache, make_folder=True) as replacement:
        text = json.dumps(known, sort_keys=True, indent=0, ensure_ascii=False)
        replacement.stream.write(text.encode("utf-8", "replace"))
