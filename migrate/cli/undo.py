"""`wpmigrate undo`: the last import into a site, taken back."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from migrate.cli import session
from migrate.cli.asking import may_change
from migrate.cli.locking import locked
from migrate.cli.options import Common, saying
from migrate.cli.prompt import prompt
from migrate.cli.settled import Settled
from migrate.cli.terminal import err
from migrate.errors import UsageError
from migrate.live import credentials
from migrate.model.action import Action
from migrate.plan.journal.journal import Journal, PastRun
from migrate.plan.journal.keys import Keys
from migrate.plan.journal.place import default_path
from migrate.reporting import INTERRUPTED, Reporting
from migrate.undoing import leave, plan_undo
from migrate.undoing import undo as take_back
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.undo.undo import Undo


@click.command(cls=Settled)
@click.argument("source", default=".", type=click.Path())
@click.option("--site", required=True, metavar="URL", help="The site's address.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask before changing the site.")
@click.option("--force", is_flag=True, help="Delete for good what the import made.")
@click.option("--overwrite", is_flag=True, help="Take back also what was changed there since.")
@click.option(
    "--run", "number", type=click.IntRange(1), metavar="N",
    help="Take back this import (`journal show` numbers them).  [default: the last one]",
)  # fmt: skip
@click.option("--journal", type=click.Path(path_type=Path), metavar="FILE",
              help="Where past imports are kept.")  # fmt: skip
@click.option("--lock", type=click.Path(path_type=Path), metavar="FILE",
              help="The text that says which post of the site each file is.")  # fmt: skip
@saying
def undo(source: str, site: str, common: Common, **asked: Any) -> None:
    """Take back what the last import of SOURCE into a site created or changed.

    What it made goes into the site's trash; what it changed gets its earlier
    values back, from the journal. What someone has changed there since is left.

    \b
    Example: wpmigrate undo posts/ --site https://example.org --dry-run
    """  # noqa: D301 - click looks for the character
    here = session.Session("undo", source, site, common)
    sys.exit(here.run(lambda: _undo(here, _Asked(**asked))))


class _Asked(Struct, frozen=True):
    """The options that no other command has."""

    yes: bool
    force: bool
    overwrite: bool
    number: int | None
    journal: Path | None
    lock: Path | None


def _undo(here: session.Session, asked: _Asked) -> None:
    path = asked.journal or default_path(Path(here.summary.source))
    if not path.is_file():
        fix = "Name the SOURCE of the import, or the file with --journal"
        raise UsageError("there is no journal here", path=str(path), fix=fix)
    known = credentials.find(here.summary.target, prompt())
    run = here.reporting()
    with Journal.open(path, dry_run=run.dry_run) as journal:
        connection = Connection.open(here.summary.target, known)
        try:
            _take_back(here, asked, run, journal, path, connection)
        finally:
            connection.close()


def _take_back(
    here: session.Session,
    asked: _Asked,
    run: Reporting,
    journal: Journal,
    path: Path,
    connection: Connection,
) -> None:
    home = connection.facts.home
    past = _past_run(journal, home, asked.number)
    history = journal.of_site(home, here.summary.source, _keys(here, path), past.number)
    undoer = Undo(connection, history, run.note, force=asked.force, overwrite=asked.overwrite)
    err(f"{here.summary.target}: the import of {past.source} at {past.at}")
    with locked(asked.lock, history, home, dry_run=run.dry_run):
        planned = plan_undo(run, undoer, journal.deeds(home).of(past.number))
        err(_said(planned))
        if run.dry_run:
            for action in planned:
                run.act(action)
        elif _confirmed(run, planned, here.summary.target, ask=not asked.yes):
            take_back(run, undoer, planned)
        else:
            leave(run, planned, "not confirmed")


def _keys(here: session.Session, journal: Path) -> Keys:
    """Return the keys of the source, by which the lock knows which entries are its own."""
    source = Path(here.summary.source)
    return Keys.of_folder(source if source.is_dir() else source.parent, journal)


def _past_run(journal: Journal, home: str, number: int | None) -> PastRun:
    """Return the import that is meant; UsageError where the journal doesn't know it."""
    wanted = number or journal.deeds(home).last_run()
    for run in journal.runs():
        if (run.number, run.undoes, run.site) == (wanted, 0, home.rstrip("/")):
            return run
    named = f"import {number}" if number else "import"
    fix = "`wpmigrate journal show` lists what it knows"
    raise UsageError(f"the journal knows no {named} into {home}", fix=fix)


def _said(planned: Sequence[Action]) -> str:
    verbs = Counter(str(action.verb) for action in planned)
    if not (verbs["delete"] or verbs["update"]):
        return "Nothing is left to take back." if not verbs["conflict"] else "Nothing can be."
    left = f"; {verbs['conflict']} left alone" if verbs["conflict"] else ""
    return f"{verbs['delete']} to delete, {verbs['update']} to give earlier values{left}"


def _confirmed(run: Reporting, planned: Sequence[Action], site: str, *, ask: bool) -> bool:
    if not any(action.verb in {"delete", "update"} for action in planned):
        return True
    try:
        return may_change(site, ask=ask)
    except click.Abort:
        leave(run, planned, INTERRUPTED)
        raise
