"""What a look at a record tells about rewrites that nobody asked for, and so weren't made."""

from __future__ import annotations

from typing import Final

from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.patterns import pattern

_ENTITY: Final = pattern(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


_MARKUPS: Final = {"markdown": "Markdown", "rst": "reStructuredText"}
"""What a body can be that WordPress would show as it stands, by the rule that makes HTML of it."""


def advise(post: Post, note: Note, *, to_wordpress: bool) -> None:
    """Note what a rewrite rule would mend; the record stays as it is.

    With `to_wordpress` it is bound for a WXR file or a live site, where bodies are HTML.
    """
    if post.title and "&" in post.title and _ENTITY.search(post.title):
        note(
            Finding(
                "mapping-entities",
                "the title holds HTML entities, kept as they are",
                field="title",
                fix="The rewrite rule `entities` would decode them",
            )
        )
    if to_wordpress and post.content_format in _MARKUPS and (post.content or b"").strip():
        note(
            Finding(
                f"mapping-body-is-{post.content_format}",
                f"the body is {_MARKUPS[post.content_format]}, which WordPress would show as it is",
                field="content",
                fix=f"Run again with --rewrite {post.content_format}, which makes HTML of it",
            )
        )
