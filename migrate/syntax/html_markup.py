"""HTML's tags in a body, and the places whose text is no markup, found without a parse tree.

After the tokenizer of the HTML standard, as far as it matters for bodies: a `>` in a quoted
attribute ends no tag, a tag in a comment or a script is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, NamedTuple

RAW: Final = frozenset({b"pre", b"code", b"script", b"style", b"textarea", b"xmp", b"svg", b"math"})
"""Elements whose content no rule touches: shown or run as it stands, or another language."""

_TOKEN: Final = re.compile(
    rb"""<(?: !-- | !\[CDATA\[ | [!?]
      | (/?) ([A-Za-z][^\s/>]*)
        (?: [\s/]++
          | [^\s/>][^\s/>=]*+ (?: \s*+ = \s*+ (?: "[^"]*" | '[^']*' | [^\s"'>][^\s>]*+ ) )?
        )*+
        > )""",
    re.VERBOSE,
)


class Tag(NamedTuple):
    """One tag: bytes `start` to `end`; `name` is in small letters."""

    start: int
    end: int
    name: bytes
    is_end: bool
    is_self_closing: bool


@dataclass(slots=True)
class Markup:
    """The tags of a body in order, and the spans `raw` that belong to nobody's markup.

    A comment, a CDATA section, a processing instruction, and the content of an element in RAW is
    raw. What opens and never closes is raw to the end.
    """

    tags: list[Tag] = field(default_factory=list)
    raw: list[tuple[int, int]] = field(default_factory=list)
    _taken: list[int] | None = None

    def is_text(self, position: int) -> bool:
        """Say whether a byte stands in text: neither inside a tag nor in a raw span."""
        if self._taken is None:
            spans = sorted([*self.raw, *((tag.start, tag.end) for tag in self.tags)])
            self._taken = [edge for span in spans for edge in span]
        return bisect_right(self._taken, position) % 2 == 0


def scan(body: bytes) -> Markup:
    """Give the tags and raw spans of an HTML body; any bytes will do."""
    markup, at = Markup(), 0
    while found := _TOKEN.search(body, at):
        start, at = found.span()
        if found[2] is None:
            at = _end_of_raw(body, start, found[0])
            markup.raw.append((start, at))
            continue
        tag = _tag(found)
        markup.tags.append(tag)
        if tag.name in RAW and not tag.is_end and not tag.is_self_closing:
            at = _end_of_element(body, at, tag.name)
            markup.raw.append((tag.end, at))
    return markup


def _tag(found: re.Match[bytes]) -> Tag:
    text = found[0]
    return Tag(*found.span(), found[2].lower(), bool(found[1]), text.endswith(b"/>"))


def _end_of_raw(body: bytes, start: int, opener: bytes) -> int:
    if opener == b"<!--":
        closer, behind = b"-->", start + 2  # `<!-->` is a whole comment
    elif opener == b"<![CDATA[":
        closer, behind = b"]]>", start
    else:
        closer, behind = b">", start
    end = body.find(closer, behind)
    return len(body) if end < 0 else end + len(closer)


def _end_of_element(body: bytes, at: int, name: bytes) -> int:
    found = re.compile(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE).search(body, at)
    return found.start() if found else len(body)
