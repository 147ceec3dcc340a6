"""The report for machines: `wpmigrate-report/1`, described by schema.json beside this module.

Actions and findings are spooled as they come, so that a run of any size is held in flat memory.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import Any, BinaryIO, Final, TextIO

from migrate.model.action import HIDDEN, Action
from migrate.model.finding import Finding
from migrate.output import spool
from migrate.report.totals import Summary

SCHEMA: Final = "wpmigrate-report/1"


class JsonReport:
    """Writes one JSON document to `stream` when the run is over."""

    def __init__(
        self, stream: TextIO, *, verbose: bool = False, show_private: bool = False
    ) -> None:
        del verbose  # this report is always complete
        self._stream = stream
        self._show_private = show_private
        self._open = ExitStack()
        self._actions = self._open.enter_context(spool())
        self._findings = self._open.enter_context(spool())

    def action(self, action: Action) -> None:
        """Take one action; text that isn't public is hidden: a record's, or that of one field."""
        said = action.as_json()
        if not (action.public or self._show_private):
            said["title"] = HIDDEN
        for change, shown in zip(action.changes, said["changes"], strict=True):
            if not ((action.public and change.public) or self._show_private):
                shown["before"] = shown["after"] = HIDDEN
        _append(self._actions, said)

    def finding(self, finding: Finding) -> None:
        """Take one finding; what it says about a record that isn't public is hidden."""
        message = finding.said(show_private=self._show_private)
        said = finding.as_json() | {"message": message, "count": 1}
        if finding.is_change and not (finding.public or self._show_private):
            said["before"] = said["after"] = HIDDEN
        _append(self._findings, said)

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
        with self._open:
            self._stream.write(_dumps(head)[:-1] + ',"actions":[')
            self._copy(self._actions)
            self._stream.write('],"findings":[')
            self._copy(self._findings)
            self._stream.write("]}\n")

    def _copy(self, spooled: BinaryIO) -> None:
        spooled.seek(0)
        for line in spooled:
            self._stream.write(line.decode("ascii"))


def _append(spooled: BinaryIO, value: dict[str, Any]) -> None:
    spooled.write(((",\n" if spooled.tell() else "\n") + _dumps(value)).encode("ascii"))


def _dumps(value: Any) -> str:
    # ASCII only: a path with bytes that aren't UTF-8, or an escape sequence in a title, stays JSON.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
