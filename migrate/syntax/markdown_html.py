"""Markdown to HTML as WordPress stores it: CommonMark with what the site generators add to it.

markdown-it-py reads it: it keeps to CommonMark's specification and its test suite, and each thing
that a tool adds is a rule by itself.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from migrate.syntax.autop_proof import autop_proof
from migrate.syntax.markdown_attributes import attribute_lists
from migrate.syntax.markdown_flavours import Flavour
from migrate.syntax.template_tags import Held, TemplateTag

DEEPEST: Final = 100
"""How deep lists and quotations may lie in each other; the parser drops what lies deeper."""

MOST_BRACKETS: Final = 500
"""How many square brackets may be open at once: the parser's time grows with their square."""

_BRACKET: Final = re.compile(r"[\[\]]")
_CODE_TOKENS: Final = ("fence", "code_block", "code_inline")
_CODEHILITE: Final = re.compile(r"(?::::|#!)([\w#.+-]++)[^\n]*+\n")
_ANCHOR: Final = re.compile(r"\]\(#([^)\s]+)|href=[\"']#([^\"']+)")
_NOT_IN_ID: Final = re.compile(r"[^\w\- ]")


class Rendered(NamedTuple):
    """The HTML, and the template tags that stand in it outside code."""

    html: bytes
    tags: list[TemplateTag]


def to_html(
    markdown: str, flavour: Flavour = "commonmark", *, for_wordpress: bool = True
) -> Rendered | None:
    """Give a Markdown text as HTML; None where its parts lie in each other too deep to be read.

    It is spelled `for_wordpress`, or as the parser does, which is quicker.
    """
    if _brackets_open(markdown) > MOST_BRACKETS:
        return None
    held = Held(markdown.replace("\r\n", "\n").replace("\r", "\n"))
    parser, env = _parser(flavour), dict[str, Any]()
    tokens = parser.parse(held.text, env)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return None
    in_text = _tags_in_text(tokens, held)
    made = held.shown_whole(parser.renderer.render(tokens, parser.options, env))
    whole = held.put_back(made, _escaped).encode("utf-8")
    tags = [held.tags[number] for number in sorted(in_text)]
    return Rendered(autop_proof(whole) if for_wordpress else whole, tags)


class _Parser(MarkdownIt):
    """Leaves addresses as they are written: `{filename}/tide.md` stays that."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's name
        return link


def _escaped(tag: TemplateTag) -> str:
    return html.escape(tag.text)


def _brackets_open(text: str) -> int:
    """Give the most square brackets that are open at one place."""
    most = now = 0
    if text.count("[") <= MOST_BRACKETS:
        return now
    for found in _BRACKET.finditer(text):
        now = now + 1 if found[0] == "[" else max(now - 1, 0)
        most = max(most, now)
    return most


@functools.cache
def _parser(flavour: Flavour) -> MarkdownIt:
    md = _Parser("commonmark", {"html": True, "maxNesting": DEEPEST})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    md.core.ruler.push("wanted_ids", _wanted_ids)
    if flavour != "commonmark":
        md.use(deflist_plugin)
        md.use(attribute_lists, of_headings_alone=flavour == "goldmark")
    if flavour in ("goldmark", "kramdown"):
        md.use(tasklists_plugin)
    if flavour == "goldmark":
        md.use(gfm_autolink_plugin)
    if flavour == "python-markdown":
        md.core.ruler.after("block", "codehilite", _codehilite)
    return md


def _wanted_ids(state: StateCore) -> None:
    """Give headings the ids that site generators do, where a link in the body wants them."""
    wanted = {first or second for first, second in _ANCHOR.findall(state.src)}
    if not wanted:
        return
    for opener, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opener.type == "heading_open" and "id" not in opener.attrs:
            text = "".join(t.content for t in inline.children or () if t.type != "html_inline")
            made = _NOT_IN_ID.sub("", text.lower()).strip().replace(" ", "-")
            if made in wanted:
                opener.attrSet("id", made)
                wanted.discard(made)


def _codehilite(state: StateCore) -> None:
    """Take `:::python` for the language of an indented code block (Python-Markdown)."""
    for token in state.tokens:
        if token.type == "code_block" and (found := _CODEHILITE.match(token.content)):
            token.type, token.info = "fence", found[1]
            token.content = token.content[found.end() :]


def _tags_in_text(tokens: Sequence[Token], held: Held) -> set[int]:
    """Give the numbers of the tags that aren't shown as code."""
    found: set[int] = set()
    for token in tokens:
        if token.children:
            found |= _tags_in_text(token.children, held)
        elif token.type not in _CODE_TOKENS and token.type != "inline":
            found |= held.numbers(token.content)
        for value in token.attrs.values():
            found |= held.numbers(str(value))
    return found
