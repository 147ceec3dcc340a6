"""An import that ends early says of every record what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from migrate import importing
from migrate.errors import SiteLost
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.progress import COMPARING, SENDING, Stage
from migrate.model.seen import Seen
from migrate.plan.decision import Decision, Wait
from migrate.report.totals import Totals
from migrate.run import Run
from tests.sources import posts_reader


class Report:
    """Keeps what it is told."""

    wants_bodies = False

    def __init__(self) -> None:
        self.actions: list[Action] = []

    def record(self, seen: Seen) -> None:
        """Pass over a record."""

    def finding(self, finding: Finding) -> None:
        """Pass over a finding."""

    def action(self, action: Action) -> None:
        """Keep an action."""
        self.actions.append(action)


class Target:
    """A site that takes one record, then breaks off."""

    def __init__(self, end: BaseException) -> None:
        self._end = end

    def decide(self, posts: Sequence[Post], wait: Wait) -> list[tuple[Action, Decision] | None]:
        """Create everything."""
        del wait
        return [(Action("create", post.type or ""), Decision("create", b"")) for post in posts]

    def expect(self, posts: Iterable[Post]) -> None:
        """Look at none."""

    def planned_terms(self) -> list[Action]:
        """Create no term."""
        return []

    def planned_media(self) -> list[Action]:
        """Upload nothing."""
        return []

    def planned_options(self) -> list[Action]:
        """Set nothing."""
        return []

    def planned_ways(self) -> Mapping[str, Counter[str]]:
        """Send nothing."""
        return {}

    def gone(self, *, whole: bool) -> list[tuple[Action, Decision]]:
        """Remove nothing."""
        del whole
        return []

    def remove(self, planned: Sequence[tuple[Action, Decision]]) -> Iterator[Action]:
        """Remove what there is."""
        return (action for action, _ in planned)

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do one, then no more."""
        post, decision = next(iter(steps))
        yield Action(decision.verb, post.type or "")
        raise self._end

    def finish(self) -> Iterator[Action]:
        """Leave nothing for the end."""
        return iter(())


@pytest.mark.parametrize(
    ("end", "verb", "reason"),
    [
        (KeyboardInterrupt(), "skip", "interrupted"),
        (SiteLost("gone"), "failed", "the site went away; run again to go on"),
    ],
)
def test_what_is_left_undone_is_reported(
    tmp_path: Path, end: BaseException, verb: str, reason: str
) -> None:
    """Read is created plus left undone, each with its type, and the error goes on."""
    for name in "abc":
        text = f"---\nID: 1\npost_title: {name}\nlayout: page\npublished: true\n---\n"
        (tmp_path / f"{name}.md").write_text(text)
    report, totals, target = Report(), Totals(), Target(end)
    told: list[tuple[Stage, int, int]] = []
    run = Run(
        posts_reader(tmp_path), [report], totals, lambda *step: told.append(step), dry_run=False
    )
    plan = importing.plan_import(run, target)

    with pytest.raises(type(end)):
        importing.apply_import(run, target, plan)

    assert totals.read == {"page": 3}
    assert [(a.verb, a.type, a.path, a.reason) for a in report.actions] == [
        ("create", "page", "a.md", ""),
        (verb, "page", "b.md", reason),
        (verb, "page", "c.md", reason),
    ]
    assert told == [(COMPARING, 3, 3), (SENDING, 1, 3), (SENDING, 2, 3), (SENDING, 3, 3)]
