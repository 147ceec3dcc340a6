"""Totals: what a run counted, so that what goes in equals what comes out plus what is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final, NamedTuple, get_args

from msgspec import Struct, field

from migrate.errors import DONE, FINDINGS, INCOMPLETE
from migrate.model.action import Action, Verb
from migrate.model.codes import CODES
from migrate.model.finding import Finding, family_of
from migrate.report.overlooked import Why

UNOPENED: Final = "unopened"
"""What stands for the type of records that an option left out without looking at them."""

VERBS: Final[tuple[Verb, ...]] = get_args(Verb)


class Totals(Struct):
    """Counts of a run.

    `read` counts records by type, `passed_over` files that are no posts by the reason. `excluded`
    counts by option those that were left out; `read` counts them too, what wasn't even opened as
    UNOPENED. A WXR file is one action whatever it holds: its records are in `written`. `uncompared`
    counts the fields that a verified source leaves unset. `ways` counts the records of an import
    by the way that each field takes, and by the field. `found` counts the findings by code, by
    whether they are changes, and by why they are overlooked, which is empty where they aren't.
    """

    read: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    passed_over: Counter[str] = field(default_factory=Counter)
    excluded: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    actions: Counter[Verb] = field(default_factory=Counter)
    uncompared: int = 0
    ways: dict[str, Counter[str]] = field(default_factory=dict)
    found: Counter[tuple[str, bool, Why]] = field(default_factory=Counter)

    def leave_unopened(self, option: str, number: int = 1) -> None:
        """Count records that an option leaves out without looking at them."""
        if number:
            self.read[UNOPENED] += number
            self.excluded[option] += number

    def count_action(self, action: Action) -> None:
        """Count one action."""
        self.actions[action.verb] += 1

    def count_finding(self, finding: Finding, overlooked: Why = "", times: int = 1) -> None:
        """Count one finding, which is in so many records."""
        self.found[finding.code, finding.is_change, overlooked] += times

    @property
    def severities(self) -> Counter[str]:
        """How many findings have which severity, without those that are overlooked."""
        return self._counted(lambda code, _, why: "" if why else CODES[code].severity)

    @property
    def losses(self) -> int:
        """How many findings name a loss, without those that are overlooked."""
        return self._counted(lambda code, _, why: "" if why else _loss(code)).total()

    @property
    def lost(self) -> Counter[str]:
        """How many findings have which code of a loss."""
        return self._counted(lambda code, *_: _loss(code))

    @property
    def rewritten(self) -> Counter[str]:
        """How many changes which rule made."""
        return self._counted(lambda code, is_change, _: code.removeprefix("rewrite-") * is_change)

    @property
    def overlooked(self) -> Counter[str]:
        """How many findings are overlooked, and why."""
        return self._counted(lambda _code, _is_change, why: why)

    def _counted(self, name_of: Callable[[str, bool, Why], str]) -> Counter[str]:
        """Count the findings by what their key in `found` is called, but those called nothing."""
        counts = Counter[str]()
        for key, count in self.found.items():
            if name := name_of(*key):
                counts[name] += count
        return counts

    def exit_status(self, fail_on: str) -> int:
        """Give 3 where an item failed, else 1 where a finding is at or above `fail_on`, else 0.

        `fail_on` is error, warning, loss or never.
        """
        if self.actions["failed"]:
            return INCOMPLETE
        severities = self.severities
        bad = {
            "never": 0,
            "error": severities["error"],
            "warning": severities["error"] + severities["warning"],
            "loss": severities["error"] + self.losses,
        }[fail_on]
        return FINDINGS if bad else DONE

    def as_json(self) -> dict[str, Any]:
        """Give the totals as the JSON report holds them."""
        return {
            "read": dict(self.read),
            "unreadable": self.unreadable,
            "passed_over": dict(self.passed_over),
            "excluded": dict(self.excluded),
            "written": dict(self.written),
            **{verb: self.actions[verb] for verb in VERBS},
            "uncompared": self.uncompared,
            "rewritten": dict(self.rewritten),
            "lost": dict(self.lost),
            **({"ways": {w: dict(counts) for w, counts in self.ways.items()}} if self.ways else {}),
            "ignored": self.overlooked["ignored"],
            "known": self.overlooked["known"],
        }


def _loss(code: str) -> str:
    return code if family_of(code) == "loss" else ""


def fails(severity: str, family: str, fail_on: str) -> bool:
    """Say whether a finding is at or above `fail_on`: error, warning, loss or never."""
    match fail_on:
        case "never":
            return False
        case "warning":
            return severity in ("error", "warning")
        case "loss":
            return severity == "error" or family == "loss"
    return severity == "error"


class SiteReport(NamedTuple):
    """A site that was looked at: its text for people, its JSON for machines (report/site.py)."""

    text: str
    document: dict[str, Any]


class Summary(Struct):
    """One run as a report speaks of it.

    `exit` is the exit status, `fail_on` what that was asked to tell, `site` what was asked about.
    `failure` is the message of the error that ended the run before its time, else empty.
    """

    command: str
    source: str
    target: str
    dry_run: bool
    version: str
    totals: Totals = field(default_factory=Totals)
    exit: int = DONE
    site: SiteReport | None = None
    fail_on: str = "error"
    failure: str = ""
