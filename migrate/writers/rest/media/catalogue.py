"""Catalogue: which file an address or a number in a post means."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from migrate.model.action import Action
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.journal.marks import storable
from migrate.plan.media.files import Files, below_uploads, without_size
from migrate.rewrite.counting_images import counter_of
from migrate.syntax.media_types import media_type
from migrate.syntax.pelican_words import without_place
from migrate.writers.rest.media.item import ATTACHMENT, Item
from migrate.writers.rest.media.options import MediaOptions

__all__ = ["Catalogue", "Meant"]

_WEB: Final = frozenset({"", "http", "https"})


class Meant(NamedTuple):
    """What a reference means: a file, the size of it that is asked for, and a place in it.

    Without a file, `missing` says that it should be here and isn't, `remote` that it lies elsewhere
    and wasn't to be fetched.
    """

    item: Item | None = None
    width: int = 0
    height: int = 0
    fragment: str = ""
    fault: Literal["", "missing", "remote"] = ""


_NOTHING: Final = Meant()


class Catalogue:
    """The files of a source by all names that they go by; each is one Item, however often named."""

    def __init__(self, files: Files, options: MediaOptions, home: str) -> None:
        self._files = files
        self._options = options
        self._home = home
        self._items: dict[str, Item] = {}
        self._by_name: dict[str, Item] = {}
        self._by_id: dict[int, Item] = {}

    def add(self, item: Item, url: str) -> None:
        """Add an attachment that the source has as a record; `url` is where its file was."""
        self._items[item.key] = item
        if item.source_id:
            self._by_id.setdefault(item.source_id, item)
        for name in _names(url):
            self._by_name.setdefault(name, item)

    def mark(self) -> str:
        """Give a mark of all names that mean an attachment of the source."""
        named = [sorted(self._by_name), sorted(self._by_id)]
        return sha256(ascii(named).encode()).hexdigest()

    def item(self, key: str) -> Item:
        """Give the file with a key."""
        return self._items[key]

    def items(self) -> Iterator[Item]:
        """Give all files, in the order in which they were first named."""
        return iter(self._items.values())

    def numbered(self, number: int) -> Item | None:
        """Give the file of the attachment that had a number at the old site."""
        return self._by_id.get(number)

    def is_own(self, post: Post) -> bool:
        """Tell whether a post comes from the very site that it goes to: its numbers hold there."""
        return stored.same_site(post.link or self._options.source_site, self._home)

    def meant(self, address: str, post: Post, *, linked: bool = False) -> Meant:
        """Give what an address in a post means; a link means a file only by its ending."""
        try:
            parts = urlsplit(without_place(address))
            host = parts.hostname or ""
        except ValueError:
            return _NOTHING
        path = unquote(parts.path)
        if parts.scheme not in _WEB or not path.strip("/") or (linked and not media_type(path)):
            return _NOTHING
        if (host and stored.same_site(address, self._home)) or counter_of(address):
            return _NOTHING
        is_own = not host or self._is_source(address, post)
        found = self._recorded(parts, path) or (self._local(path, host, post) if is_own else None)
        found = found or self._elsewhere(address, parts, path, post, is_own=is_own)
        return found._replace(fragment=parts.fragment)

    def _is_source(self, address: str, post: Post) -> bool:
        """Tell whether an address is of the site that the post comes from."""
        bases = (post.link or "", self._options.source_site)
        hosts = {urlsplit(base).hostname for base in bases if stored.same_site(base, base)}
        return urlsplit(address).hostname in hosts

    def _recorded(self, parts: SplitResult, path: str) -> Meant | None:
        if not self._by_name:
            return None
        name = below_uploads(path) or f"{parts.hostname or ''}{path}"
        if item := self._by_name.get(name):
            return Meant(item)
        sized = without_size(name)
        item = self._by_name.get(sized.path) if sized else None
        return Meant(item, sized.width, sized.height) if sized and item else None

    def _local(self, path: str, host: str, post: Post) -> Meant | None:
        post_path = "" if host else post.provenance.path
        stated = f"/{path.lstrip('/')}" if host else path
        sized = without_size(stated)
        below = below_uploads(path)
        if sized and below and (original := self._find(sized.path, post_path)):
            return Meant(self._of_file(original), sized.width, sized.height)
        if found := self._find(stated, post_path):
            return Meant(self._of_file(found))
        original = self._find(sized.path, post_path) if sized else None
        return (
            Meant(self._of_file(original), sized.width, sized.height)
            if (sized and original)
            else None
        )

    def _find(self, path: str, post_path: str) -> Path | None:
        found = self._files.find(path, post_path)
        below = below_uploads(path)
        return found or (self._files.upload(below) if below else None)

    def _of_file(self, path: Path) -> Item:
        key = storable(self._files.named(path))
        if key not in self._items:
            action = _action(key, path.name)
            self._items[key] = Item(key, path.name, action, path=path)
        return self._items[key]

    def _elsewhere(
        self, address: str, parts: SplitResult, path: str, post: Post, *, is_own: bool
    ) -> Meant:
        url = urljoin(post.link or self._options.source_site, address)
        is_web = urlsplit(url).scheme in ("http", "https")
        if stored.same_site(url, self._home):
            return _NOTHING
        if not (self._options.fetch and is_web):
            fault: Literal["", "missing", "remote"] = "remote" if parts.hostname else "missing"
            return Meant(fault=fault) if is_own else _NOTHING
        url = urlsplit(url)._replace(fragment="").geturl()
        sized = without_size(urlsplit(url).path) if below_uploads(path) else None
        if sized is None:
            return Meant(self._of_urls((url,)))
        original = urlsplit(url)._replace(path=sized.path, query="").geturl()
        return Meant(self._of_urls((original, url)), sized.width, sized.height)

    def _of_urls(self, urls: tuple[str, ...]) -> Item:
        key = storable(urls[0])
        if key not in self._items:
            name = unquote(urlsplit(urls[0]).path).rpartition("/")[2]
            self._items[key] = Item(key, name, _action(key, name), urls=urls)
        return self._items[key]


def _action(key: str, name: str) -> Action:
    return Action("create", ATTACHMENT, key, title=name, public=False)


_SCALED: Final = re.compile(r"-scaled(?=\.[A-Za-z0-9]+$)")


def _names(url: str) -> Iterator[str]:
    """Give the names by which posts may mean the file of an attachment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    path = unquote(parts.path)
    for form in dict.fromkeys((path, _SCALED.sub("", path))):
        yield f"{parts.hostname or ''}{form}"
        yield posixpath.normpath(form)
        if below := below_uploads(form):
            yield below
