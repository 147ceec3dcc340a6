"""Where each record of a source was and where it will be, by all names that it goes by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from migrate.model.addresses import is_address
from migrate.model.post import Post
from migrate.model.site import Site

ALIASES: Final = frozenset({"redirect_from", "aliases"})
"""Metas that hold a post's earlier addresses."""

_ID_QUERIES: Final = {"page": "?page_id=", "attachment": "?attachment_id="}
"""Post type → the query that WordPress itself asks for its records with; `?p=` for the others."""


class AddressIndex:
    """Built in a first pass over the source; about 300 bytes a record and name that it goes by.

    `base` is the site's new address. Without one the addresses stay as the records state them;
    `relative` leaves out scheme and host, as a folder of posts wants it.
    """

    __slots__ = ("_base", "_below", "_hosts", "_new", "_relative", "_unseen")

    def __init__(self, site: Site, base: str = "", *, relative: bool = False) -> None:
        self._base = base.rstrip("/")
        self._relative = relative
        self._hosts: set[str] = set()
        self._new: dict[str, str] = {}
        self._unseen: set[str | int] = set()
        self._below: dict[str, int] = {}
        for url in (site.url, site.network_url, base):
            self._own(url or "")

    def add(self, post: Post) -> None:
        """Take one record; the first of those that go by one name keeps it.

        One without a permalink, or with one that is no address, goes by no name.
        """
        if not post.link or not is_address(post.link):
            return
        self._own(post.link)
        new = self._moved(post.link)
        for key in _names(post):
            if key not in self._new:
                self._new[key] = new
                self._see(key, post)

    def _see(self, name: str, post: Post) -> None:
        """Keep whether visitors ever saw a record; an attachment is what its parent is."""
        if post.type == "attachment" and post.status == "inherit":
            self._below[name] = post.parent or 0
        elif post.status != "publish":
            self._unseen |= {name, post.id or name}

    def is_own(self, host: str) -> bool:
        """Say whether a host is one under which the source's site is or was found."""
        return host.casefold() in self._hosts

    def new_address(self, path: str) -> str | None:
        """Give the address of the record that goes by this name, None where none does.

        A name is a path of SOURCE, a path of the site, `?p=ID`, or what Jekyll's post_url takes.
        """
        if found := self._new.get(_normal(path)):
            return found
        number = path.partition("=")[2]  # WordPress takes any of the queries for any type
        queries = (*_ID_QUERIES.values(), "?p=") if is_id_query(path) else ()
        return next((new for query in queries if (new := self._new.get(query + number))), None)

    def moved(self) -> Iterator[tuple[str, str]]:
        """Give (old path on the site, new address) for each name that visitors may still use.

        Nobody who reads the redirects learns of a draft or a private post by them.
        """
        for name, new in self._new.items():
            if name in self._unseen or self._below.get(name, 0) in self._unseen:
                continue
            if name.startswith(("/", "?")) and name != _normal(urlsplit(new).path):
                yield name, new

    def _own(self, url: str) -> None:
        if is_address(url) and (host := urlsplit(url).hostname):
            self._hosts.add(host.casefold())

    def _moved(self, link: str) -> str:
        parts = urlsplit(link)
        rest = urlunsplit(("", "", parts.path, parts.query, ""))
        if self._relative:
            return rest
        if self._base:
            return self._base + rest
        return link


def _names(post: Post) -> Iterator[str]:
    parts = urlsplit(post.link or "")
    yield _normal(parts.path + (f"?{parts.query}" if parts.query else ""))
    if post.id:
        yield _ID_QUERIES.get(post.type or "", "?p=") + str(post.id)
    if path := post.provenance.path:
        yield path
        yield PurePosixPath(path).stem
    for row in post.meta or ():
        if row.key in ALIASES and row.value.startswith("/") and row.value.isprintable():
            yield _normal(row.value)


def _normal(path: str) -> str:
    """Give a name in the one form in which it is kept: decoded, without slashes at its end."""
    before, _, query = path.partition("?")
    if is_id_query(f"?{query}"):
        return f"?{query}"
    decoded = unquote(before).removesuffix("index.html")
    return decoded.rstrip("/") or "/" if decoded.startswith("/") else decoded


def is_id_query(query: str) -> bool:
    """Say whether a query (`?p=7`) is one by which WordPress finds a post without a permalink."""
    name, _, number = query.partition("=")
    return number.isdecimal() and f"{name}=" in (*_ID_QUERIES.values(), "?p=")
