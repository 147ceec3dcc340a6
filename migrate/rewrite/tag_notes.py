"""Notes about the tags of a template language that a body keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from migrate.rewrite.draft import Draft
from migrate.rewrite.quoting import quoting
from migrate.syntax.template_tags import TemplateTag

MOST_NAMES: Final = 20
"""How many tags of a post are named; the rest are counted."""

LONGEST: Final = 80
"""How many characters of a tag are shown."""


def note_tags(draft: Draft, tags: Iterable[TemplateTag], code: str) -> None:
    """Note tags that stay, each name once, at its first place."""
    from textwrap import shorten  # noqa: PLC0415 - start-up is kept short

    first: dict[str, TemplateTag] = {}
    for tag in tags:
        first.setdefault(tag.name, tag)
    for tag in list(first.values())[:MOST_NAMES]:
        at = draft.body.find(tag.text.encode("utf-8"))
        said = shorten(tag.text, LONGEST, placeholder=" …")
        draft.note(code, quoting("`{}` stayed as it is", said), at=max(at, 0))
    if len(first) > MOST_NAMES:
        draft.note(code, f"{len(first) - MOST_NAMES} more stayed as they are")
