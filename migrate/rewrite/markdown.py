"""`markdown`: Markdown bodies become HTML as WordPress stores it."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from migrate.errors import MappingError
from migrate.model.post import ContentFormat
from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule
from migrate.rewrite.tag_notes import note_tags
from migrate.syntax.markdown_flavours import FLAVOURS, Flavour
from migrate.syntax.measures import is_too_much_markdown

_LEFT: Final = {
    "a table of contents": re.compile(rb"(?m)^[*+-] TOC$|^1\. TOC$|^\[TOC\]$"),
    "Markdown inside an HTML element": re.compile(rb"<[a-zA-Z][^<>]*\smarkdown=[\"']?(?:1|span|b)"),
}


class Markdown(Rule):
    """Turns whole bodies; what belongs to a template language comes through as text."""

    looks_for = "bodies in Markdown: CommonMark with tables, footnotes, fenced code and HTML"
    does = "turns them into HTML that WordPress shows as it is"
    way_back = "the rule `to-markdown`, which spells Markdown its own way"
    bodies: ClassVar[frozenset[ContentFormat]] = frozenset({"markdown"})
    mends = False
    is_too_much = staticmethod(is_too_much_markdown)

    def __init__(self, flavour: Flavour = "commonmark") -> None:
        """Take the Markdown of a tool for `flavour`; MappingError where there is no such one."""
        if flavour not in FLAVOURS:
            raise MappingError(
                f"there is no Markdown {flavour!r}", fix=f"Known: {', '.join(FLAVOURS)}"
            )
        self._flavour: Flavour = flavour

    def rewrite(self, draft: Draft) -> None:
        """Turn the body into HTML, and name what stayed text."""
        if draft.post.content is None:
            return
        from migrate.syntax.markdown_html import to_html  # noqa: PLC0415 - start-up is kept short

        try:
            rendered = to_html(draft.body.decode("utf-8"), self._flavour)
        except UnicodeDecodeError:
            return
        if rendered is None:
            draft.note("rewrite-body-deep", "lists lie in each other too deep to be turned")
            return
        note_tags(draft, rendered.tags, "rewrite-template-tag")
        for what, pattern in _LEFT.items():
            if found := pattern.search(draft.body):
                draft.note("rewrite-markdown-left", f"{what} was left", at=found.start())
        draft.convert(rendered.html, "html", "Markdown became HTML")
