"""Attribute lists in Markdown: `{: .note #tide}` of kramdown and Python-Markdown, Hugo's `{#tide}`.

A list of a block stands on a line of its own, right below it or right above it; one that isn't
indented belongs to the outermost block that it touches, so to a whole list or quotation. A list of
a span follows a link, an image or code. Attributes that run a script are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_LIST: Final = re.compile(r"\{:(?!:)([^{}\n]*)\}")
_OWN_LINE: Final = re.compile(r"(?:^|\n)\{:(?!:)([^{}\n]*)\}[ \t]*$")
_FIRST_LINE: Final = re.compile(r"\{:(?!:)([^{}\n]*)\}[ \t]*\n")
_AT_END_OF_HEADING: Final = re.compile(r"(?<![ \t])[ \t]++\{:?([ \t]*+[#.][^{}\n]*+)\}[ \t]*+$")
_ATTRIBUTE: Final = re.compile(
    r"""([#.])([^\s\#.{}"'=]+)
    |([A-Za-z_:][\w:.-]*)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))
    |[A-Za-z_:][\w:-]*+""",
    re.VERBOSE,
)


def attribute_lists(md: MarkdownIt, *, of_headings_alone: bool = False) -> None:
    """Teach a parser attribute lists; Goldmark, as Hugo sets it, knows those of headings alone."""
    md.core.ruler.after("block", "heading_attributes", _headings)
    if not of_headings_alone:
        md.core.ruler.after("block", "block_attributes", _blocks)
        md.inline.ruler.push("span_attributes", _span)


def _headings(state: StateCore) -> None:
    for opener, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opener.type == "heading_open" and (found := _AT_END_OF_HEADING.search(inline.content)):
            inline.content = inline.content[: found.start()]
            _give(opener, found[1])


def _blocks(state: StateCore) -> None:
    tokens, lines, gone, outermost = state.tokens, state.src.split("\n"), set[int](), None
    for at, token in enumerate(tokens):
        outermost = token if token.level == 0 and token.nesting == 1 else outermost
        if token.type != "inline" or tokens[at - 1].type != "paragraph_open":
            continue
        paragraph = tokens[at - 1]
        if found := _FIRST_LINE.match(token.content):
            _give(paragraph, found[1])
            token.content = token.content[found.end() :]
        if not (found := _OWN_LINE.search(token.content)):
            continue
        token.content = token.content[: found.start()]
        if token.content:
            is_lazy = _last_line(token, lines).startswith("{:")
            _give((outermost if is_lazy else None) or paragraph, found[1])
        elif owner := _neighbour(tokens, at):
            _give(owner, found[1])
            gone |= {at - 1, at, at + 1}
        else:
            token.content = found[0]
    if gone:
        state.tokens = [token for at, token in enumerate(tokens) if at not in gone]


def _last_line(inline: Token, lines: list[str]) -> str:
    return lines[inline.map[1] - 1] if inline.map else ""


def _neighbour(tokens: list[Token], at: int) -> Token | None:
    """Give the block right above or right below the paragraph round the token at `at`."""
    level, (first, behind) = tokens[at - 1].level, tokens[at].map or (-1, -1)
    above = at - 2
    while above >= 0 and not _starts(tokens[above], level):
        above -= 1
    near = (*tokens[max(above, 0) : above + 1], *tokens[at + 2 : at + 3])
    touching = (t for t in near if t.map and (t.map[1] == first or t.map[0] == behind))
    return next(touching, None)


def _starts(token: Token, level: int) -> bool:
    return token.level <= level and token.nesting >= 0 and token.map is not None


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    found = _LIST.match(state.src, state.pos)
    owner = _spanned(state.tokens)
    if not found or owner is None:
        return False
    if not silent:
        _give(owner, found[1])
    state.pos = found.end()
    return True


def _spanned(tokens: list[Token]) -> Token | None:
    last = tokens[-1]
    if last.type in ("image", "code_inline"):
        return last
    if last.type != "link_close":
        return None
    return next((t for t in reversed(tokens) if t.type == "link_open"), None)


def _give(token: Token, text: str) -> None:
    for name, value in _attributes(text):
        if name == "class":
            token.attrJoin("class", value)
        elif not name.lower().startswith("on"):
            token.attrSet(name, value)


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    for sign, word, name, *values in _ATTRIBUTE.findall(text):
        if sign or name:  # else it is a word that says nothing
            yield ({"#": "id", ".": "class"}[sign], word) if sign else (name, "".join(values))
