"""Reads and writes the `<title>` and `<meta name= content=>` that head an HTML post for Pelican."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.key_value import flat, gathered
from migrate.syntax.pelican_words import as_pelican
from migrate.syntax.values import Value

_KNOWN: Final = pattern(
    r"[ \t]*(?:<title>.*?</title>|<meta\s+name\s*=[^>]*>)[ \t]*\n?", re.IGNORECASE | re.DOTALL
)


def load(head: str) -> dict[str, Value]:
    """Give the values of a head, the title under `title`; a name that stands twice is a list."""
    parser = _Head()
    parser.feed(head)
    parser.close()
    return gathered(parser.entries)


def dump(values: Mapping[str, Value]) -> str:
    """Give the lines of a head, texts escaped as HTML wants it; maps are left out."""
    return "".join(
        f"<title>{html.escape(text, quote=False)}</title>\n"
        if key == "title"
        else f'<meta name="{html.escape(key)}" content="{html.escape(text)}" />\n'
        for key, text in flat(values)
    )


def rest(head: str) -> str:
    """Give what else stands in the head: styles, scripts, links. Pelican passes them over."""
    return _KNOWN.sub("", head)


class _Head(HTMLParser):
    """Collects titles and metas; `contents=` counts as `content=`, as it does for Pelican."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.entries: list[tuple[str, str]] = []
        self._title: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a title, or take a meta."""
        if tag == "title":
            self._title = []
        elif tag == "meta":
            found = dict(attrs)
            name = found.get("name")
            if name:
                text = found.get("content") or found.get("contents") or ""
                self.entries.append((_key(name), text))

    def handle_data(self, data: str) -> None:
        """Take the text of a title."""
        if self._title is not None:
            self._title.append(data)

    def handle_endtag(self, tag: str) -> None:
        """End a title."""
        if tag == "title" and self._title is not None:
            self.entries.append(("title", "".join(self._title)))
            self._title = None


def _key(name: str) -> str:
    key = as_pelican(name)
    return "tags" if key == "keywords" else key
