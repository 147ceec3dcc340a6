"""`internal-links`: links between the posts of a source, led to where those will be."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from migrate.model.addresses import Addresses, is_address
from migrate.rewrite.address_index import is_id_query
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import Rule
from migrate.syntax.links import Link, links

FILES: Final = (".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst")
"""Endings of files that hold posts."""

_NO_POST: Final = re.compile(
    r"/(?:wp-(?:content|admin|includes|json)|category|tag|author|feed|comments|page|search)(?:/|$)"
    r"|/wp-login\.php|/xmlrpc\.php|/\d{4}(?:/\d\d){0,2}/?$"
    r"|\.(?!html?$|md$|markdown$|php$)\w{2,5}$"
)
"""Paths of a site that are no post's: archives, WordPress's own, files."""


class InternalLinks(Rule):
    """Gives links to posts of the source their new address, and names those that lead nowhere."""

    looks_for = "links to other posts of the source: by path, by file, by `?p=ID`, by an old domain"
    does = "writes the post's new address; names links to the own site that no post has"
    bodies = frozenset({"html", "markdown"})
    mends = False
    needs_addresses = True

    def __init__(self, *, hosts: Sequence[str] = ()) -> None:
        """Take `hosts`, under which the site was found earlier."""
        self._hosts = frozenset(host.casefold() for host in hosts)

    def rewrite(self, draft: Draft) -> None:
        """Rewrite the links of the body that lead to a post of the source."""
        body = draft.body
        if draft.addresses is not None and (b"href" in body or b"](" in body or b"]:" in body):
            edits = list(self._edits(draft, draft.addresses))
            draft.edit(edits, "link led to the post's new address")

    def _edits(self, draft: Draft, addresses: Addresses) -> Iterator[Edit]:
        for link in links(draft.body, draft.markup, draft.post.content_format):
            new = self._new(link, draft, addresses)
            if new is not None:
                yield Edit(link.start, link.end, escape(new).encode("utf-8"))

    def _new(self, link: Link, draft: Draft, addresses: Addresses) -> str | None:
        stated = unescape(link.value.decode("utf-8", "surrogateescape"))
        try:
            parts = urlsplit(stated.strip())
            host = parts.hostname or ""
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or not (parts.path or parts.query or host):
            return None
        if host and not (host in self._hosts or addresses.is_own(host)):
            return None
        for name, query in _names(parts, draft):
            if found := addresses.new_address(name):
                new = found + query + (f"#{parts.fragment}" if parts.fragment else "")
                return None if _leads_there(parts, new) else new
        if (host or parts.path.endswith((".md", ".markdown"))) and not _is_no_post(parts.path):
            draft.note(
                "rewrite-link-broken",
                quoting("the link {} leads to no post of the source", stated),
                at=link.start,
                fix="Correct it, or add what it leads to",
            )
        return None


def _names(parts: SplitResult, draft: Draft) -> Iterator[tuple[str, str]]:
    """Give the names by which a link may mean a post, each with the query that then stays."""
    path, query = parts.path, f"?{parts.query}" if parts.query else ""
    if is_id_query(query):
        yield query, ""
    if path.startswith("/"):
        yield path, query
    if path.endswith(FILES):
        folder = posixpath.dirname(draft.post.provenance.path)
        yield posixpath.normpath(posixpath.join(folder, path)).lstrip("/"), query
    link = draft.post.link or ""
    own = urlsplit(link).path if is_address(link) else ""
    if path and not path.startswith("/") and own:
        yield posixpath.normpath(posixpath.join(posixpath.dirname(own), path)), query


def _is_no_post(path: str) -> bool:
    return path in ("", "/") or _NO_POST.search(path) is not None


def _leads_there(stated: SplitResult, new: str) -> bool:
    """Say whether a link leads to an address as it stands; without a host, to its path."""
    there = urlsplit(new)
    if stated.netloc and stated.netloc.casefold() != there.netloc.casefold():
        return False
    here = unquote(stated.path).rstrip("/"), stated.query
    return here == (unquote(there.path).rstrip("/"), there.query)
