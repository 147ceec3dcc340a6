"""Catalogue: which file an address or a number in a post means."""

from __future__ import annotations

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
from migrate.plan.media.library import number_of
from migrate.rewrite.counting_images import counter_of
from migrate.syntax.media_types import media_type
from migrate.syntax.pelican_words import without_place
from migrate.writers.rest.media.item import ATTACHMENT, Item
from migrate.writers.rest.media.options import MediaOptions
from migrate.writers.rest.media.spelled import Spelled, host_of, likely_names, spelled, stated_names

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
        self._by_likeness: dict[str, Item] = {}
        self._by_id: dict[int, Item] = {}
        self._hosts: set[str] = set()

    def add(self, item: Item, url: str) -> None:
        """Add an attachment that the source has as a record; `url` is where its file was."""
        self._items[item.key] = item
        if item.source_id:
            self._by_id.setdefault(item.source_id, item)
        self._hosts.add(host_of(url))
        for name in stated_names(url):
            self._by_name.setdefault(name, item)
        for name in likely_names(url):
            self._by_likeness.setdefault(name, item)

    def mark(self) -> str:
        """Give a mark of all names that mean an attachment of the source."""
        named = [sorted(self._by_name), sorted(self._by_likeness), sorted(self._by_id)]
        return sha256(ascii(named).encode()).hexdigest()

    def item(self, key: str) -> Item:
        """Give the file with a key."""
        return self._items[key]

    def items(self) -> Iterator[Item]:
        """Give all files, in the order in which they were first named."""
        return iter(self._items.values())

    def numbered(self, number: str) -> Item | None:
        """Give the file of the attachment that had a number at the old site."""
        return self._by_id.get(number_of(number))

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
        file = spelled(parts)
        path = file.file.path
        if parts.scheme not in _WEB or not path.strip("/") or (linked and not media_type(path)):
            return _NOTHING
        if (host and stored.same_site(address, self._home)) or counter_of(address):
            return _NOTHING
        is_own = not host or self._is_source(address, post)
        found = self._recorded(file, post) or (self._local(file, post) if is_own else None)
        found = found or self._elsewhere(address, parts, path, post, is_own=is_own)
        return found._replace(fragment=parts.fragment)

    def _is_source(self, address: str, post: Post) -> bool:
        """Tell whether an address is of the site that the post comes from."""
        bases = (post.link or "", self._options.source_site)
        hosts = {urlsplit(base).hostname for base in bases if stored.same_site(base, base)}
        return urlsplit(address).hostname in hosts

    def _recorded(self, file: Spelled, post: Post) -> Meant | None:
        if not self._by_name:
            return None
        if item := self._named(file, post):
            return Meant(item)
        sized = file.sized
        item = self._named(sized.whole, post) if sized else None
        return Meant(item, sized.width, sized.height) if sized and item else None

    def _named(self, file: Spelled, post: Post) -> Item | None:
        """Return the attachment whose file is called so; what surely is before what may be.

        Many sites have a `2016/07/logo.png`: below the uploads that of another one is another file.
        """
        groups = [file.hosted_names, file.upload_names]
        known = (self._by_name, self._by_likeness)
        found = (held.get(name) for names in groups for held in known for name in names)
        item = next(filter(None, found), None)
        return item if item and self._may_be_ours(file, post) else None

    def _may_be_ours(self, file: Spelled, post: Post) -> bool:
        bases = map(host_of, (post.link or "", self._options.source_site))
        hosts = filter(None, (*bases, *self._hosts))
        return not file.host or any(map(file.may_lie_at, hosts))

    def _local(self, file: Spelled, post: Post) -> Meant | None:
        post_path = "" if file.host else post.provenance.path
        sized = file.sized
        original = self._find(sized.whole, post_path) if sized else None
        if not (original and file.below) and (found := self._find(file, post_path)):
            return Meant(self._of_file(found))
        if sized and original:
            return Meant(self._of_file(original), sized.width, sized.height)
        return None

    def _find(self, file: Spelled, post_path: str) -> Path | None:
        """Return the file below the source; of those with one name the very one, where it is there.

        What `--site` has fetched lies under a name of its own then.
        """
        below = file.below
        if below and below.apart is not None and (found := self._files.upload(below.own)):
            return found
        for path in dict.fromkeys((file.file.path, unquote(file.raw))):
            stated = f"/{path.lstrip('/')}" if file.host else path
            if found := self._files.find(stated, post_path):
                return found
        return self._files.upload(below.path) if below else None

    def _of_file(self, path: Path) -> Item:
        key = storable(self._files.named(path))
        if key not in self._items:
            action = _action(key, path.name)
            self._items[key] = Item(key, path.name, action, path=path)
        return self._items[key]

    def _elsewhere(
        self, address: str, parts: SplitResult, path: str, post: Post, *, is_own: bool
    ) -> Meant:
        url = _absolute(post.link or self._options.source_site, address)
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


def _absolute(base: str, address: str) -> str:
    """Return an address as it is meant on a page; as it is, where the page's own is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _action(key: str, name: str) -> Action:
    return Action("create", ATTACHMENT, key, title=name, public=False)
