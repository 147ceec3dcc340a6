"""Undoing: one import taken back, each object of the site an action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from migrate.errors import SiteLost
from migrate.model.action import Action, Verb
from migrate.model.progress import COMPARING, SENDING
from migrate.plan.journal.deeds import Deed
from migrate.reporting import INTERRUPTED, Reporting

__all__ = ["Undoer", "leave", "plan_undo", "undo"]


class Undoer(Protocol):
    """Decides what to do about deeds, then does exactly that."""

    def plan(self, deeds: Sequence[Deed]) -> Iterator[Action]:
        """Decide, giving an action for each deed, in order; reads only."""

    def apply(self) -> Iterator[Action]:
        """Do what was decided, giving each action when it is done."""


def plan_undo(run: Reporting, undoer: Undoer, deeds: Sequence[Deed]) -> list[Action]:
    """Decide about every deed of an import; nothing is changed."""
    planned: list[Action] = []
    for action in undoer.plan(deeds):
        planned.append(action)
        run.totals.read[action.type] += 1
        run.progress(COMPARING, len(planned), len(deeds))
    return planned


def undo(run: Reporting, undoer: Undoer, planned: Sequence[Action]) -> None:
    """Do what was planned, and report what was left undone.

    Where the site goes away that has failed; where the user interrupts the run it was skipped.
    """
    done = 0
    try:
        for action in undoer.apply():
            run.act(action)
            done += 1
            run.progress(SENDING, done, len(planned))
    except SiteLost:
        leave(run, planned[done:], "the site went away; run again to go on", verb="failed")
        raise
    except KeyboardInterrupt:
        leave(run, planned[done:], INTERRUPTED)
        raise


def leave(run: Reporting, planned: Sequence[Action], reason: str, verb: Verb = "skip") -> None:
    """Report what was planned and not done after all."""
    for action in planned:
        if action.verb in {"delete", "update"}:
            action.verb, action.reason, action.changes = verb, reason, []
        run.act(action)
