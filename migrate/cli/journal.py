"""`wpmigrate journal`: what past imports did."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from migrate.cli.settled import Settled
from migrate.cli.terminal import complain, out
from migrate.errors import DONE, WpmigrateError
from migrate.model.action import HIDDEN

if TYPE_CHECKING:
    from migrate.plan.journal.entry import Step


@click.group()
def journal() -> None:
    """Look at the journal, in which imports keep what they did.

    Example: wpmigrate journal show posts/
    """


@journal.command(cls=Settled)
@click.argument("source", default=".", type=click.Path())
@click.option("--journal", "file", type=click.Path(), metavar="FILE", help="Where the journal is.")
@click.option("--show-private", is_flag=True, help="Show the values that updates replaced.")
def show(source: str, file: str | None, show_private: bool) -> None:
    """Show what past imports of SOURCE did, the oldest first.

    Nothing is changed, and the site isn't asked.

    Example: wpmigrate journal show posts/
    """
    try:
        _show(source, file, show_private=show_private)
    except WpmigrateError as error:
        complain(error)
        sys.exit(error.exit_status)
    sys.exit(DONE)


def _show(source: str, file: str | None, *, show_private: bool) -> None:
    from pathlib import Path  # noqa: PLC0415 - start-up is kept short

    from migrate.errors import UsageError  # noqa: PLC0415
    from migrate.plan.journal.journal import Journal  # noqa: PLC0415
    from migrate.plan.journal.place import default_path  # noqa: PLC0415

    path = Path(file) if file else default_path(Path(source))
    if not path.is_file():
        fix = "Name the SOURCE of an import, or the file with --journal"
        raise UsageError("there is no journal here", path=str(path), fix=fix)
    with Journal.open(path, dry_run=True) as found:
        for run in found.runs():
            what = f"undo of {run.undoes}" if run.undoes else run.source
            out(f"{run.number:<3} {run.at}  {what} → {run.site}")
            for step in found.steps(run.number):
                _show_step(step, show_private=show_private)
            out("")


def _show_step(step: Step, *, show_private: bool) -> None:
    thing = f"{step.type} {step.site_id}" if step.site_id else step.type
    outcome = step.outcome or "no answer"
    outcome = "undone" if step.undone else outcome
    of = "custom fields of " if step.object == "meta" else ""
    out(f"    {step.verb:<7} {outcome:<9} {of}{thing:<12} {step.key}")
    for field, value in (json.loads(step.earlier) if step.earlier else {}).items():
        shown = json.dumps(value, ensure_ascii=False) if show_private else HIDDEN
        out(f"            {field} was {shown}")
