"""The report for machines: `wpmigrate-report/1`, described by schema.json beside this module.

Actions and findings are spooled as they come, so that a run of any size is held in flat memory.
"""

from __future__ import annotations

from typing import Final, TextIO

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.patterns import pattern
from migrate.report.report import Report
from migrate.report.spooled import Spooled, dumps
from migrate.report.totals import Summary

SCHEMA: Final = "wpmigrate-report/1"


class JsonReport(Report):
    """Writes one JSON document when the run is over; it is always complete."""

    mark = pattern(rf'\A\{{"schema":"{SCHEMA}"')

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._actions = Spooled()
        self._findings = Spooled()

    def action(self, action: Action) -> None:
        """Take one action."""
        self._actions.add(action.as_json())

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        self._findings.add(finding.as_json() | {"count": 1})

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        head = {
            "schema": SCHEMA,
            "command": summary.command,
            "source": summary.source,
            "target": summary.target,
            "dry_run": summary.dry_run,
            "version": summary.version,
            "exit": summary.exit,
            "totals": summary.totals.as_json(),
            **({"site": summary.site.document} if summary.site else {}),
        }
        self.stream.write(dumps(head)[:-1] + ',"actions":[')
        self._actions.write(self.stream)
        self.stream.write('],"findings":[')
        self._findings.write(self.stream)
        self.stream.write("]}\n")
