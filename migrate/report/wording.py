"""Wording: a finding in a sentence, for formats of plain text."""

from __future__ import annotations

from migrate.model.action import HIDDEN, cut
from migrate.model.finding import Finding
from migrate.report.harmless import on_one_line


def told(finding: Finding) -> str:
    """Give the message on one line; of a change also what stood there and what does, cut."""
    return on_one_line(finding.message) + _change(finding)


def with_way_out(finding: Finding, between: str) -> str:
    """Give what is told, and what to do about it where something is to be done."""
    return f"{told(finding)}{between}{on_one_line(finding.way_out)}".removesuffix(between)


def _change(finding: Finding) -> str:
    if not finding.is_change:
        return ""
    if finding.after == HIDDEN:
        return f": {HIDDEN}"
    change = cut(finding.field, finding.before, finding.after)
    return f": {_quoted(change.before)} → {_quoted(change.after)}"


def _quoted(text: str) -> str:
    return f"“{on_one_line(text)}”" if text.strip() else "nothing"
