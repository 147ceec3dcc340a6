"""The report for machines: `wpmigrate-report/1`, described by schema.json beside this module.

Actions and findings are spooled as they come, so that a run of any size is held in flat memory.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import Any, BinaryIO, Final, TextIO

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.seen import Seen
from migrate.output import spool
from migrate.report.totals import Summary

SCHEMA: Final = "wpmigrate-report/1"


class JsonReport:
    """Writes one JSON document to `stream` when the run is over."""

    wants_bodies = False

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        del verbose  # this report is always complete
        self._stream = stream
        self._open = ExitStack()
        self._actions = self._open.enter_context(spool())
        self._findings = self._open.enter_context(spool())

    def record(self, seen: Seen) -> None:
        """Take one record: the totals count it, and what is done with it is an action."""

    def action(self, action: Action) -> None:
        """Take one action."""
        _append(self._actions, action.as_json())

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        _append(self._findings, finding.as_json() | {"count": 1})

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
