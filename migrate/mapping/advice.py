"""What a look at a record tells about rewrites that nobody asked for, and so weren't made."""

from __future__ import annotations

import re
from typing import Final

from migrate.model.finding import Finding, Note
from migrate.model.post import Post

_ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def advise(post: Post, note: Note) -> None:
    """Note what a rewrite rule would mend; the record stays as it is."""
    if post.title and "&" in post.title and _ENTITY.search(post.title):
        note(
            Finding(
                "mapping-entities",
                "the title holds HTML entities, kept as they are",
                field="title",
                fix="The rewrite rule `entities` would decode them",
            )
        )
