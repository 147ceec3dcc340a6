"""Facts: the totals of a run as labels and sentences, the same in every report for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from migrate.report.totals import UNOPENED, VERBS, Summary, Totals

SEVERITIES: Final = ("error", "warning", "note")

_WORDS: Final = {"verify": "needed"}
"""Command → what its actions are, where they aren't things done."""

_READING: Final = frozenset({"check"})
"""Commands that do nothing to anything, so that there is no total of that."""


_PARTS: Final = 3
"""How many metas, taxonomies and the like are named one by one."""

_OVERLOOKED: Final = {"ignored": "{} ignored", "known": "{} known from the baseline"}


def is_empty(totals: Totals) -> bool:
    """Say whether a run ended before it began, so that there is nothing to report."""
    return not (totals.read or totals.unreadable or totals.severities or totals.passed_over)


def facts(summary: Summary) -> Iterator[tuple[str, str]]:
    """Give each total with its label, the findings last."""
    totals = summary.totals
    unreadable = f"; {totals.unreadable} unreadable" if totals.unreadable else ""
    read = {name: number for name, number in totals.read.items() if name != UNOPENED}
    yield "read", (counted(read) or "nothing") + unreadable
    if totals.passed_over:
        yield "no posts", counted(totals.passed_over)
    if totals.excluded:
        yield (
            "left out",
            counted({f"by --{name}": number for name, number in totals.excluded.items()}),
        )
    if totals.written:
        written = f"{counted(totals.written)} to {summary.target}"
        yield ("to write" if summary.dry_run else "written"), written
    elif totals.actions or summary.command not in _READING:
        verbs = {str(verb): totals.actions[verb] for verb in VERBS if totals.actions[verb]}
        word = "plan" if summary.dry_run else _WORDS.get(summary.command, "done")
        yield word, counted(verbs) or "nothing"
    for way, fields in totals.ways.items():
        yield way, ", ".join(_named(fields))
    if totals.rewritten:
        yield "rewritten", counted(totals.rewritten)
    if totals.uncompared:
        yield "unset", f"{totals.uncompared} fields that SOURCE doesn't state weren't compared"
    if totals.overlooked:
        yield (
            "not shown",
            ", ".join(
                said.format(totals.overlooked[why])
                for why, said in _OVERLOOKED.items()
                if totals.overlooked[why]
            ),
        )
    yield "findings", found(totals.severities)


def counted(counts: Mapping[str, int]) -> str:
    """Give counts as a list: `42 post, 3 notice`."""
    return ", ".join(f"{number} {name}" for name, number in counts.items())


def _named(fields: Iterable[str]) -> Iterator[str]:
    """Give fields by name, the parts of one together where they are many."""
    parts: dict[str, list[str]] = {}
    for name in fields:
        parts.setdefault(name.partition(".")[0], []).append(name)
    for field, names in parts.items():
        if len(names) > _PARTS:
            yield f"{field} ({len(names)})"
        else:
            yield from names


def found(severities: Mapping[str, int]) -> str:
    """Give the numbers of findings: `1 error, 0 warnings, 2 notes`."""
    found = [(name, severities.get(name, 0)) for name in SEVERITIES]
    return ", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in found)
