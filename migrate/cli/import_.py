"""`wpmigrate import`: posts into a live site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from migrate import importing
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.asking import may_change
from migrate.cli.locking import locked
from migrate.cli.media_options import media_options
from migrate.cli.options import Common, common
from migrate.cli.plan_options import plan_options, witness
from migrate.cli.prompt import prompt
from migrate.cli.settled import Settled
from migrate.cli.terminal import err
from migrate.errors import UsageError
from migrate.importing import Plan
from migrate.live import credentials
from migrate.live.credentials import Credentials
from migrate.model.site import Head
from migrate.plan.journal.journal import Journal
from migrate.plan.journal.keys import Keys
from migrate.plan.journal.place import default_path
from migrate.reporting import INTERRUPTED
from migrate.run import Run
from migrate.writers.rest.media.options import MediaOptions
from migrate.writers.rest.options import ImportOptions, OnExisting
from migrate.writers.site import open_site


@click.command("import", cls=Settled)
@click.argument("source", default=".", type=click.Path())
@click.option("--site", required=True, metavar="URL", help="The site's address.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask before changing the site.")
@click.option(
    "--publish-missed", is_flag=True, help="Publish what was to appear at a time that has passed."
)
@click.option("--create-authors", is_flag=True, help="Make the authors that the site doesn't have.")
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
@plan_options
@media_options
@common
def import_(source: str, site: str, common: Common, **asked: Any) -> None:
    """Bring a folder of posts (or a single post) into a live WordPress site.

    \b
    The user's name and application password come from the environment variables
    WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, from the system keyring, or from a
    prompt. A post that is there already isn't made twice. A dry run without them
    compares with what a visitor sees.

    \b
    Example: wpmigrate import posts/ --site https://example.org --dry-run
    """  # noqa: D301 - click looks for the character
    common = replace(common, dry_run=common.dry_run or asked["plan_out"] is not None)
    here = session.Session("import", source, site, common)
    sys.exit(here.run(lambda: _import(here, _Asked(**asked))))


class _Asked(Struct, frozen=True):
    """The options that no other command has."""

    yes: bool
    publish_missed: bool
    as_status: str | None
    on_existing: OnExisting
    create_only: bool
    on_slug_taken: str
    prune: bool
    quick: bool
    companion: bool
    fast: bool
    site_options: tuple[str, ...]
    plan_out: Path | None
    planned: Path | None
    create_authors: bool
    journal: Path | None
    lock: Path | None
    media: bool
    fetch_media: bool
    media_dir: Path | None
    sizes: str


def _import(here: session.Session, asked: _Asked) -> None:
    path = sources.existing(here.summary.source, here)
    journal_path = asked.journal or default_path(Path(here.summary.source))
    if asked.prune and not path.is_dir() and sources.named_source(path, here.common)[0] != "wxr":
        fix = "Name the folder, or leave out --prune"
        raise UsageError("--prune: one post doesn't tell which ones are gone", fix=fix)
    known = _known(here)
    run = here.run_over(sources.reader(path, here, "wordpress"))
    options = ImportOptions(
        timezone=here.common.timezone,
        publish_missed=asked.publish_missed,
        on_existing=asked.on_existing,
        create_only=asked.create_only,
        renames_taken=asked.on_slug_taken == "rename",
        as_status=asked.as_status or "",
        prune=asked.prune,
        quick=asked.quick,
        companion=asked.companion,
        fast=asked.fast,
        author_map=sources.author_map(here),
        create_authors=asked.create_authors,
        head=run.head,
        keys=_keys(path, here, run.head, journal_path),
        source=here.summary.source,
        site_options=asked.site_options,
        media=_media(path, here, asked, run.head),
    )
    with (
        Journal.open(journal_path, dry_run=run.dry_run) as journal,
        open_site(here.summary.target, known, options, run.note_by_path, journal) as target,
        locked(asked.lock, target.history, target.home, dry_run=run.dry_run),
    ):
        with witness(asked.plan_out, asked.planned, target.home, here.summary.source) as seeing:
            plan = importing.plan_import(run, target, seeing)
        target.note_pings()
        if known is None:
            target.note_unseen()
        if here.common.dry_run:
            for action in (*plan.terms, *plan.media, *plan.options):
                run.act(action, counted=False)
        elif plan and _confirmed(run, plan, here.summary.target, ask=not asked.yes):
            importing.apply_import(run, target, plan)
        else:
            importing.leave_undone(run, plan, "not confirmed")


def _known(here: session.Session) -> Credentials | None:
    """Give who we are on the site; None for a visitor, who can make a plan."""
    find = credentials.find_if_named if here.common.dry_run else credentials.find
    return find(here.summary.target, prompt())


def _keys(path: Path, here: session.Session, head: Head, journal: Path) -> Keys:
    """Return what the journal calls the records of this source."""
    if sources.named_source(path, here.common)[0] == "wxr":
        return Keys.of_export(head.site)
    if here.summary.source == sources.STANDARD_INPUT:
        return Keys()
    if path.is_dir():
        return Keys.of_folder(path, journal)
    return replace(Keys.of_folder(path.parent, journal), whole=False)


def _media(path: Path, here: session.Session, asked: _Asked, head: Head) -> MediaOptions:
    """Return what becomes of files; those beside an export or standard input are none of theirs."""
    is_folder = sources.named_source(path, here.common)[0] != "wxr" and path != here.spooled
    root = path if path.is_dir() else path.parent
    return MediaOptions(
        wanted=asked.media,
        root=root if is_folder else None,
        beside=asked.media_dir,
        fetch=asked.fetch_media,
        sizes_now=asked.sizes == "now",
        allow_private=here.common.allow_private,
        source_site=head.site.url or "",
        featured=sources.featured(here.common),
    )


def _confirmed(run: Run, plan: Plan, site: str, *, ask: bool) -> bool:
    said = f"{plan.count('create')} to create, {plan.count('update')} to update"
    users = sum(action.type == "user" for action in plan.terms)
    held = sum(action.verb == "update" for action in plan.terms)
    new = len(plan.terms) - users - held
    terms = f", {new} terms to create" if new else ""
    terms += f", {held} terms to update" if held else ""
    terms += f", {users} users to create" if users else ""
    options = f", {len(plan.changed_options())} options to set" if plan.changed_options() else ""
    media = f", {len(plan.media)} files to upload" if plan.media else ""
    gone = f", {len(plan.gone)} to delete" if plan.gone else ""
    conflicts = run.totals.actions["conflict"]
    left = f"; {conflicts} in conflict, left alone" if conflicts else ""
    err(f"{site}: {said}{terms}{media}{options}{gone}{left}")
    try:
        return may_change(site, ask=ask)
    except click.Abort:
        importing.leave_undone(run, plan, INTERRUPTED)
        raise
