"""The report for people: findings grouped by code, what happens to what, the totals last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TextIO

from migrate.model.action import HIDDEN, Action, cut
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.report.totals import VERBS, Summary

PLACES: Final = 3
"""How many places of a finding that repeats are shown without --verbose."""

WORDS: Final = {"verify": "needed"}
"""Command → what its actions are, where they aren't things done."""

READING: Final = frozenset({"check"})
"""Commands that do nothing to anything, so that there is no total of that."""

LONGEST_TITLE: Final = 100
"""How many characters of a title are shown."""

ACTIONS: Final = 40
"""How many actions are shown without --verbose."""


@dataclass(slots=True)
class _Group:
    first: Finding
    count: int = 0
    places: list[str] = field(default_factory=list)


class ConsoleReport:
    """Writes plain text to `stream` when the run is over; in between it holds only first places."""

    def __init__(
        self, stream: TextIO, *, verbose: bool = False, show_private: bool = False
    ) -> None:
        self._stream = stream
        self._places = 10**9 if verbose else PLACES
        self._most_actions = 10**9 if verbose else ACTIONS
        self._show_private = show_private
        self._groups: dict[tuple[str, str], _Group] = {}
        self._actions: list[str] = []

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        group = self._groups.setdefault((finding.code, finding.fix), _Group(finding))
        group.count += 1
        if len(group.places) < self._places:
            said = [f"at {_place(finding)}"] if _place(finding) else []
            message = self._message(finding)
            said += [message] if message != self._message(group.first) else []
            said += [self._change(finding)] if finding.is_change else []
            group.places.append(": ".join(said))

    def _message(self, finding: Finding) -> str:
        return finding.said(show_private=self._show_private)

    def _change(self, finding: Finding) -> str:
        if not (finding.public or self._show_private):
            return HIDDEN
        change = cut(finding.field, finding.before, finding.after)
        return f"{_quoted(change.before)} → {_quoted(change.after)}"

    def action(self, action: Action) -> None:
        """Take one action; what stays as it is isn't worth a line."""
        if action.verb != "unchanged" and len(self._actions) < self._most_actions:
            self._actions.append(self._sentence(action))

    def finish(self, summary: Summary) -> None:
        """Write the report; a run that ended before it began has nothing to report."""
        totals = summary.totals
        if summary.site:
            self._stream.write(summary.site.text)
        if not (totals.read or totals.unreadable or totals.severities or totals.passed_over):
            return
        lines = [""] if summary.site else []
        lines += [*self._action_lines(summary), *self._finding_lines(), *_total_lines(summary)]
        self._stream.write("\n".join(lines) + "\n")

    def _sentence(self, action: Action) -> str:
        title = f"“{_cut(action.title)}”" if action.title else ""
        if not (action.public or self._show_private):
            title = HIDDEN
        changed = ", ".join(change.field for change in action.changes)
        # What is made in a folder has its own path there; what goes to a site has an address.
        inside = "" if "://" in action.target_url else action.target_url
        said = [f"{action.verb:9} {action.type:8} {inside or action.path or action.target_url}"]
        said += [title] if title else []
        said += [f"[{changed}]"] if changed else []
        said += [f"({action.reason})"] if action.reason else []
        return "  ".join(said)

    def _action_lines(self, summary: Summary) -> Iterator[str]:
        yield from self._actions
        worth = sum(n for verb, n in summary.totals.actions.items() if verb != "unchanged")
        if worth > len(self._actions):
            yield f"… and {worth - len(self._actions)} more (--verbose shows them all)"
        if self._actions:
            yield ""

    def _finding_lines(self) -> Iterator[str]:
        order = ("error", "warning", "note")
        for group in sorted(self._groups.values(), key=lambda g: order.index(g.first.severity)):
            finding = group.first
            times = f" ({group.count} times)" if group.count > 1 else ""
            yield f"{finding.severity:8} {finding.code}{times}: {self._message(finding)}"
            yield from (f"         {place}" for place in group.places if place)
            more = group.count - len(group.places)
            if more:
                yield f"         … and {more} more (--verbose shows them all)"
            yield f"         → {finding.fix or CODES[finding.code].explanation}"
        if self._groups:
            yield ""


def _quoted(text: str) -> str:
    return f"“{' '.join(text.split())}”" if text.strip() else "nothing"


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}…"


def _place(finding: Finding) -> str:
    return ":".join(str(part) for part in (finding.path, finding.line, finding.column) if part)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _total_lines(summary: Summary) -> Iterator[str]:
    totals = summary.totals
    yield f"read      {_counted(totals.read) or 'nothing'}" + (
        f"; {totals.unreadable} unreadable" if totals.unreadable else ""
    )
    if totals.passed_over:
        yield f"no posts  {_counted(totals.passed_over)}"
    if totals.written:
        verb = "would be written" if summary.dry_run else "written  "
        yield f"{verb} {_counted(totals.written)} to {summary.target}"
    elif totals.actions or summary.command not in READING:
        verbs = {str(verb): totals.actions[verb] for verb in VERBS if totals.actions[verb]}
        word = "plan" if summary.dry_run else WORDS.get(summary.command, "done")
        yield f"{word:9} {_counted(verbs) or 'nothing'}"
    if totals.rewritten:
        yield f"rewritten {_counted(totals.rewritten)}"
    if totals.uncompared:
        yield f"unset     {totals.uncompared} fields that SOURCE doesn't state weren't compared"
    found = {name: totals.severities[name] for name in ("error", "warning", "note")}
    yield "findings  " + ", ".join(
        f"{number} {name}{'' if number == 1 else 's'}" for name, number in found.items()
    )
