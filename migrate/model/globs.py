"""Patterns for paths, as .gitignore has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from migrate.errors import UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


MOST_GAPS: Final = 3
"""How many `*` may stand between two slashes. They become a regular expression, which tries every
length of each before it says no: with five, a name of 200 letters takes ten seconds.
"""


def has_too_many_gaps(pattern: str) -> bool:
    """Tell whether to hold a pattern against a name could take time without end."""
    folders = pattern.split("/")
    return folders.count("**") > MOST_GAPS or any(
        folder.count("*") > MOST_GAPS for folder in folders
    )


def matches(patterns: Sequence[str], path: str) -> bool:
    """Tell whether a path below SOURCE, with `/`, fits one of the patterns.

    https://git-scm.com/docs/gitignore#_pattern_format: `*.md` fits in any folder, `_posts/*.md` in
    that one, `archive/` whatever lies below; a later `!pattern` takes back what one before it says.
    Raises UsageError for a pattern that could take time without end.
    """
    return _spec(tuple(patterns)).match_file(path)


@lru_cache
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    for pattern in patterns:
        if has_too_many_gaps(pattern):
            raise UsageError(
                f"the pattern {pattern!r} has more than {MOST_GAPS} `*` in one name",
                fix="Leave some of them out: `*a*b*` fits whatever `*a*b*c*d*` does",
            )
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few runs need it

    return GitIgnoreSpec.from_lines(patterns)
