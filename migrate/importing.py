"""An import into a live site: decide about every record, then do exactly that."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from msgspec import Struct, field

from migrate.chunk import Advised, keep
from migrate.errors import SiteLost
from migrate.model.action import Action
from migrate.model.post import Post
from migrate.model.progress import COMPARING, SENDING
from migrate.model.settings import Handle
from migrate.plan.decision import Decision, Wait, in_rounds
from migrate.plan.saved import Witness
from migrate.reporting import INTERRUPTED
from migrate.run import CHUNK, Run
from migrate.stages import LiveWriter

__all__ = ["Plan", "Step", "apply_import", "leave_undone", "plan_import"]

_LOST: Final = "it can't be read any more"

_FILE: Final = "attachment"


class Step(NamedTuple):
    """One record that an import sends, with the record's type for the reports."""

    handle: Handle
    decision: Decision
    type: str


class Plan(Struct):
    """What an import is going to do: the records that are sent, in source order.

    `gone` are posts that are removed, since the source doesn't have their records any more.
    """

    steps: list[Step] = field(default_factory=list)
    terms: list[Action] = field(default_factory=list)
    media: list[Action] = field(default_factory=list)
    options: list[Action] = field(default_factory=list)
    gone: list[tuple[Action, Decision]] = field(default_factory=list)
    witness: Witness = field(default_factory=Witness)

    def __bool__(self) -> bool:
        """Tell whether there is anything to do."""
        return bool(self.steps or self.gone or self.terms or self.changed_options())

    def changed_options(self) -> list[Action]:
        """Give the options that are set."""
        return [action for action in self.options if action.verb in {"create", "update"}]

    def count(self, verb: str) -> int:
        """Count the records with this verb."""
        return sum(step.decision.verb == verb for step in self.steps)


def plan_import(run: Run, target: LiveWriter, witness: Witness | None = None) -> Plan:
    """Decide about every record, and report at once those with which nothing will be done.

    Those that another record has to come before are put off, and read once more then. `witness`
    sees all that is planned.
    """
    plan = Plan(witness=witness or Witness())
    target.expect(_of_files_of_many(run))
    waiting: list[Handle] = []
    for chunk in run.chunks(Advised(keep), COMPARING):
        found = [(result.handle, result.made) for result in chunk if result.made is not None]
        waiting += _decide(run, target, plan, found, Wait.FOR_MORE)
    in_rounds(waiting, lambda handles, wait: _decide_later(run, target, plan, handles, wait))
    plan.terms = target.planned_terms()
    plan.media = target.planned_media()
    plan.options = target.planned_options()
    run.totals.ways.update(target.planned_ways())
    plan.steps.sort(key=lambda step: step.type != _FILE)  # posts name them
    plan.gone = target.gone(whole=not (run.totals.unreadable or run.totals.excluded))
    for action in (*plan.terms, *plan.media, *plan.changed_options()):
        plan.witness.see_other(action)
    for action, decision in plan.gone:
        plan.witness.see(action, decision)
        if run.dry_run:
            run.act(action)
    plan.witness.end()
    return plan


def _of_files_of_many(run: Run) -> Iterator[Post]:
    """Give the records that share a file with others, as attachments always do."""
    handles = [handle for handle in run.handles if handle.end]
    for start in range(0, len(handles), CHUNK):
        yield from filter(None, run.again(handles[start : start + CHUNK]))


def _decide(
    run: Run, target: LiveWriter, plan: Plan, found: Sequence[tuple[Handle, Post]], wait: Wait
) -> list[Handle]:
    """Decide about records; gives those that were put off."""
    waiting: list[Handle] = []
    decided = target.decide([post for _, post in found], wait)
    for (handle, _), outcome in zip(found, decided, strict=True):
        if outcome is None:
            waiting.append(handle)
            continue
        action, decision = outcome
        action.path = handle.path
        plan.witness.see(action, decision)
        if decision.verb in ("create", "update"):
            plan.steps.append(Step(handle, decision, action.type))
            if not run.dry_run:
                continue
        run.act(action)
    return waiting


def _decide_later(
    run: Run, target: LiveWriter, plan: Plan, handles: Sequence[Handle], wait: Wait
) -> list[Handle]:
    waiting: list[Handle] = []
    for start in range(0, len(handles), CHUNK):
        chunk = handles[start : start + CHUNK]
        found: list[tuple[Handle, Post]] = []
        for handle, post in zip(chunk, run.again(chunk), strict=True):
            if post is None:
                run.act(Action("failed", "post", handle.path, reason=_LOST))
            else:
                found.append((handle, post))
        waiting += _decide(run, target, plan, found, wait)
    return waiting


def apply_import(run: Run, target: LiveWriter, plan: Plan) -> None:
    """Do what was planned, and report what was left undone.

    Where the site goes away that has failed; where the user interrupts the run it was skipped.
    """
    undone, lost = deque(plan.steps), set[Handle]()

    def settle(action: Action) -> None:
        action.path = undone.popleft().handle.path
        run.act(action)
        run.progress(SENDING, len(plan.steps) - len(undone), len(plan.steps))

    def settle_lost() -> None:
        while undone and undone[0].handle in lost:
            settle(Action("failed", undone[0].type, reason=_LOST))

    try:
        for action in target.apply(_read_again(run, plan, lost)):
            settle_lost()
            settle(action)
        settle_lost()
        _finish(run, target, plan)
    except SiteLost:
        while undone:
            reason = "the site went away; run again to go on"
            settle(Action("failed", undone[0].type, reason=reason))
        raise
    except KeyboardInterrupt:
        while undone:
            settle(Action("skip", undone[0].type, reason=INTERRUPTED))
        raise


def _finish(run: Run, target: LiveWriter, plan: Plan) -> None:
    for action in chain(target.finish(), plan.terms, plan.options):
        run.act(action, counted=False)
    for action in target.remove(plan.gone):
        run.act(action)


def _read_again(run: Run, plan: Plan, lost: set[Handle]) -> Iterator[tuple[Post, Decision]]:
    """Give the records that are sent, as the target asks for them; `lost` gets the others."""
    for step in plan.steps:
        (post,) = run.again([step.handle])
        if post is None:
            lost.add(step.handle)
        else:
            yield post, step.decision


def leave_undone(run: Run, plan: Plan, reason: str) -> None:
    """Report what was planned and not done after all."""
    for step in plan.steps:
        run.act(Action("skip", step.type, step.handle.path, reason=reason))
    for action in plan.changed_options():
        action.verb, action.reason, action.changes = "skip", reason, []
    for action in plan.options:
        run.act(action, counted=False)
