"""`wpmigrate import`: posts into a live site."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from migrate import importing
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.media_options import media_options
from migrate.cli.options import Common, common
from migrate.cli.prompt import prompt
from migrate.cli.settled import Settled
from migrate.cli.terminal import err
from migrate.importing import Plan
from migrate.live import credentials
from migrate.model.site import Head
from migrate.pipeline import Run
from migrate.plan.journal import lock as locks
from migrate.plan.journal.journal import Journal
from migrate.plan.journal.keys import Keys
from migrate.plan.journal.place import default_path
from migrate.report.harmless import harmless
from migrate.writers.rest.media.options import MediaOptions
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.target import LiveTarget


@click.command("import", cls=Settled)
@click.argument("source", default=".", type=click.Path())
@click.option("--site", required=True, metavar="URL", help="The site's address.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask before changing the site.")
@click.option(
    "--publish-missed", is_flag=True, help="Publish what was to appear at a time that has passed."
)
@click.option(
    "--journal",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where past imports are kept.  [default: .wpmigrate/journal.sqlite beside the source]",
)
@click.option(
    "--lock",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A text for your repository: which post of the site each file is.",
)
@media_options
@common
def import_(source: str, site: str, common: Common, **asked: Any) -> None:
    """Bring a folder of posts (or a single post) into a live WordPress site.

    \b
    The user's name and application password come from the environment variables
    WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, from the system keyring, or from a
    prompt. A post that is there already isn't made twice.

    \b
    Example: wpmigrate import posts/ --site https://example.org --dry-run
    """  # noqa: D301 - click looks for the character
    here = session.Session("import", source, site, common)
    sys.exit(here.run(lambda: _import(here, _Asked(**asked))))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The options that no other command has."""

    yes: bool
    publish_missed: bool
    journal: Path | None
    lock: Path | None
    media: bool
    fetch_media: bool
    media_dir: Path | None


def _import(here: session.Session, asked: _Asked) -> None:
    path = sources.existing(here.summary.source, here)
    journal_path = asked.journal or default_path(Path(here.summary.source))
    known = credentials.find(here.summary.target, prompt())
    run = here.run_over(sources.reader(path, here, "wordpress"))
    options = ImportOptions(
        timezone=here.common.timezone,
        publish_missed=asked.publish_missed,
        keys=_keys(path, here, run.head, journal_path),
        source=here.summary.source,
        media=_media(path, here, asked, run.head),
    )
    with (
        Journal.open(journal_path, dry_run=run.dry_run) as journal,
        LiveTarget.open(here.summary.target, known, options, run.note_by_path, journal) as target,
        _locked(asked.lock, target, dry_run=run.dry_run),
    ):
        plan = importing.plan_import(run, target)
        if here.common.dry_run:
            for action in (*plan.terms, *plan.media):
                run.act(action, counted=False)
        elif plan.steps and _confirmed(run, plan, here.summary.target, ask=not asked.yes):
            importing.apply_import(run, target, plan)
        else:
            importing.leave_undone(run, plan, "not confirmed")


def _keys(path: Path, here: session.Session, head: Head, journal: Path) -> Keys:
    """Return what the journal calls the records of this source."""
    if sources.named_source(path, here.common)[0] == "wxr":
        return Keys(wxr_site=head.site.network_url or head.site.url or "wxr")
    if here.summary.source == sources.STANDARD_INPUT:
        return Keys()
    return Keys.of_folder(path if path.is_dir() else path.parent, journal)


def _media(path: Path, here: session.Session, asked: _Asked, head: Head) -> MediaOptions:
    """Return what becomes of files; those beside an export or standard input are none of theirs."""
    is_folder = sources.named_source(path, here.common)[0] != "wxr" and path != here.spooled
    root = path if path.is_dir() else path.parent
    return MediaOptions(
        wanted=asked.media,
        root=root if is_folder else None,
        beside=asked.media_dir,
        fetch=asked.fetch_media,
        allow_private=here.common.allow_private,
        source_site=head.site.url or "",
        featured=sources.featured(here.common),
    )


@contextmanager
def _locked(path: Path | None, target: LiveTarget, *, dry_run: bool) -> Iterator[None]:
    """Take over what a lock knows, and write it anew at the end, however that comes."""
    if path is None:
        yield
        return
    target.history.learn(locks.read(path, target.home))
    try:
        yield
    finally:
        if not dry_run:
            locks.write(path, target.home, target.history.entries())


def _confirmed(run: Run, plan: Plan, site: str, *, ask: bool) -> bool:
    said = f"{plan.count('create')} to create, {plan.count('update')} to update"
    terms = f", {len(plan.terms)} terms to create" if plan.terms else ""
    media = f", {len(plan.media)} files to upload" if plan.media else ""
    conflicts = run.totals.actions["conflict"]
    left = f"; {conflicts} in conflict, left alone" if conflicts else ""
    err(f"{site}: {said}{terms}{media}{left}")
    if not ask or not sys.stdin.isatty():
        return True
    try:
        wanted = click.confirm(harmless(f"Change {site}?"), err=True)
    except click.Abort:
        importing.leave_undone(run, plan, importing.INTERRUPTED)
        raise
    if wanted:
        return True
    err("Nothing was changed.")
    return False
