"""The report for people: by file what happens and what was found, then by code what to do, totals.

A screenful, the gravest first, unless --verbose asks for all of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, Protocol, TextIO, runtime_checkable

from migrate.model.action import HIDDEN, Action
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.patterns import pattern
from migrate.report.facts import SEVERITIES, facts, is_empty
from migrate.report.harmless import harmless, on_one_line, shortened
from migrate.report.report import Report
from migrate.report.totals import Summary
from migrate.report.wording import told

SCREEN: Final = 40
"""How many lines the report has without --verbose, the totals included."""

CODES_SHOWN: Final = 10
"""How many kinds of findings are explained without --verbose."""

_BOLD: Final = 1
_COLOURS: Final = {
    "error": 31,
    "failed": 31,
    "conflict": 31,
    "delete": 31,
    "warning": 33,
    "update": 33,
    "note": 36,
    "create": 32,
    "skip": 36,
}
"""Severity or verb → its colour in ECMA-48."""

_COMMANDS: Final = ("::", "##[")
"""What makes a line of an output a workflow command of GitHub's runner (or Azure's)."""

_GRAVE: Final = frozenset({"conflict", "failed"})
_RANKS: Final = (*SEVERITIES[:2], "action", SEVERITIES[2])
"""What is shown first where there is more than a screenful."""

Line = list[tuple[str, int]]
"""Pieces of text, each with its colour, 0 for none."""


@runtime_checkable
class Painting(Protocol):
    """A stream that can write in colours."""

    def paint(self, text: str, colour: int) -> None:
        """Write a text in a colour, where somebody sees that."""


class _Said(NamedTuple):
    """One line of a file's part of the report; `number` keeps their order."""

    number: int
    place: str
    said: Action | Finding


class ConsoleReport(Report):
    """Writes plain text when the run is over; in between it holds what it may show."""

    mark = pattern(
        r"^findings  [0-9]+ errors?, [0-9]+ warnings?, [0-9]+ notes?$|^  REST API    http",
        re.MULTILINE,
    )

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._said: dict[str, list[_Said]] = defaultdict(list)
        self._count = 0

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        self._kinds[finding.code, finding.fix or CODES[finding.code].explanation] += 1
        self._keep(finding.severity, finding.path, finding)

    def action(self, action: Action) -> None:
        """Take one action; what stays as it is isn't worth a line."""
        if action.verb != "unchanged":
            rank = "error" if action.verb in _GRAVE else "action"
            self._keep(rank, action.path or action.target_url, action)

    def finish(self, summary: Summary) -> None:
        """Write the report; a run that ended before it began has nothing to report."""
        if summary.site:
            self.stream.write(harmless(summary.site.text))
        if is_empty(summary.totals):
            return
        totals = [[(f"{label:9} {on_one_line(said)}", 0)] for label, said in facts(summary)]
        kinds = list(self._kind_lines())
        room = SCREEN - len(totals) - len(kinds) - (2 if kinds else 1)
        parts = [list(self._file_lines(room)), kinds, totals]
        if summary.site:
            self.stream.write("\n")
        for number, lines in enumerate(part for part in parts if part):
            self._write([[]] if number else [])
            self._write(lines)

    def _keep(self, rank: str, place: str, said: Action | Finding) -> None:
        kept = self._said[rank]
        if self.verbose or len(kept) < SCREEN:
            kept.append(_Said(self._count, place, said))
        self._count += 1

    def _file_lines(self, room: int) -> Iterator[Line]:
        """Give the lines about the files, at most `room` of them; the gravest ones are chosen."""
        by_rank = [said for rank in _RANKS for said in self._said[rank]]
        chosen = by_rank if self.verbose else _fitting(by_rank, room)
        by_place: dict[str, list[_Said]] = defaultdict(list)
        for said in sorted(chosen, key=lambda one: one.number):
            by_place[said.place].append(said)
        for place in sorted(by_place, key=lambda place: not place):  # what has none is the last
            yield from _part(place, by_place[place])
        if left := self._count - len(chosen):
            yield [(f"… and {left} more (--verbose shows them all)", 0)]

    def _kind_lines(self) -> Iterator[Line]:
        kinds = sorted(self._kinds.items(), key=lambda kind: _rank(kind[0][0]))
        shown = kinds if self.verbose else kinds[:CODES_SHOWN]
        width = max((len(code) for (code, _), _ in shown), default=0)
        places = max((len(str(count)) for _, count in shown), default=0)
        for (code, fix), count in shown:
            yield [*_severity(code), (f"{code:{width}}  {count:{places}}  {on_one_line(fix)}", 0)]
        if len(kinds) > len(shown):
            yield [(f"… and {len(kinds) - len(shown)} more kinds (--verbose shows them all)", 0)]

    def _write(self, lines: Iterable[Line]) -> None:
        painting = self.stream if isinstance(self.stream, Painting) else None
        for line in lines:
            for text, colour in line:
                if colour and painting:
                    painting.paint(text, colour)
                else:
                    self.stream.write(harmless(text).replace("\n", " "))
            self.stream.write("\n")


def _fitting(said: list[_Said], room: int) -> list[_Said]:
    """Give as many of the first as have room, with a heading for each file and a line for more."""
    places: set[str] = set()
    for number, one in enumerate(said):
        places.add(one.place)
        is_last = number + 1 == len(said)
        if number + 1 + len(places) > max(room, 1) - (0 if is_last else 1):
            return said[:number]
    return said


def _part(place: str, about: list[_Said]) -> Iterator[Line]:
    """Give the lines about one file; where one thing happens to it, that is its heading."""
    actions = [one.said for one in about if isinstance(one.said, Action)]
    findings = [one.said for one in about if isinstance(one.said, Finding)]
    findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
    if len(actions) == 1:
        yield _sentence(actions[0], _where(actions[0]))
    else:
        yield [(_heading(place), _BOLD)]
        for action in actions:
            inside = "" if _where(action) == place else _where(action)
            yield [("  ", 0), *_sentence(action, inside)]
    places = [_line_of(finding) for finding in findings]
    width = max(map(len, places), default=0)
    codes = max((len(finding.code) for finding in findings), default=0)
    for finding, at in zip(findings, places, strict=True):
        at_place = f"  {at:>{width}}  " if width else "  "
        said = f"{finding.code:{codes}}  {told(finding)}"
        yield [(at_place, 0), *_severity(finding.code), (said, 0)]


def _heading(place: str) -> str:
    """Give a file's name to begin a line with, behind `./` where a CI takes that for a command."""
    said = on_one_line(place) or "the whole source"
    return f"./{said}" if said.lstrip().startswith(_COMMANDS) else said


def _rank(code: str) -> int:
    return SEVERITIES.index(CODES[code].severity)


def _severity(code: str) -> Line:
    severity = CODES[code].severity
    return [(f"{severity:8}", _COLOURS[severity]), (" ", 0)]


def _where(action: Action) -> str:
    # What is made in a folder has its own path there; what goes to a site has an address.
    inside = "" if "://" in action.target_url else action.target_url
    return inside or action.path or action.target_url


def _sentence(action: Action, where: str) -> Line:
    title = HIDDEN if action.title == HIDDEN else f"“{shortened(action.title)}”"
    changed = ", ".join(change.field for change in action.changes)
    said = [f" {action.type:8} {on_one_line(where)}".rstrip()]
    said += [title] if action.title else []
    said += [f"[{on_one_line(changed)}]"] if changed else []
    said += [f"({on_one_line(action.reason)})"] if action.reason else []
    return [(f"{action.verb:9}", _COLOURS.get(action.verb, 0)), ("  ".join(said), 0)]


def _line_of(finding: Finding) -> str:
    return ":".join(str(part) for part in (finding.line, finding.column) if part)
