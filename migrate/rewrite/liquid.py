"""`liquid`: what Jekyll's tags in a body stand for, where that is known."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import ClassVar, Final

from migrate.model.post import ContentFormat
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import Rule
from migrate.rewrite.tag_notes import note_tags
from migrate.syntax.html_markup import scan
from migrate.syntax.liquid import Meaning, end_of_raw, meaning
from migrate.syntax.template_tags import TemplateTag, find

_BACKTICKS: Final = re.compile(r"`{3,}")
_OPENERS: Final = re.compile(r"\{(?=[{%])")


class Liquid(Rule):
    """Leaves code alone, though Jekyll would look into it: what it shows is what is meant."""

    looks_for = "Liquid's tags in bodies of Jekyll or Eleventy"
    does = "puts what they stand for in their place: code, addresses, the post's title"
    bodies: ClassVar[frozenset[ContentFormat]] = frozenset({"html", "markdown"})
    needs_addresses = True
    mends = False

    def __init__(self, url: str = "", baseurl: str = "") -> None:
        """Take `site.url` and `site.baseurl` as they are to be; empty makes addresses relative."""
        self._site = {"url": url, "baseurl": baseurl}

    def rewrite(self, draft: Draft) -> None:
        """Replace the known tags; name the others."""
        if b"{%" not in draft.body and b"{{" not in draft.body:
            return
        try:
            text = draft.body.decode("utf-8")
        except UnicodeDecodeError:
            return
        body = _Body(draft, text, self._site)
        changes = list(body.changes())
        note_tags(draft, body.unknown, "rewrite-liquid-unknown")
        draft.edit(_in_bytes(text, changes), "Liquid tag replaced")


Change = tuple[int, int, str]
"""Characters from … to …, and what stands there instead."""


class _Body:
    """The tags of one body, one after the other."""

    def __init__(self, draft: Draft, text: str, site: dict[str, str]) -> None:
        self._draft = draft
        self._text = text
        self._site = site
        self._code = _Code(draft.body, text, markdown=draft.post.content_format == "markdown")
        self.unknown: list[TemplateTag] = []

    def changes(self) -> Iterator[Change]:
        """Give what is to be replaced, in order."""
        tags, done, raw_ends = list(find(self._text)), 0, True
        for at, tag in enumerate(tags):
            if tag.start < done:
                continue
            said = meaning(tag)
            if said.kind == "raw" and raw_ends:
                end = end_of_raw(self._text, tag.end)
                raw_ends = end is not None
                if end:
                    yield from self._raw(tag, end)
                    done = end[1]
            elif not self._code.holds(tag):
                behind = tags[at + 1] if at + 1 < len(tags) else None
                yield from self._change(tag, said, behind)

    def _change(self, tag: TemplateTag, said: Meaning, behind: TemplateTag | None) -> list[Change]:
        new = self._replaced(tag, said, behind)
        if new is None:
            self.unknown.append(tag)
            return []
        return [(tag.start, tag.end, new)]

    def _replaced(self, tag: TemplateTag, said: Meaning, behind: TemplateTag | None) -> str | None:
        """Give what stands for the tag; None where that isn't known."""
        match said.kind:
            case "highlight":
                return self._highlighted(tag, said)
            case "post":
                return self._address(said.what)
            case "site":
                whole = behind is not None and behind.start == tag.end and self._is_whole(behind)
                return "" if whole else _plain(self._site[said.what])
            case "path":
                parts = [self._site[name] for name in said.what.split()]
                return _plain("".join([*parts, said.text]))
            case "page":
                return _plain(self._of_page(said.what))
        return None

    def _is_whole(self, behind: TemplateTag) -> bool:
        """Say whether the tag behind one that names the site becomes a whole address by itself."""
        said = meaning(behind)
        if said.kind == "site":
            return False
        return said.kind == "post" and "://" in (self._address(said.what) or "")

    def _address(self, name: str) -> str | None:
        addresses = self._draft.addresses
        return _plain(addresses.new_address(name) if addresses else None)

    def _of_page(self, what: str) -> str | None:
        post = self._draft.post
        if what == "title":
            return post.title
        return self._address(post.provenance.path) or post.link

    def _highlighted(self, tag: TemplateTag, said: Meaning) -> str:
        line = self._text[self._text.rfind("\n", 0, tag.start) + 1 : tag.start]
        if self._draft.post.content_format == "markdown" and not line:
            fence = max(["```", *(f"{found}`" for found in _BACKTICKS.findall(said.text))], key=len)
            return f"{fence}{said.what}\n{said.text}\n{fence}"
        code = html.escape(said.text, quote=False).replace("{", "&#123;")
        code = re.sub(r"\n(?=[^\S\n]*+\n)", "&#10;", code) if line else code
        return f'<pre><code class="language-{said.what}">{code}</code></pre>'

    def _raw(self, opener: TemplateTag, closer: tuple[int, int]) -> Iterator[Change]:
        """Take the two tags away and make tags between them plain text, but for those in code."""
        inner = self._text[opener.end : closer[0]]
        left = [TemplateTag(opener.end + t.start, opener.end + t.end, t.text) for t in find(inner)]
        if any(tag.name == "raw" for tag in left):
            self.unknown.append(opener)
            return
        yield (opener.start, opener.end, "")
        for tag in left:
            if not self._code.holds(tag):
                yield (tag.start, tag.end, _OPENERS.sub("&#123;", tag.text))
        yield (*closer, "")


class _Code:
    """Where a body shows code, in characters."""

    def __init__(self, body: bytes, text: str, *, markdown: bool) -> None:
        self._body = body
        self._text = text
        self._spans = sorted(scan(body, markdown=markdown).raw)
        self._starts = [start for start, _ in self._spans]
        self._known = (0, 0)

    def holds(self, tag: TemplateTag) -> bool:
        """Say whether a tag stands in code; asked in order."""
        start, at = self._known
        at += len(self._text[start : tag.start].encode("utf-8"))
        self._known = (tag.start, at)
        number = bisect_right(self._starts, at) - 1
        if number < 0 or at >= self._spans[number][1]:
            return False
        span = self._body[slice(*self._spans[number])]
        return not (tag.name == "highlight" and span.lstrip(b" \t").startswith(b"{%"))


def _plain(text: str | None) -> str | None:
    """Give a text that can stand for a tag: one that is no tag itself."""
    return None if text is None or "{{" in text or "{%" in text else text


def _in_bytes(text: str, changes: list[Change]) -> Iterator[Edit]:
    done = at = 0
    for start, end, new in changes:
        first = at + len(text[done:start].encode("utf-8"))
        at, done = first + len(text[start:end].encode("utf-8")), end
        yield Edit(first, at, new.encode("utf-8"))
