"""The report for GitHub Actions: annotations on the lines, and the step's summary as Markdown.

The grammar of workflow commands and its escaping is that of GitHub's documentation and toolkit:
`::error file=PATH,line=N,col=N,title=TEXT::TEXT`. GitHub shows ten of each kind in a step.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from pathlib import Path
from typing import Final, TextIO

from migrate import output
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.patterns import pattern
from migrate.report.facts import SEVERITIES, facts
from migrate.report.harmless import harmless
from migrate.report.markdown import MarkdownReport
from migrate.report.places import Places
from migrate.report.report import Report
from migrate.report.totals import Summary
from migrate.report.wording import with_way_out

MOST: Final = 10
"""How many annotations of a kind GitHub shows in a step."""

SUMMARY: Final = "GITHUB_STEP_SUMMARY"

_COMMANDS: Final = {"error": "error", "warning": "warning", "note": "notice"}


class StepSummary(MarkdownReport):
    """What stands on the page of a workflow run; GitHub takes 1 MiB, in bytes."""

    longest = 250_000


class GithubReport(Report):
    """Writes the annotations to `stream`, and the summary where GITHUB_STEP_SUMMARY says."""

    mark = pattern("^wpmigrate: read ", re.MULTILINE)

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._shown: dict[str, list[Finding]] = {name: [] for name in SEVERITIES}
        self._counts: Counter[str] = Counter()
        self._markdown = io.StringIO()
        self._summary = StepSummary(self._markdown)

    def finding(self, finding: Finding) -> None:
        """Take one finding; among warnings losses come first."""
        self._summary.finding(finding)
        self._counts[finding.severity] += 1
        shown = self._shown[finding.severity]
        shown.append(finding)
        shown.sort(key=lambda one: one.family != "loss")
        del shown[MOST:]

    def action(self, action: Action) -> None:
        """Take one action."""
        self._summary.action(action)

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        places = Places(summary.source)
        for severity, findings in self._shown.items():
            for finding in findings:
                self.stream.write(_command(_COMMANDS[severity], finding, places))
        if summary.failure:
            self.stream.write(f"::error::{_data(summary.failure)}\n")
        left = self._counts.total() - sum(map(len, self._shown.values()))
        more = f"; {left} more findings are in the step's summary" if left else ""
        said = "; ".join(f"{label} {text}" for label, text in facts(summary))
        self.stream.write(f"wpmigrate: {harmless(said)}{more}\n")
        self._summary.finish(summary)
        if path := os.environ.get(SUMMARY):
            with output.appending(Path(path)) as stream:
                stream.write(self._markdown.getvalue().encode("utf-8"))


def _command(name: str, finding: Finding, places: Places) -> str:
    place = {"file": places.in_repository(finding.path)} if "://" not in finding.path else {}
    if finding.line:
        place["line"] = str(finding.line)
    if finding.column:
        place["col"] = str(finding.column)
    said = place | {"title": finding.code}
    properties = ",".join(f"{key}={_property(value)}" for key, value in said.items())
    text = _data(with_way_out(finding, "\n"))
    return f"::{name} {properties}::{text}\n"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return harmless(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
