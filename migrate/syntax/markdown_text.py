"""HTML to Markdown that says the same: what Markdown can't say stays HTML in it.

html-to-markdown turns the blocks; it is written in Rust and the quickest there is, but it drops
what it has no spelling for. So tags inside a line that Markdown can't say are words while it works,
and the outcome is rendered again and compared: a block that doesn't come back stays as it was.
All blocks go through together, with a paragraph between any two that tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final, NamedTuple

from html_to_markdown import ConversionError, ConversionOptions, convert

from migrate.syntax.html_canonical import Node, canonical
from migrate.syntax.html_chunks import BLOCKS, chunks, without_paragraph
from migrate.syntax.html_markup import scan
from migrate.syntax.markdown_hidden import hidden, unused
from migrate.syntax.markdown_html import to_html
from migrate.syntax.markdown_settled import Settled, blocks, walked
from migrate.syntax.measures import is_too_much_markdown

_DEFINES: Final = b"]:"
"""What a definition of a link or a footnote has in it. Where one may be, brackets say something."""

_SAYS_MORE: Final = (_DEFINES, b"[code", b"[sourcecode")
"""Where code may begin that a shortcode shows, tags aren't what they seem."""

_DELIMITER: Final = re.compile(rb"<!--\s+/?wp:[a-z][a-z0-9_/-]*\s[^<>]*?-->")
_BLOCK_CLASS: Final = re.compile(
    rb"(<(?:h[1-6]|p|ul|ol|blockquote|pre|hr)) class=\"wp-block-[a-z-]+\""
)
_LIST: Final = re.compile(rb"<[uo]l[\s>]")
_BLANK_LINES: Final = re.compile(rb"\n[ \t\r\n]*\n")
_BLANK_LINE_OF_CODE: Final = re.compile(rb"\r?\n([ \t]*)(?=\r?\n)")


def _options(*, escapes: bool) -> ConversionOptions:
    return ConversionOptions(
        heading_style="atx",
        extract_metadata=False,
        bullets="-",
        list_indent_width=4,  # Python-Markdown takes no less for a list in a list
        escape_asterisks=escapes,
        escape_underscores=escapes,
        escape_misc=escapes,
    )


_PLAIN: Final = _options(escapes=False)
_ESCAPED: Final = _options(escapes=True)


class Written(NamedTuple):
    """The Markdown, and how many of its blocks stayed HTML."""

    text: str
    kept: int


def to_markdown(html: bytes) -> Written | None:
    """Give an HTML body as Markdown; None where none says the same, not even with HTML in it.

    Blocks that are plain say the same by their make, and only the others are proven.
    """
    found = walked(html)
    if found is None:
        html = _without_blocks(html)
    elif all(isinstance(one, Settled) for one in found):  # and defines nothing
        return _joined(found)
    if not any(sign in html for sign in _SAYS_MORE):
        written = _joined(blocks(html) if found is None else found)
        if written and _DEFINES.decode() not in written.text:
            return written
    return _joined([*chunks(html)])


def _joined(found: Sequence[bytes | Settled]) -> Written | None:
    """Give blocks one below the other, of which those that aren't settled yet are proven."""
    settled = [one for one in found if isinstance(one, Settled)]
    kept = sum(one.kept for one in settled)
    if len(settled) == len(found):
        return _whole([one.text for one in settled], kept)
    proven = _proven(found)
    return proven and _whole(proven[0], kept + proven[1])


def _whole(texts: Sequence[str], kept: int) -> Written:
    written = "\n\n".join(texts)
    return Written(f"{written}\n" if written else "", kept)


def _proven(found: Sequence[bytes | Settled]) -> tuple[list[str], int] | None:
    """Give all blocks as text, and how many stay HTML without being settled.

    A word stands for what is settled: blocks are proven among their neighbours.
    """
    word = unused(b"xplain", b"".join(one for one in found if isinstance(one, bytes)))
    mark = b"<p>" + word + b"</p>"
    parts = [
        mark if isinstance(one, Settled) else without_paragraph(_in_paragraph(one)) for one in found
    ]
    kept = [word.decode() if part == mark else _as_html(part) for part in parts]
    wanted = canonical(b"\n".join(parts))
    for turned in (_turned(parts), dict[int, str]()):
        texts = [turned.get(at, text) for at, text in enumerate(kept)]
        if _rendered("\n\n".join(texts)) == wanted:
            left = sum(part != mark and at not in turned for at, part in enumerate(parts))
            texts = [
                one.text if isinstance(one, Settled) else text
                for one, text in zip(found, texts, strict=True)
            ]
            return texts, left
    return None


def _without_blocks(html: bytes) -> bytes:
    """Take off the delimiters of blocks; one that is a block by itself stays."""
    if b"<!-- wp:" not in html:
        return html
    html = _DELIMITER.sub(lambda found: found[0] if found[0].endswith(b"/-->") else b"", html)
    return _BLOCK_CLASS.sub(rb"\1", html)


def _in_paragraph(part: bytes) -> bytes:
    tags = scan(part).tags
    is_block = bool(tags) and not tags[0].start and tags[0].name in BLOCKS
    return part if is_block or part.startswith(b"<!--") else b"<p>" + part + b"</p>"


def _turned(parts: list[bytes]) -> dict[int, str]:
    """Give the blocks that come back the same, by number, with backslashes only where needed."""
    between = _Between(parts)
    words = {at: made for at, part in enumerate(parts) if (made := hidden(part))}
    nodes = between.split(canonical(between.html([parts[at] for at in words])))
    wanted = dict(zip(words, nodes, strict=False))
    found: dict[int, str] = {}
    for options in (_PLAIN, _ESCAPED):
        if not (left := {at: one for at, one in words.items() if at not in found}):
            break
        said = between.turned([one.text for one in left.values()], options)
        texts = [one.put_back(text) for one, text in zip(left.values(), said, strict=False)]
        back = between.split(_rendered(between.markdown(texts)) or [])
        same = zip(left, texts, back, strict=False)
        found |= {at: text for at, text, nodes in same if text and wanted.get(at) == nodes}
    return {at: text for at, text in found.items() if not _runs_on(parts, found, at)}


def _runs_on(parts: list[bytes], found: Container[int], at: int) -> bool:
    """Say whether a list stands right behind another one, of which it would be a part."""
    return (
        at - 1 in found
        and _LIST.match(parts[at]) is not None
        and _LIST.match(parts[at - 1]) is not None
    )


def _rendered(markdown: str) -> list[Node] | None:
    """Give the nodes of what is written, which ends with a line end."""
    markdown = f"{markdown}\n"
    if is_too_much_markdown(markdown.encode("utf-8")):
        return None
    rendered = to_html(markdown, for_wordpress=False)
    return None if rendered is None else canonical(rendered.html)


class _Between:
    """A paragraph that stands between any two blocks, and tells them apart again."""

    def __init__(self, parts: list[bytes]) -> None:
        self._word = unused(b"xnext", b"\n".join(parts)).decode()

    def html(self, parts: list[bytes]) -> bytes:
        return f"\n<p>{self._word}</p>\n".encode().join(parts)

    def markdown(self, texts: list[str]) -> str:
        return f"\n\n{self._word}\n\n".join(texts)

    def turned(self, parts: list[bytes], options: ConversionOptions) -> list[str]:
        """Give what the library makes of each block; nothing where it refuses them, as for NULs."""
        try:
            whole = convert(self.html(parts).decode("utf-8"), options).content if parts else ""
        except ConversionError:
            return []
        texts = (whole or "").split(self._word)
        return [text.strip("\n") for text in texts] if len(texts) == len(parts) else []

    def split(self, nodes: list[Node]) -> list[list[Node]]:
        """Give the nodes of each block; those round all of them belong to none."""
        found, word = [list[Node]()], ("text", self._word)
        for at, node in enumerate(nodes[1:-1], 1):
            if word in nodes[at - 1 : at + 2] and len(node) == 1:
                continue
            if node == word:
                found.append([])
            else:
                found[-1].append(node)
        return found


def _as_html(part: bytes) -> str:
    """Give a block of HTML as Markdown takes it for one: with no empty line in it."""
    if b"\n" not in part or part.startswith((b"<!--", b"<script", b"<style")):
        return part.decode("utf-8")
    pieces, done = list[bytes](), 0
    for start, end in scan(part).raw:
        raw = part[start:end]
        pieces += (
            _BLANK_LINES.sub(b"\n", part[done:start]),
            _BLANK_LINE_OF_CODE.sub(rb"&#10;\1", raw),
        )
        done = end
    return b"".join([*pieces, _BLANK_LINES.sub(b"\n", part[done:])]).decode("utf-8")
