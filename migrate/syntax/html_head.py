"""Reads and writes the `<title>` and `<meta name= content=>` that head an HTML post for Pelican."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Final

from migrate.patterns import pattern
from migrate.syntax.key_value import flat, gathered
from migrate.syntax.pelican_words import as_pelican
from migrate.syntax.values import Value

_META: Final = r"<meta\s++name\s*+=[^>]*+>"
_BEFORE: Final = r"(?:(?<![ \t])[ \t]++)?+"
_BEHIND: Final = r"[ \t]*+\n?"
_FLAGS: Final = re.IGNORECASE | re.DOTALL
_KNOWN: Final = pattern(rf"{_BEFORE}(?:<title>.*?</title>|{_META}){_BEHIND}", _FLAGS)
_TITLES: Final = pattern(rf"((?:.*</title>)?){_BEHIND}", _FLAGS)
_METAS: Final = pattern(rf"{_BEFORE}{_META}{_BEHIND}", _FLAGS)
_TAGS: Final = pattern(rf"(?:.*>)?{_BEHIND}", _FLAGS)


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
    known = list(_known(head))
    starts, ends = [0, *(found.end() for found in known)], [found.start() for found in known]
    return "".join(head[start:end] for start, end in zip(starts, [*ends, len(head)], strict=True))


def _known(head: str) -> Iterator[re.Match[str]]:
    """Give the titles and metas; none is looked for behind the last `</title>` or `>`."""
    titles, tags = _TITLES.match(head), _TAGS.match(head)
    assert titles is not None  # it matches the empty text, as does the other
    assert tags is not None
    last = 0
    for found in _KNOWN.finditer(head, 0, titles.end()):
        last = found.end()
        yield found
    yield from _METAS.finditer(head, max(last, titles.end(1)), tags.end())


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
