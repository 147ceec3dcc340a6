"""What reports may show: the one place that hides what isn't public, for every format."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from migrate.model.action import HIDDEN, Action, Change
from migrate.model.finding import Finding
from migrate.model.seen import Seen
from migrate.report.totals import Summary


class Discreet:
    """Hands on what a run says to a report, without text that isn't public.

    That is all text of a record that no visitor can read, and single fields that nobody sees; the
    field's name and that it changed are said. Passwords and e-mail addresses are such fields. The
    record's type, ID and slug stay: they are its place.
    """

    def __init__(self, report: Any) -> None:
        self._report = report
        self.wants_bodies: bool = report.wants_bodies

    def record(self, seen: Seen) -> None:
        """Hand on a record."""
        self._report.record(seen if seen.public else replace(seen, title=HIDDEN, bodies=None))

    def finding(self, finding: Finding) -> None:
        """Hand on a finding."""
        if finding.hidden:
            finding = replace(finding, message=finding.hidden)
        if finding.is_change and not finding.public:
            finding = replace(finding, before=HIDDEN, after=HIDDEN)
        self._report.finding(finding)

    def action(self, action: Action) -> None:
        """Hand on an action."""
        if action.public and all(change.public for change in action.changes):
            self._report.action(action)
            return
        title = action.title if action.public else HIDDEN
        changes = [_shown(change, action) for change in action.changes]
        self._report.action(replace(action, title=title, changes=changes))

    def finish(self, summary: Summary) -> None:
        """Let the report finish."""
        self._report.finish(summary)


def _shown(change: Change, action: Action) -> Change:
    if action.public and change.public:
        return change
    return Change(change.field, HIDDEN, HIDDEN, cut=change.cut, public=False)
