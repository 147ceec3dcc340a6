"""`to-markdown`: HTML bodies become Markdown; what Markdown can't say stays HTML in it."""

from __future__ import annotations

from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule
from migrate.syntax.autop import autop
from migrate.syntax.measures import MOST_TAGS_TO_MARKDOWN, has_too_many_tags


class ToMarkdown(Rule):
    """Turns whole bodies, as WordPress shows them: with the paragraphs that it adds."""

    looks_for = "bodies in HTML"
    does = "turns them into Markdown that says the same; what Markdown can't say stays HTML in it"
    way_back = "the rule `markdown`, which gives the same elements and text"
    mends = False
    is_too_much = staticmethod(has_too_many_tags)

    def rewrite(self, draft: Draft) -> None:
        """Turn the body into Markdown; name one that has to stay HTML."""
        if draft.post.content is None:
            return
        from migrate.syntax.markdown_text import to_markdown  # noqa: PLC0415 - start-up is kept short

        try:
            text = draft.body.decode("utf-8")
        except UnicodeDecodeError:
            return
        has_blocks = "<!-- wp:" in text
        shown = (text if has_blocks else autop(text)).encode("utf-8")
        if has_too_many_tags(shown, MOST_TAGS_TO_MARKDOWN):
            draft.note_too_much()
            return
        written = to_markdown(shown)
        if written is None:
            draft.note("rewrite-to-markdown-left", "no Markdown says the same as this body")
            return
        if has_blocks and b"/-->" in draft.body:
            draft.note(
                "rewrite-block-left",
                "a block that WordPress fills when it shows the post stayed a comment",
                at=draft.body.find(b"/-->"),
            )
        if written.kept:
            draft.note("rewrite-html-kept", "a block that Markdown can't say stayed HTML")
        draft.convert(written.text.encode("utf-8"), "markdown", "HTML became Markdown")
