"""Report: what every format does alike. A format takes what a run says, and writes at its end."""

from __future__ import annotations

import re
from typing import ClassVar, TextIO

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.seen import Seen
from migrate.report.totals import Summary


class Report:
    """One report, written to `stream`; `verbose` asks those for people for all they have.

    What it is told may be shown as it is: discreet.py stands before it.
    """

    mark: ClassVar[re.Pattern[str]]
    """What is found in the beginning or at the end of such a report, and in no other file."""

    wants_bodies: ClassVar[bool] = False

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        self.stream = stream
        self.verbose = verbose

    def record(self, seen: Seen) -> None:
        """Take one record; formats that speak of findings and actions alone pass it over."""

    def finding(self, finding: Finding) -> None:
        """Take one finding."""

    def action(self, action: Action) -> None:
        """Take one action."""

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        raise NotImplementedError
