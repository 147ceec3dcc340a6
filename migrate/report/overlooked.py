"""Which findings a user doesn't want to hear of: those ignored by code, and those known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Protocol

from msgspec import Struct

from migrate.model.finding import Finding
from migrate.model.globs import matches

Why = Literal["", "ignored", "known"]


class Knowing(Protocol):
    """A baseline, or one in the making."""

    def knows(self, finding: Finding) -> bool:
        """Tell whether a finding is known."""


class Overlooked(Struct, frozen=True):
    """`codes` are ignored everywhere, those of `per_path` where the finding's path fits a pattern.

    What is overlooked doesn't end a run with status 1 and stands in no report, but is counted.
    """

    codes: frozenset[str] = frozenset()
    per_path: Sequence[tuple[str, Sequence[str]]] = ()
    baseline: Knowing | None = None

    def __bool__(self) -> bool:
        """Say whether anything may be overlooked."""
        return bool(self.codes or self.per_path or self.baseline)

    def why(self, finding: Finding) -> Why:
        """Say why a finding is overlooked; empty where it isn't."""
        if finding.code in self.codes or self._is_ignored_there(finding):
            return "ignored"
        return "known" if self.baseline and self.baseline.knows(finding) else ""

    def _is_ignored_there(self, finding: Finding) -> bool:
        return any(
            finding.code in codes and finding.path and matches((pattern,), finding.path)
            for pattern, codes in self.per_path
        )


NOTHING: Final = Overlooked()
