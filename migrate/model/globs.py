"""Patterns for paths, as .gitignore has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def matches(patterns: Sequence[str], path: str) -> bool:
    """Tell whether a path below SOURCE, with `/`, fits one of the patterns.

    https://git-scm.com/docs/gitignore#_pattern_format: `*.md` fits in any folder, `_posts/*.md` in
    that one, `archive/` whatever lies below; a later `!pattern` takes back what one before it says.
    """
    return _spec(tuple(patterns)).match_file(path)


@lru_cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few runs need it

    return GitIgnoreSpec.from_lines(patterns)
