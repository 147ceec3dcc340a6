"""The report for a pull request's comments: Markdown as GitHub and GitLab read it, with tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple, TextIO

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.patterns import pattern
from migrate.report.facts import SEVERITIES, facts
from migrate.report.harmless import shortened
from migrate.report.markdown_text import change, code, plain, preformatted
from migrate.report.report import Report
from migrate.report.totals import Summary

LONGEST: Final = 65_000
"""How many characters the report has at most; GitHub takes 65,536 in a comment."""

_ROOM: Final = 4_000
"""How many of them the heading, the totals and the counts of what is left out may take."""

_SIGNS: Final = {"error": "🔴", "warning": "🟠", "note": "🔵"}
_GRAVE: Final = frozenset({"conflict", "failed"})


class _Section(NamedTuple):
    """One table: what it is called, its head, and what its rows are of."""

    title: str
    head: str


_FINDINGS: Final = "| Place | Code | What, and what to do |\n|---|---|---|\n"
_SECTIONS: Final = {
    "error": _Section("Errors", _FINDINGS),
    "undone": _Section(
        "Not done", "| What | Type | Where | Title | Why |\n|---|---|---|---|---|\n"
    ),
    "loss": _Section("Losses", _FINDINGS),
    "warning": _Section("Warnings", _FINDINGS),
    "action": _Section(
        "Posts", "| What | Type | Where | Title | Fields |\n|---|---|---|---|---|\n"
    ),
    "note": _Section("Notes", _FINDINGS),
}
"""The tables in their order: what is graver has room first."""


class MarkdownReport(Report):
    """Writes at most `longest` characters; what has no room is counted."""

    mark = pattern(r"\A## wpmigrate: ")

    longest = LONGEST

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._rows: dict[str, list[str]] = {name: [] for name in _SECTIONS}
        self._sizes: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        is_loss = finding.severity != "error" and finding.family == "loss"
        place = ":".join(str(part) for part in (finding.path, finding.line) if part)
        way_out = f"<br>→ {plain(finding.way_out)}" if finding.way_out else ""
        said = f"{plain(finding.message)}{change(finding)}{way_out}"
        row = f"| {code(place)} | {code(finding.code)} | {said} |\n"
        self._keep("loss" if is_loss else finding.severity, row)

    def action(self, action: Action) -> None:
        """Take one action; what stays as it is isn't worth a row."""
        if action.verb == "unchanged":
            return
        where = code(action.path or action.target_url)
        title = plain(shortened(action.title))
        changed = ", ".join(code(one.field) for one in action.changes) or plain(action.reason)
        row = f"| {action.verb} | {plain(action.type)} | {where} | {title} | {changed} |\n"
        self._keep("undone" if action.verb in _GRAVE else "action", row)

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        self.stream.write("".join(self._pieces(summary)))

    def _keep(self, section: str, row: str) -> None:
        self._counts[section] += 1
        self._sizes[section] += len(row)
        if self._sizes[section] <= self.longest:
            self._rows[section].append(row)

    def _pieces(self, summary: Summary) -> Iterator[str]:
        yield _heading(summary)
        site = preformatted(summary.site.text) if summary.site else ""
        yield site
        room = self.longest - _ROOM - len(site)
        for name, section in _SECTIONS.items():
            rows = self._rows[name]
            if not rows:
                continue
            room -= len(section.head) + 200
            shown = []
            for row in rows:
                room -= len(row)
                if room < 0:
                    break
                shown.append(row)
            yield from _table(section, shown, self._counts[name])


def _table(section: _Section, rows: list[str], count: int) -> Iterator[str]:
    yield f"\n### {section.title} ({count})\n\n"
    if rows:
        yield section.head
        yield from rows
    if left := count - len(rows):
        yield f"\n… and {left} more, which have no room here.\n"


def _heading(summary: Summary) -> str:
    what = "dry run of " if summary.dry_run else ""
    target = f" → {code(summary.target)}" if summary.target else ""
    lines = [f"## wpmigrate: {what}{summary.command} {code(summary.source)}{target}", ""]
    found = [(name, summary.totals.severities[name]) for name in SEVERITIES]
    signs = [
        f"{_SIGNS[name]} {count} {name}{'' if count == 1 else 's'}"
        for name, count in found
        if count
    ]
    if summary.failure:
        lines += [f"🔴 Ended before its time: {plain(summary.failure)}", ""]
    elif not signs:
        signs = ["🟢 Nothing was found."]
    lines += [" · ".join(signs), ""] if signs else []
    lines += ["| | |", "|---|---|"]
    lines += [f"| {label} | {plain(said)} |" for label, said in facts(summary)]
    return "\n".join(lines) + "\n"
