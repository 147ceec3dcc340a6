"""A piece of HTML as elements in each other, where its tags are in order."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field

from migrate.syntax.html_markup import VOID, Tag, attributes, scan

DEEPEST: Final = 40
"""How deep elements may lie in each other."""


class Element(Struct):
    """One element of `html`, with the elements in it."""

    html: bytes
    tag: Tag
    end_tag: Tag
    children: list[Element] = field(default_factory=list)

    @property
    def name(self) -> bytes:
        """The name of the element in small letters."""
        return self.tag.name

    @property
    def outer(self) -> bytes:
        """The element with its tags."""
        return self.html[self.tag.start : self.end_tag.end]

    @property
    def inner(self) -> bytes:
        """What stands between its tags."""
        return self.html[self.tag.end : self.end_tag.start]

    @property
    def attributes(self) -> dict[bytes, bytes]:
        """Its attributes as they are written; of two with one name the first counts."""
        found: dict[bytes, bytes] = {}
        for attribute in attributes(self.html, self.tag):
            found.setdefault(attribute.name, attribute.value)
        return found

    def gaps(self) -> list[bytes]:
        """Give what stands before, between and behind the elements in it."""
        edges = [self.tag.end]
        for child in self.children:
            edges += (child.tag.start, child.end_tag.end)
        edges.append(self.end_tag.start)
        return [self.html[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2)]

    def holds_only_elements(self) -> bool:
        """Say whether nothing but blanks stands between the elements in it."""
        return not any(gap.strip() for gap in self.gaps())


def element(html: bytes) -> Element | None:
    """Give the one element that `html` is; None where it is more, or its tags don't match."""
    roots: list[Element] = []
    stack: list[Element] = []
    for tag in scan(html).tags:
        if tag.is_end:
            if not stack or stack[-1].name != tag.name:
                return None
            stack.pop().end_tag = tag
            continue
        made = Element(html, tag, tag)
        (stack[-1].children if stack else roots).append(made)
        if tag.name not in VOID:
            stack.append(made)
        if len(stack) > DEEPEST:
            return None
    if stack or len(roots) != 1 or roots[0].outer != html:
        return None
    return roots[0]
