"""Home page: what its head and its text tell about the site before the REST API is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from migrate.live.address import origin
from migrate.live.answer import Answer
from migrate.live.site_facts import FoundBy

__all__ = ["HomePage"]

_RELATION: Final = "https://api.w.org/"
_LINK: Final = re.compile(r'<([^<>]+)>\s*;[^<>]*?\brel="?' + re.escape(_RELATION))
_HEAD: Final = 512 * 1024  # bytes of the page that are looked at
_GENERATOR: Final = re.compile(r"WordPress ([0-9][\w.-]*)")
_TRACES: Final = re.compile(rb"/wp-(?:content|includes)/|wp-login\.php")


class HomePage:
    """A site's home page as a visitor gets it; `address` is what was asked for."""

    def __init__(self, answer: Answer, address: str) -> None:
        self.answer = answer
        self._address = address
        self._links = _LINK.findall(answer.headers.get("Link", ""))
        self._head = _Head()
        with suppress(AssertionError):  # html.parser's word for a malformed `<![`
            self._head.feed(answer.body[:_HEAD].decode("utf-8", "replace"))

    @property
    def version(self) -> str:
        """Give the version of WordPress that `<meta name="generator">` names, if it does."""
        found = _GENERATOR.fullmatch(self._head.generator.strip())
        return found[1] if found else ""

    @property
    def is_wordpress(self) -> bool:
        """Tell whether the page was made by a WordPress."""
        traces = _TRACES.search(self.answer.body[:_HEAD])
        return bool(self._links or self._head.targets or self.version or traces)

    def roots(self) -> Iterator[tuple[str, FoundBy]]:
        """Give the places where the REST root may be, those that the page names first."""
        for target in filter(self._is_address, self._links):
            yield urljoin(self.answer.url, target), "its Link header"
        for target in filter(self._is_address, self._head.targets):
            yield urljoin(self.answer.url, target), "a link in its home page"
        # A home page may lead on, say to /en/: the API stays where the address was.
        path = self._address[len(str(origin(self._address))) :] or "/"
        base = urljoin(str(origin(self.answer.url)), path)
        yield urljoin(base, "wp-json/"), "its usual place"
        yield urljoin(base, "?rest_route=/"), "its usual place"

    def _is_address(self, target: str) -> bool:
        try:
            return bool(origin(urljoin(self.answer.url, target)))
        except ValueError:
            return False


class _Head(HTMLParser):
    """Collects what `<link rel="https://api.w.org/">` leads to, and the generator."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.generator = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        target = attributes.get("href")
        if tag == "link" and attributes.get("rel") == _RELATION and target:
            self.targets.append(target)
        if tag == "meta" and attributes.get("name") == "generator":
            # Plugins add generators of their own.
            said = attributes.get("content") or ""
            self.generator = said if said.startswith("WordPress ") else self.generator
