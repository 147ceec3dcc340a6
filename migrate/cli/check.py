"""`wpmigrate check`: everything that can be known without a target."""

from __future__ import annotations

import sys

import click

from migrate import check as checking
from migrate import formats
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.options import BaseUrl, Common, common
from migrate.model.settings import Settings
from migrate.rewriting import mending


@click.command()
@click.argument("source", default=".", type=click.Path())
@click.option(
    "--base-url",
    type=BaseUrl(),
    default=None,
    help="The site's address, where the source doesn't tell it.",
)
@common
def check(*, source: str, base_url: str | None, common: Common) -> None:
    """Look for what is wrong in SOURCE, and for the rewrite rules that would mend it.

    Reads every record as an export would, and writes nothing.

    \b
    Example: wpmigrate check posts/
    """  # noqa: D301 - click looks for the character
    here = session.Session("check", source, "", common)
    settings = Settings(timezone=common.timezone, base_url=base_url or "")

    def body() -> None:
        run = here.run_over(sources.reader(sources.existing(source), here, "wordpress"))
        writer = formats.find(formats.FILE_WRITERS, "wxr", "format")(settings)
        checking.check(run, writer, mending(common.rewrite))

    sys.exit(here.run(body))
