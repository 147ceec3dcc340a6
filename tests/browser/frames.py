"""A page that shows others in frames and, once they are loaded, says what is in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, Final, Self

from msgspec import Struct, field

SEEN: Final = "data-seen"
"""The attribute of the page's root that holds what was seen, as JSON."""

_SCRIPT: Final = f"""
    const tree = node => node.nodeType === Node.TEXT_NODE ? node.data
        : node.nodeType !== Node.ELEMENT_NODE ? null
        : [node.localName, Object.fromEntries([...node.attributes].map(a => [a.name, a.value])),
           [...node.childNodes].map(tree).filter(child => child !== null)];
    addEventListener("load", () => {{
        const shown = [...document.querySelectorAll("body > iframe")].map(frame => {{
            const {{ body, title, location }} = frame.contentDocument;
            return {{ title, address: location.href, text: body.innerText, body: tree(body) }};
        }});
        document.documentElement.setAttribute("{SEEN}", JSON.stringify(shown));
    }});
"""


class Element(Struct, frozen=True):
    """An element as the browser holds it; `children` are elements and texts, no comments."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: tuple[Element | str, ...] = ()

    @classmethod
    def made(cls, said: list[Any]) -> Self:
        """Make it from what the page says."""
        name, attributes, children = said
        inner = (child if isinstance(child, str) else cls.made(child) for child in children)
        return cls(name, attributes, tuple(inner))

    @property
    def elements(self) -> list[Element]:
        """The child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """All text in it, shown or not."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    @property
    def classes(self) -> list[str]:
        """The words of its `class`."""
        return self.attributes.get("class", "").split()

    def all(self) -> Iterator[Element]:
        """Give it and all elements in it, in document order."""
        yield self
        for element in self.elements:
            yield from element.all()

    def outline(self) -> str:
        """Give names and texts alone, each element in brackets: `p(Fog i() again)`."""
        inner = (child if isinstance(child, str) else child.outline() for child in self.children)
        return f"{self.name}({''.join(inner)})"


class Frame(Struct, frozen=True):
    """What the browser shows of one page; `text` is what a reader sees."""

    title: str
    address: str
    text: str
    body: Element

    @classmethod
    def made(cls, said: dict[str, Any]) -> Self:
        """Make it from what the page says."""
        return cls(said["title"], said["address"], said["text"], Element.made(said["body"]))


def of_bodies(bodies: Iterable[str]) -> str:
    """Give a page with a frame for each body of a post, inside an element `main` of its own."""
    documents = (f"<!DOCTYPE html><main>{body}</main>" for body in bodies)
    return _page(f'srcdoc="{escape(document)}"' for document in documents)


def of_addresses(addresses: Iterable[str]) -> str:
    """Give a page with a frame for each address; all must lie at the page's own host."""
    return _page(f'src="{escape(address)}"' for address in addresses)


def _page(sources: Iterable[str]) -> str:
    shown = "".join(f'<iframe {source} width="1000" height="800"></iframe>' for source in sources)
    return f"<!DOCTYPE html><meta charset=utf-8><script>{_SCRIPT}</script><body>{shown}</body>"
