"""How much heads and bodies may hold, so that none of 1 MB takes longer than 2 s.

What a conversion costs goes by the marks in a body more than by its length: a tag or a delimiter
takes a library as long as a hundred letters. Real bodies hold some 14 tags a KB. Whoever sends a
megabyte of nothing but tags gets it back as it is, and named.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.errors import RecordError

MOST_VALUES: Final = 25_000
"""Keys, texts, lists and maps that a head may hold; each takes up to 50 µs until it is read."""

MOST_LINES: Final = 20_000
"""Lines of a head in TOML or of `Key: value`."""

MOST_TAGS: Final = 30_000
"""How many `<` a body in HTML may hold whose paragraphs are shaped."""

MOST_LINE_ENDS: Final = 70_000
"""How many line ends it may hold, each of which may become a break."""

MOST_BRACKETS: Final = 150_000
"""How many `[` it may hold, each of which may begin a shortcode."""

MOST_TAGS_TO_MARKDOWN: Final = 10_000
"""How many `<` one may hold that becomes Markdown, which is rendered again to compare."""

MOST_MARKS: Final = 60_000
"""How many signs a body in Markdown may hold that mean something there, line ends among them."""

MOST_MARKS_OF_RST: Final = 15_000
"""The same for reStructuredText, where what may be a reference counts five times.

For each that leads nowhere docutils writes a message, and looks for it in all others.
"""

MOST_STEPS_OF_RST: Final = 40_000_000
"""Letters that docutils may look at to find mail addresses and references in long words.

Behind each sign where one may begin it reads on to the word's end. By itself it refuses lines of
over 10,000 letters; such a line is a paragraph here as any other.
"""

LONGEST_HELD_BY_RST: Final = 250_000_000
"""Bytes that docutils may hold: at each address in a paragraph it keeps the rest of that."""

MOVE: Final = "Put what isn't about the post into a file of its own"
"""What helps a head that holds too much."""

LONGEST_SCAN: Final = 10_000_000_000
"""Bytes that markdown-it-py may copy: for each `<` and `&` it takes the rest of the paragraph."""

_MARKS: Final = b"\n\t!#$%&*+-:<=>@[\\]^_`{|}~"
_MARKS_OF_RST: Final = b"\n*:@_`|"
_REFERENCES_OF_RST: Final = b"*_`|"
_BEGINNINGS_OF_RST: Final = b"'-/:{"
_LONG_WORD: Final = 50
_DEEPEST_OF_RST: Final = 1_000  # where Python ends it, and the body stays
_BLANK_LINE: Final = re.compile(rb"\n[ \t]*+\n")


def has_too_many_tags(html: bytes, most: int = MOST_TAGS) -> bool:
    """Say whether a body in HTML holds more tags, or line ends, than a conversion takes on."""
    if len(html) <= most:
        return False
    return html.count(b"<") > most or html.count(b"\n") > MOST_LINE_ENDS


def has_too_many_brackets(text: bytes) -> bool:
    """Say whether a body holds more of what may be shortcodes than a conversion takes on."""
    return text.count(b"[") > MOST_BRACKETS


def is_too_much_markdown(text: bytes) -> bool:
    """Say whether a body in Markdown holds more markup than its conversion takes on."""
    if _marks(text, _MARKS) > MOST_MARKS:
        return True
    copied = len(text) * (text.count(b"<") + text.count(b"&"))
    if copied <= LONGEST_SCAN:
        return False
    longest = max(map(len, _BLANK_LINE.split(text)))
    return longest * (text.count(b"<") + text.count(b"&")) > LONGEST_SCAN


def is_too_much_rst(text: bytes) -> bool:
    """Say whether a body in reStructuredText holds more markup than its conversion takes on."""
    references = _marks(text, _REFERENCES_OF_RST)
    if _marks(text, _MARKS_OF_RST) + 4 * references > MOST_MARKS_OF_RST:
        return True
    addresses = text.count(b":") + text.count(b"@")
    if len(text) * min(addresses, _DEEPEST_OF_RST) > LONGEST_HELD_BY_RST:
        longest = max(map(len, _BLANK_LINE.split(text)))
        if longest * min(addresses, _DEEPEST_OF_RST) > LONGEST_HELD_BY_RST:
            return True
    long_words = (word for word in text.split() if len(word) > _LONG_WORD)
    return sum(len(word) * _marks(word, _BEGINNINGS_OF_RST) for word in long_words) > (
        MOST_STEPS_OF_RST
    )


def refuse_long(head: str) -> None:
    """Raise RecordError for a head of more lines than that."""
    if head.count("\n") > MOST_LINES:
        what = f"the front matter has more than {MOST_LINES:,} lines"
        raise RecordError("source-front-matter-syntax", what, fix=MOVE)


def _marks(text: bytes, marks: bytes) -> int:
    return len(text) - len(text.translate(None, marks))
