"""`wpmigrate import`: posts into a live site."""

from __future__ import annotations

import sys

import click

from migrate import pipeline
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.options import Common, common
from migrate.cli.prompt import prompt
from migrate.cli.terminal import err, harmless
from migrate.live import credentials
from migrate.pipeline import Plan, Run
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.target import LiveTarget


@click.command("import")
@click.argument("source", default=".", type=click.Path())
@click.option("--site", required=True, metavar="URL", help="The site's address.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask before changing the site.")
@click.option(
    "--publish-missed", is_flag=True, help="Publish what was to appear at a time that has passed."
)
@common
def import_(source: str, site: str, yes: bool, publish_missed: bool, common: Common) -> None:
    """Bring a folder of posts (or a single post) into a live WordPress site.

    \b
    The user's name and application password come from the environment variables
    WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, from the system keyring, or from a
    prompt. A post that is there already isn't made twice.

    \b
    Example: wpmigrate import posts/ --site https://example.org --dry-run
    """  # noqa: D301 - click looks for the character
    here = session.Session("import", source, site, common)
    options = ImportOptions(timezone=common.timezone, publish_missed=publish_missed)
    sys.exit(here.run(lambda: _import(here, options, ask=not yes)))


def _import(here: session.Session, options: ImportOptions, *, ask: bool) -> None:
    path = sources.existing(here.summary.source)
    known = credentials.find(here.summary.target, prompt())
    run = here.run_over(sources.reader(path, here, "wordpress"))
    with LiveTarget.open(here.summary.target, known, options, run.note_by_path) as target:
        plan = pipeline.plan_import(run, target)
        if here.common.dry_run:
            for action in plan.terms:
                run.act(action, counted=False)
        elif plan.steps and _confirmed(run, plan, here.summary.target, ask=ask):
            pipeline.apply_import(run, target, plan)
        else:
            pipeline.leave_undone(run, plan, "not confirmed")


def _confirmed(run: Run, plan: Plan, site: str, *, ask: bool) -> bool:
    said = f"{plan.count('create')} to create, {plan.count('update')} to update"
    terms = f", {len(plan.terms)} terms to create" if plan.terms else ""
    conflicts = run.totals.actions["conflict"]
    left = f"; {conflicts} in conflict, left alone" if conflicts else ""
    err(f"{site}: {said}{terms}{left}")
    if not ask or not sys.stdin.isatty():
        return True
    try:
        wanted = click.confirm(harmless(f"Change {site}?"), err=True)
    except click.Abort:
        pipeline.leave_undone(run, plan, pipeline.INTERRUPTED)
        raise
    if wanted:
        return True
    err("Nothing was changed.")
    return False
