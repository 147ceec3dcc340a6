"""Quoting: a message that quotes texts of a post, which reports may have to hide."""

from __future__ import annotations

from typing import NamedTuple

from migrate.model.action import HIDDEN


class Quoting(NamedTuple):
    """A message whose `{}` stand for `texts`, in their order."""

    template: str
    texts: tuple[str, ...]

    @property
    def shown(self) -> str:
        """The whole message."""
        return self.template.format(*self.texts)

    @property
    def hidden(self) -> str:
        """The message for those who may not see the post."""
        return self.template.format(*(HIDDEN for _ in self.texts))


Message = str | Quoting
"""What a finding says; a plain text quotes nothing of the post."""


def quoting(template: str, *texts: str) -> Quoting:
    """Make a message that quotes texts of a post: `quoting("the link {} is dead", address)`."""
    return Quoting(template, texts)
