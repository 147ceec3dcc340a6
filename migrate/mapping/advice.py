"""What a look at a record tells about rewrites that nobody asked for, and so weren't made."""

from __future__ import annotations

from typing import Final

from migrate.model.finding import Finding, Note
from migrate.model.post import ContentFormat, Post
from migrate.model.rows import NoteRows, Rows
from migrate.patterns import pattern

_ENTITY: Final = pattern(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


_MARKUPS: Final = {"markdown": "Markdown", "rst": "reStructuredText"}
"""What a body can be that WordPress would show as it stands, by the rule that makes HTML of it."""


def advise(post: Post, note: Note, *, to_wordpress: bool) -> None:
    """Note what a rewrite rule would mend; the record stays as it is.

    With `to_wordpress` it is bound for a WXR file or a live site, where bodies are HTML.
    """
    if post.title and _holds_entity(post.title):
        note(_title_holds_entities())
    if to_wordpress and post.content_format in _MARKUPS and (post.content or b"").strip():
        note(_body_is(post.content_format))


def advise_rows(rows: Rows, note: NoteRows, *, to_wordpress: bool) -> None:
    """Note the same of records beside one another."""
    titles = rows.column("title")
    if named := [at for at, title in enumerate(titles) if title and _holds_entity(title)]:
        note(_title_holds_entities(), named)
    bodies = zip(rows.kind_of, rows.contents, strict=True) if to_wordpress else ()
    of_format: dict[ContentFormat, list[int]] = {}
    for at, (kind, body) in enumerate(bodies):
        kept = rows.kinds[kind].content_format
        if kept in _MARKUPS and body.strip():
            of_format.setdefault(kept, []).append(at)
    for form, places in of_format.items():
        note(_body_is(form), places)


def _holds_entity(title: str) -> bool:
    return "&" in title and _ENTITY.search(title) is not None


def _title_holds_entities() -> Finding:
    return Finding(
        "mapping-entities",
        "the title holds HTML entities, kept as they are",
        field="title",
        fix="The rewrite rule `entities` would decode them",
    )


def _body_is(form: str) -> Finding:
    return Finding(
        f"mapping-body-is-{form}",
        f"the body is {_MARKUPS[form]}, which WordPress would show as it is",
        field="content",
        fix=f"Run again with --rewrite {form}, which makes HTML of it",
    )
