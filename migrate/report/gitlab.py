"""The report for GitLab's merge requests, Code Quality.

The format is described at https://docs.gitlab.com/ci/testing/code_quality/.
Findings are spooled, since their files are named from SOURCE, which only the end tells.
"""

from __future__ import annotations

from typing import Any, Final, TextIO

from migrate.model.finding import Finding
from migrate.patterns import pattern
from migrate.report.numbered import Numbered
from migrate.report.places import Places
from migrate.report.report import Report
from migrate.report.spooled import Spooled, dumps
from migrate.report.totals import Summary
from migrate.report.wording import with_way_out

_SEVERITIES: Final = {"error": "critical", "loss": "major", "warning": "minor", "note": "info"}


class GitlabReport(Report):
    """Writes one JSON list with an issue for each finding."""

    mark = pattern(r'\A\[\]\n?\Z|"check_name":"[a-z0-9-]+","fingerprint":"[0-9a-f]{16}"')

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._issues = Spooled()
        self._numbered = Numbered()

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        grave = finding.severity == "error" or finding.family != "loss"
        self._issues.add(
            {
                "description": with_way_out(finding, ". "),
                "check_name": finding.code,
                "fingerprint": self._numbered.of(finding),
                "severity": _SEVERITIES[finding.severity if grave else "loss"],
                "location": {"path": finding.path, "lines": {"begin": finding.line or 1}},
            }
        )

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        places = Places(summary.source)

        def placed(issue: Any) -> str:
            issue["location"]["path"] = places.in_repository(issue["location"]["path"])
            return dumps(issue)

        self.stream.write("[")
        self._issues.write(self.stream, placed)
        self.stream.write("]\n")
