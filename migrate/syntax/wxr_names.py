"""Element names of WXR, whatever prefix and whatever version's namespace a file gives them.

WordPress changes the address of its namespace with the version of WXR; some files have it with
https. All of them mean the prefixes that WordPress itself writes: `wp:post_id`.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from migrate.syntax.wxr import NAMESPACES
from migrate.syntax.wxr_markup import Tag, attributes

_EXPORT: Final = re.compile(r"https?://wordpress\.org/export/[0-9.]+/(excerpt/)?")
_PREFIXES: Final = {uri: prefix for prefix, uri in NAMESPACES.items()}


class Name(NamedTuple):
    """An element's name as WordPress spells it; `guessed` where its prefix isn't bound to it."""

    said: str
    guessed: bool = False


class Names:
    """The namespaces that are in force at one place of a file."""

    def __init__(self, declared: dict[bytes, str]) -> None:
        """Take prefix → namespace, the prefix empty for the default one."""
        self._declared = declared
        self._known: dict[bytes, Name] = {}

    def inside(self, tag: Tag) -> Names:
        """Give the names that are in force inside an element."""
        if b"xmlns" not in tag.attributes:
            return self
        added = {
            name[6:]: value.decode("utf-8", "replace")
            for name, value in attributes(tag).items()
            if name == b"xmlns" or name.startswith(b"xmlns:")
        }
        return Names(self._declared | added)

    def of(self, tag: Tag) -> Name:
        """Give the name of a tag."""
        there = self.inside(tag)
        if there is not self:
            return there.resolve(tag.name)
        name = self._known.get(tag.name)
        if name is None:
            name = self._known[tag.name] = self.resolve(tag.name)
        return name

    def resolve(self, written: bytes) -> Name:
        """Give what a name with its prefix means here."""
        prefix, colon, local = written.decode("utf-8", "replace").rpartition(":")
        uri = self._declared.get(prefix.encode("utf-8"))
        meant = _vocabulary(uri or "")
        if meant:
            return Name(f"{meant}:{local}")
        if not colon:
            return Name(local)
        return Name(f"{prefix}:{local}", guessed=uri is None or prefix in NAMESPACES)


def _vocabulary(uri: str) -> str:
    """Give the prefix under which WordPress writes a namespace, empty for one of others."""
    match = _EXPORT.fullmatch(uri)
    if match:
        return "excerpt" if match[1] else "wp"
    return _PREFIXES.get(uri, "")
