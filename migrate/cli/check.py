"""`wpmigrate check`: everything that can be known of a source, of a site or of both."""

from __future__ import annotations

import sys

import click

from migrate import check as checking
from migrate import formats
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.options import Common, common
from migrate.cli.settled import Settled
from migrate.model.settings import Settings
from migrate.rewriting import mending


@click.command(cls=Settled)
@click.argument("source", default=None, required=False, type=click.Path())
@click.option(
    "--site", default=None, metavar="URL", help="A live site to look at; SOURCE as well if named."
)
@common
def check(*, source: str | None, site: str | None, common: Common) -> None:
    """Look for what is wrong in SOURCE, and for the rewrite rules that would mend it.

    Reads every record as an export would, and writes nothing. With --site, says what
    a live site is, takes, and lets us do, or why it can't be worked with; who we are
    comes from WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, else we are a visitor.

    \b
    Example: wpmigrate check posts/
             wpmigrate check --site https://example.org
    """  # noqa: D301 - click looks for the character
    named = source or ("" if site else ".")
    here = session.Session("check", named, site or "", common)
    settings = Settings(timezone=common.timezone, base_url=common.base_url)

    def body() -> None:
        if site:
            # Imported late: HTTP takes a while to load, and few checks need it.
            from migrate.cli.site import look_at  # noqa: PLC0415

            look_at(site, here)
        if named:
            _read(named, here, settings)

    sys.exit(here.run(body))


def _read(source: str, here: session.Session, settings: Settings) -> None:
    run = here.run_over(sources.reader(sources.existing(source, here), here, "wordpress"))
    writer = formats.find(formats.FILE_WRITERS, "wxr", "format")(settings)
    checking.check(run, writer, mending(here.common.rewrite))
