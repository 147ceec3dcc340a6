"""Tags of template languages in a body: Liquid's, Nunjucks's and Hugo's, kept whole.

They are taken out as words that no markup language touches and put back behind it, so that
`{{ site.url }}` in an address and `{% include a_b_c.html %}` come through as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from migrate.patterns import pattern

_OPENER: Final = pattern(r"\{(?:\{[<%]?|%|#(?=[ -]))")
_CLOSERS: Final = {
    "{{": ("}}",), "{{<": (">}}", "}}"), "{{%": ("%}}", "}}"), "{%": ("%}",), "{#": ("#}",),
}  # fmt: skip
_HIGHLIGHT: Final = pattern(r"\{%-?[ \t]*highlight[ \t]")
_END_OF_HIGHLIGHT: Final = pattern(r"\{%-?[ \t]*endhighlight[ \t]*-?%\}")
_NAME: Final = pattern(r"\{(?:\{[<%]?|%)[-~]?\s*+([/\w.-]+)")


class TemplateTag(NamedTuple):
    """One tag, or a whole Liquid block of code: characters `start` to `end`."""

    start: int
    end: int
    text: str

    @property
    def name(self) -> str:
        """What the tag is called, or the first word in it."""
        found = _NAME.match(self.text)
        return found[1] if found else ""


def find(text: str) -> Iterator[TemplateTag]:
    """Give the tags in order; one ends in the paragraph in which it starts."""
    at, edges = 0, _Edges(text)
    while found := _OPENER.search(text, at):
        end = edges.end_of(found)
        at = end or found.end()
        if end:
            yield TemplateTag(found.start(), end, text[found.start() : end])


class _Edges:
    """Finds the end of tags; what was looked for in vain isn't looked for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraph_end = 0
        self._next: dict[str, int] = {}
        self._highlights_end = _END_OF_HIGHLIGHT.search(text) is not None

    def end_of(self, opener: re.Match[str]) -> int:
        """Give where the tag ends; 0 if it doesn't."""
        if self._highlights_end and _HIGHLIGHT.match(self._text, opener.start()):
            found = _END_OF_HIGHLIGHT.search(self._text, opener.end())
            self._highlights_end = found is not None
            if found:
                return found.end()
        for closer in _CLOSERS[opener[0]]:
            at = self._find(closer, opener.end())
            if at >= 0 and at < self._end_of_paragraph(opener.end()):
                return at + len(closer)
        return 0

    def _find(self, closer: str, at: int) -> int:
        known = self._next.get(closer, 0)
        if 0 <= known < at:
            known = self._next[closer] = self._text.find(closer, at)
        return known

    def _end_of_paragraph(self, at: int) -> int:
        if self._paragraph_end < at:
            end = self._text.find("\n\n", at)
            self._paragraph_end = len(self._text) if end < 0 else end
        return self._paragraph_end


class Held:
    """A text whose tags are words of letters and digits for a while."""

    def __init__(self, text: str) -> None:
        """Take them out; `text` is what is left, `tags` what was taken."""
        self.tags = list(find(text)) if "{" in text else []
        self._word = _unused(text)
        pieces, done = list[str](), 0
        for number, tag in enumerate(self.tags):
            pieces += (text[done : tag.start], f"{self._word}{number}x")
            done = tag.end
        self.text = "".join([*pieces, text[done:]])
        self._words = re.compile(rf"{self._word}(\d+)x")

    def put_back(self, text: str, spelled: Callable[[TemplateTag], str]) -> str:
        """Give a text with the tags in their places, each as `spelled` wants it."""
        if not self.tags:
            return text
        tags = self.tags
        return self._words.sub(
            lambda found: spelled(tags[int(found[1])]) if int(found[1]) < len(tags) else found[0],
            text,
        )

    def shown_whole(self, html: str) -> str:
        """Give HTML in which a paragraph that is one tag of several lines keeps these lines."""
        if not any("\n" in tag.text for tag in self.tags):
            return html
        return re.sub(rf"<p>({self._word}(\d+)x)</p>", self._preformatted, html)

    def _preformatted(self, found: re.Match[str]) -> str:
        tag = self.tags[int(found[2])] if int(found[2]) < len(self.tags) else None
        return f"<pre>{found[1]}</pre>" if tag and "\n" in tag.text else found[0]

    def numbers(self, text: str) -> set[int]:
        """Give which of the tags stand in a text."""
        if not self.tags:
            return set()
        return {at for found in self._words.findall(text) if (at := int(found)) < len(self.tags)}


def _unused(text: str) -> str:
    word = "xtag"
    while word in text:
        word += "x"
    return word
