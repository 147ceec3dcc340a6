"""Classic HTML as the blocks that WordPress's editor would write for it.

Each function gives the block for one element, or None where the editor's own block couldn't say
all that stands there; that becomes a block of custom HTML, which keeps it to the byte. (The editor
of WordPress 6.1 offers to mend such a block where a table in it has no `<tbody>`; 6.7 doesn't.)
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any, Final

from migrate.syntax.blocks import block
from migrate.syntax.elements import Element, element
from migrate.syntax.html_chunks import chunks

_INLINE: Final = frozenset(
    b"a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s small span strong sub sup "
    b"time u var".split()
)
_NAMES: Final = re.compile(rb"(?:[A-Za-z_][\w-]*+(?: |\Z))++")
_EDITORS_OWN: Final = re.compile(rb"(?:^| )(?:has-|is-|wp-|align)")
_SHORTCODE: Final = re.compile(
    rb"\[([A-Za-z][\w-]*+)(?=[\s/\]])[^\[\]]*+\](?:.*\[/\1\])?", re.DOTALL
)
_ADDRESS: Final = re.compile(rb"https?://[^\s<>\"'\[\]]++", re.IGNORECASE)
_MORE: Final = re.compile(rb"(?:<p>)?(<!--(?:more|nextpage)-->)(?:</p>)?")
_ROWS: Final = frozenset({b"thead", b"tbody", b"tfoot"})


def to_blocks(body: bytes) -> bytes:
    """Give the blocks for a body whose paragraphs are written out, parted by blank lines."""
    made = [_block(chunk) for chunk in chunks(body)]
    return b"\n\n".join(made) + b"\n" if made else b""


def _block(chunk: bytes) -> bytes:
    if more := _MORE.fullmatch(chunk):
        return block(b"more" if b"more" in more[1] else b"nextpage", more[1])
    root = None if b"<!" in chunk or b"<?" in chunk else element(chunk)
    made = _MAKERS[root.name](root) if root and root.name in _MAKERS else None
    return made or block(b"html", chunk)


def _is_inline(found: Element) -> bool:
    return all(child.name in _INLINE and _is_inline(child) for child in found.children)


def _tagged(found: Element, own_class: bytes = b"") -> tuple[bytes, dict[str, Any]] | None:
    """Give the start tag with the class that its block has, and what its delimiter says."""
    said = found.attributes
    names, anchor = said.pop(b"class", b""), said.pop(b"id", b"")
    own = b" ".join(name for name in names.split() if name != own_class)
    if said or _EDITORS_OWN.search(own) or not all(map(_NAMES.fullmatch, filter(None, [own]))):
        return None
    if b'"' in anchor:
        return None
    classes = b" ".join(filter(None, (own_class, own)))
    tag = b"<" + found.name
    tag += b' class="%s"' % classes if classes else b""
    tag += b' id="%s"' % anchor if anchor else b""
    return tag + b">", {"className": own.decode()} if own else {}


def _wrapped(found: Element, name: bytes, own_class: bytes = b"") -> bytes | None:
    tagged = _tagged(found, own_class)
    if tagged is None or not _is_inline(found):
        return None
    return block(name, b"%s%s</%s>" % (tagged[0], found.inner, found.name), tagged[1])


def _paragraph(found: Element) -> bytes | None:
    inner = found.inner.strip()
    if len(found.tag.name) + 2 < found.tag.end - found.tag.start:
        return _wrapped(found, b"paragraph")
    if _SHORTCODE.fullmatch(inner):
        return block(b"shortcode", inner)
    if _ADDRESS.fullmatch(inner):
        return _embed(inner)
    if len(found.children) == 1 and found.holds_only_elements():
        picture = _picture(found.children[0])
        if picture:
            return picture
    return _wrapped(found, b"paragraph")


def _embed(address: bytes) -> bytes | None:
    url = html.unescape(address.decode("utf-8", "replace"))
    wrapper = b'<div class="wp-block-embed__wrapper">\n%s\n</div>' % address
    shown = b'<figure class="wp-block-embed">%s</figure>' % wrapper
    return block(b"embed", shown, {"url": url}) if url.isascii() else None


def _heading(found: Element) -> bytes | None:
    tagged = _tagged(found, b"wp-block-heading")
    if tagged is None or not _is_inline(found):
        return None
    level: dict[str, Any] = {} if found.name == b"h2" else {"level": int(found.name[1:])}
    shown = b"%s%s</%s>" % (tagged[0], found.inner, found.name)
    return block(b"heading", shown, level | tagged[1])


def _list(found: Element) -> bytes | None:
    tagged = _tagged(found, b"wp-block-list")
    if tagged is None or not found.holds_only_elements():
        return None
    items = [_item(child) for child in found.children]
    if not items or None in items:
        return None
    said = ({"ordered": True} if found.name == b"ol" else {}) | tagged[1]
    inner = b"\n\n".join(filter(None, items))
    return block(b"list", b"%s%s</%s>" % (tagged[0], inner, found.name), said)


def _item(found: Element) -> bytes | None:
    """Give one item: text, and behind it at most lists."""
    if found.name != b"li" or found.attributes:
        return None
    lists = [child for child in found.children if child.name in (b"ul", b"ol")]
    text_end = lists[0].tag.start if lists else found.end_tag.start
    before = [child for child in found.children if child.tag.start < text_end]
    behind = found.html[lists[-1].end_tag.end : found.end_tag.start] if lists else b""
    made = [_list(child) for child in lists]
    if behind.strip() or None in made or len(before) + len(lists) != len(found.children):
        return None
    if not all(child.name in _INLINE and _is_inline(child) for child in before):
        return None
    if any(gap.strip() for gap in found.gaps()[len(before) + 1 :]):
        return None
    text = found.html[found.tag.end : text_end].strip()
    return block(b"list-item", b"<li>%s%s</li>" % (text, b"\n\n".join(filter(None, made))))


def _quote(found: Element) -> bytes | None:
    tagged = _tagged(found, b"wp-block-quote")
    if tagged is None or not found.holds_only_elements():
        return None
    last = found.children[-1] if found.children else None
    cite = last if last and last.name == b"cite" and _is_inline(last) else None
    if cite and cite.attributes:
        return None
    end = cite.tag.start if cite else found.end_tag.start
    inner = b"\n\n".join(map(_block, chunks(found.html[found.tag.end : end])))
    said = b"%s%s%s</blockquote>" % (tagged[0], inner, cite.outer if cite else b"")
    return block(b"quote", said, tagged[1])


def _pre(found: Element) -> bytes | None:
    inner = element(found.inner.strip())
    if inner and inner.name == b"code":
        tagged = _tagged(found, b"wp-block-code")
        if tagged is None or inner.attributes or b"<" in inner.inner:
            return None
        return block(b"code", b"%s%s</pre>" % (tagged[0], inner.outer), tagged[1])
    if b"<" in found.inner:
        return None
    return _wrapped(found, b"preformatted", b"wp-block-preformatted")


def _separator(found: Element) -> bytes | None:
    shown = b'<hr class="wp-block-separator has-alpha-channel-opacity"/>'
    return None if found.attributes else block(b"separator", shown)


def _table(found: Element) -> bytes | None:
    caption = b""
    parts = list(found.children)
    if parts and parts[0].name == b"caption" and _is_plain(parts[0]):
        caption = b'<figcaption class="wp-element-caption">%s</figcaption>' % parts.pop(0).inner
    if found.attributes or not found.holds_only_elements() or not parts:
        return None
    if all(part.name == b"tr" for part in parts):
        if not all(map(_is_row, parts)):
            return None
        rows = b"<tbody>%s</tbody>" % b"".join(map(_row, parts))
    elif all(part.name in _ROWS and _is_section(part) for part in parts):
        if sorted({part.name for part in parts}) != sorted(part.name for part in parts):
            return None
        shown = {part.name: b"".join(map(_row, part.children)) for part in parts}
        order = (b"thead", b"tbody", b"tfoot")
        rows = b"".join(b"<%s>%s</%s>" % (n, shown[n], n) for n in order if n in shown)
    else:
        return None
    table = b'<figure class="wp-block-table"><table>%s</table>%s</figure>' % (rows, caption)
    return block(b"table", table, {"hasFixedLayout": False})


def _is_plain(found: Element) -> bool:
    return not found.attributes and _is_inline(found)


def _is_section(found: Element) -> bool:
    return (
        bool(found.children)
        and not found.attributes
        and found.holds_only_elements()
        and all(map(_is_row, found.children))
    )


def _is_row(found: Element) -> bool:
    cells = found.children
    named = all(cell.name in (b"td", b"th") and _is_plain(cell) for cell in cells)
    here = found.name == b"tr" and not found.attributes and found.holds_only_elements()
    return here and named and bool(cells)


def _row(found: Element) -> bytes:
    return b"<tr>%s</tr>" % b"".join(cell.outer for cell in found.children)


def _figure(found: Element) -> bytes | None:
    if found.attributes or not found.holds_only_elements() or not found.children:
        return None
    image, *captions = found.children
    if not captions:
        return _picture(image)
    caption = captions[0]
    if captions[1:] or caption.name != b"figcaption" or not _is_plain(caption):
        return None
    return _picture(image, caption.inner)


def _picture(found: Element, caption: bytes = b"") -> bytes | None:
    """Give the block of an image, alone or in a link that says nothing but its address."""
    image = found.children[0] if found.name == b"a" and len(found.children) == 1 else found
    said = image.attributes
    if image.name != b"img" or not said.get(b"src") or set(said) - {b"src", b"alt", b"title"}:
        return None
    if any(b'"' in value for value in said.values()):
        return None
    shown = b'<img src="%s" alt="%s"' % (said[b"src"], said.get(b"alt", b""))
    shown += b' title="%s"' % said[b"title"] if said.get(b"title") else b""
    shown += b"/>"
    attributes: dict[str, Any] = {}
    if image is not found:
        if set(found.attributes) != {b"href"} or not found.holds_only_elements():
            return None
        shown = b'<a href="%s">%s</a>' % (found.attributes[b"href"], shown)
        attributes = {"linkDestination": "custom"}
    words = b'<figcaption class="wp-element-caption">%s</figcaption>' % caption if caption else b""
    return block(
        b"image", b'<figure class="wp-block-image">%s%s</figure>' % (shown, words), attributes
    )


_MAKERS: Final[dict[bytes, Callable[[Element], bytes | None]]] = {
    b"p": _paragraph,
    b"ul": _list,
    b"ol": _list,
    b"blockquote": _quote,
    b"pre": _pre,
    b"hr": _separator,
    b"table": _table,
    b"figure": _figure,
    **dict.fromkeys((b"h1", b"h2", b"h3", b"h4", b"h5", b"h6"), _heading),
}
