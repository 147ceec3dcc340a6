"""`shortcodes`: what WordPress works out when it shows a post, written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.shortcode_html import (
    Kept,
    caption,
    code,
    embedded,
    media,
    preformatted,
)
from migrate.rewrite.whole_lines import is_joined
from migrate.syntax.measures import has_too_many_brackets
from migrate.syntax.shortcodes import Attributes, Shortcode, Shortcodes, attributes

_SIGN: Final = re.compile(rb"\[[A-Za-z]")
_CAPTIONS: Final = (b"caption", b"wp_caption")
_PLAYERS: Final = (b"audio", b"video")
_CODES: Final = (b"code", b"sourcecode")
_MARKDOWN: Final = re.compile(rb"[*_`\\\[]")
_TAG: Final = re.compile(rb"<[^<>]*+>")
_BACKTICKS: Final = re.compile(rb"`{3,}+")
_PARAGRAPH: Final = re.compile(rb"<p>\s{0,20}\Z")
_END_OF_PARAGRAPH: Final = re.compile(rb"\s{0,20}</p>")
_IN_PARAGRAPH: Final = re.compile(rb"<p(?:\s[^<>]{0,200})?>\s{0,20}\Z")
_BLANK_LINE: Final = re.compile(rb"[\t ]*+(?:\r?\n[\t ]*+(?:\r?\n|\Z)|\Z)")
_ENDS_BLANK: Final = re.compile(rb"\n[\t\r ]{0,100}\n\Z")
_LINE_END: Final = re.compile(rb"[\t ]*+(?:\r?\n|\Z)")
_LONGEST: Final = 250
"""How many bytes before a shortcode are looked at."""


class KnownShortcodes(Rule):
    """Turns those of WordPress itself, and `[code]`, into what they show; names all others.

    One whose meaning can't be known from the post alone stays: a gallery names attachments by
    number, an unknown one needs its plugin. What is to be shown as it is written, `[[gallery]]`,
    stays too.
    """

    looks_for = "`[caption]`, `[audio]`, `[video]`, `[embed]`, `[code]`, and shortcodes of plugins"
    does = "puts the HTML or Markdown in their place that they stand for; names those that stay"
    bodies = ANY_BODY - {"rst"}
    mends = False
    is_too_much = staticmethod(has_too_many_brackets)

    def rewrite(self, draft: Draft) -> None:
        """Replace what is known; name the rest."""
        if b"[" not in draft.body or not _SIGN.search(draft.body):
            return
        body = _Body(draft)
        edits = list(body.edits(0, len(draft.body)))
        body.tell()
        draft.edit(edits, "shortcode replaced")


class _Body:
    """The shortcodes of one body."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._body = draft.body
        self._found = Shortcodes(draft.body, draft.markup)
        self._is_markdown = draft.post.content_format == "markdown"
        self._newline = b"\r\n" if b"\r\n" in draft.body else b"\n"
        self._notes: dict[tuple[str, str], int] = {}

    def edits(self, start: int, end: int) -> Iterator[Edit]:
        """Give the changes in a part of the body, in order."""
        for one in self._found.between(start, end):
            if one.is_escaped:
                continue
            said = attributes(one.said)
            if not self._found.is_known(one):
                self._unknown(one, said)
            elif not self._is_link(one, said):
                try:
                    yield from self._edit(one, said)
                except Kept as reason:
                    self._note("rewrite-shortcode-left", one, f"stayed as it is: {reason}")

    def tell(self) -> None:
        """Note what stayed, and what went: each once, at its first place."""
        for (noted, message), at in self._notes.items():
            self._draft.note(noted, message, at=at)

    def _edit(self, one: Shortcode, said: Attributes) -> Iterator[Edit]:
        if is_joined(self._body, one.start) and self._body[one.start - 1 : one.start] != b"[":
            raise Kept("it would become one with what stands before it")
        if one.name in _CODES:
            yield self._code(one, said)
        elif one.name == b"embed":
            yield self._embed(one, said)
        else:
            yield self._element(one, said)

    def _element(self, one: Shortcode, said: Attributes) -> Edit:
        if one.name in _PLAYERS:
            made = media(one.name, said, self._content(one))
        elif one.name in _CAPTIONS and one.content:
            self._ask_for_plain_text(one, said)
            made = caption(said, self._inner(*one.content))
        elif one.name in _CAPTIONS:
            raise Kept("it encloses no image, or a text before it")
        else:
            raise Kept("the addresses of its files don't stand in the post")
        self._lost(one, made.unsaid)
        is_block = made.body.startswith(b"<figure ")
        if self._is_markdown:
            return self._before_blank_line(one, made.body) if is_block else _put(one, made.body)
        return self._without_paragraph(one, made.body) if is_block else _put(one, made.body)

    def _ask_for_plain_text(self, one: Shortcode, said: Attributes) -> None:
        """Markdown isn't read between the tags of a figure."""
        shown = _TAG.sub(b"", self._content(one)) + said.named.get(b"caption", b"")
        if self._is_markdown and _MARKDOWN.search(shown):
            raise Kept("its text is in Markdown, which would not be read in a figure")

    def _inner(self, start: int, end: int) -> bytes:
        """Give what a shortcode encloses, with the shortcodes in it replaced."""
        pieces, done = list[bytes](), start
        for edit in self.edits(start, end):
            pieces += (self._body[done : edit.start], edit.new)
            done = edit.end
        return b"".join([*pieces, self._body[done:end]])

    def _embed(self, one: Shortcode, said: Attributes) -> Edit:
        """Give the address as autoembed() looks for it, alone on its line, or as a link."""
        address, unsaid = embedded(said, self._content(one))
        self._lost(one, unsaid)
        if self._is_markdown:
            plain = address.replace(b"&amp;", b"&").replace(b"&#038;", b"&")
            return _put(one, b"<%s>" % plain)
        before = self._body[max(one.start - _LONGEST, 0) : one.start]
        if _IN_PARAGRAPH.search(before) and _END_OF_PARAGRAPH.match(self._body, one.end):
            return _put(one, address)
        starts = before.rpartition(b"\n")[2].strip()
        ends = _LINE_END.match(self._body, one.end)
        first, last = b"" if not starts else self._newline, b"" if ends else self._newline
        return _put(one, first + address + last)

    def _code(self, one: Shortcode, said: Attributes) -> Edit:
        text, language, unsaid = code(said, self._content(one))
        if not self._is_markdown:
            self._lost(one, unsaid)
            return self._without_paragraph(one, preformatted(text, language))
        ends = _LINE_END.match(self._body, one.end)
        if not ends or self._body[max(one.start - 1, 0) : one.start] not in (b"", b"\n"):
            raise Kept("it stands within a line, where Markdown can't show it as a block")
        self._lost(one, unsaid)
        fence = max([b"```", *(run + b"`" for run in _BACKTICKS.findall(text))], key=len)
        lines = (fence + language, text, fence)
        before = self._body[max(one.start - _LONGEST, 0) : one.start]
        is_apart = not before.strip() or _ENDS_BLANK.search(before) is not None
        made = (b"" if is_apart else self._newline) + self._newline.join(lines)
        return self._before_blank_line(one, made)

    def _without_paragraph(self, one: Shortcode, new: bytes) -> Edit:
        """Take a paragraph away that holds nothing else, as shortcode_unautop() does."""
        before = _PARAGRAPH.search(self._body, max(one.start - _LONGEST, 0), one.start)
        behind = _END_OF_PARAGRAPH.match(self._body, one.end)
        if before and behind:
            return Edit(before.start(), behind.end(), new)
        return _put(one, new)

    def _before_blank_line(self, one: Shortcode, new: bytes) -> Edit:
        """Let what begins a line in Markdown end there, so that the next lines are read as such."""
        starts_line = self._body[max(one.start - 1, 0) : one.start] in (b"", b"\n")
        if not starts_line or _BLANK_LINE.match(self._body, one.end):
            return _put(one, new)
        line_end = _LINE_END.match(self._body, one.end)
        return _put(one, new + self._newline * (1 if line_end else 2))

    def _is_link(self, one: Shortcode, said: Attributes) -> bool:
        """Say whether it is a link or an image of Markdown that is called like a shortcode."""
        if not self._is_markdown or said.named:
            return False
        following = self._body[one.opener_end : one.opener_end + 1]
        return following in (b"(", b":") or (following == b"[" and one.content is None)

    def _unknown(self, one: Shortcode, said: Attributes) -> None:
        if (said.named or one.content) and not self._is_link(one, said):
            self._note("rewrite-shortcode-unknown", one, "is none of WordPress's own; it stayed")

    def _lost(self, one: Shortcode, unsaid: list[bytes]) -> None:
        if unsaid:
            names = ", ".join(f"`{name.decode('utf-8', 'replace')}`" for name in unsaid)
            self._note("rewrite-shortcode-attribute", one, f"became something without {names}")

    def _note(self, noted: str, one: Shortcode, message: str) -> None:
        said = f"`[{one.name.decode('utf-8', 'replace')}]` {message}"
        self._notes.setdefault((noted, said), one.start)

    def _content(self, one: Shortcode) -> bytes:
        return self._body[slice(*one.content)] if one.content else b""


def _put(one: Shortcode, new: bytes) -> Edit:
    return Edit(one.start, one.end, new)
