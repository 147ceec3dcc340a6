"""What a run tells of what it finds and does, and counts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.progress import Watch
from migrate.report.overlooked import NOTHING, Overlooked
from migrate.report.totals import Totals
from migrate.stages import Report

INTERRUPTED: Final = "interrupted"
"""The reason of what an interrupted run leaves undone."""


class Scope(NamedTuple):
    """What of a run counts: at most so many records, and no findings that are overlooked.

    The findings are counted all the same, but not reported.
    """

    limit: int | None = None
    overlooked: Overlooked = NOTHING


ALL: Final = Scope()


class Reporting:
    """Counts what a run finds and does, and tells its reports; `progress`, how far it is."""

    def __init__(
        self,
        reports: Sequence[Report],
        totals: Totals,
        progress: Watch,
        *,
        dry_run: bool,
        scope: Scope = ALL,
    ) -> None:
        """`scope` says what of the source counts."""
        self._reports = reports
        self.totals = totals
        self.progress = progress
        self.dry_run = dry_run
        self._scope = scope

    def note(self, finding: Finding) -> None:
        """Count and report one finding."""
        overlooked = self._scope.overlooked
        why = overlooked.why(finding) if overlooked else ""
        self.totals.count_finding(finding, why)
        for report in () if why else self._reports:
            report.finding(finding)

    def act(self, action: Action, *, counted: bool = True) -> None:
        """Report one action, and count it where it is a record's (a term's isn't)."""
        if counted:
            self.totals.count_action(action)
        for report in self._reports:
            report.action(action)
