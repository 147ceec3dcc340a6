"""`wpmigrate verify`: does another source hold what this one says?"""

from __future__ import annotations

import sys

import click

from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.options import Common, common
from migrate.cli.settled import Settled
from migrate.errors import UsageError
from migrate.readers.wxr.source import looks_like_wxr
from migrate.rewriting import Bound
from migrate.stages import Reader
from migrate.verify import Other
from migrate.verify import verify as compare


@click.command(cls=Settled)
@click.argument("source", type=click.Path())
@click.argument("other", type=click.Path())
@common
def verify(source: str, other: str, common: Common) -> None:
    """Ask whether OTHER holds what SOURCE says, record by record and field by field.

    What SOURCE leaves unset isn't compared. Nothing is changed; the exit status is
    1 where something differs.

    \b
    Example: wpmigrate verify site.xml posts/
    """  # noqa: D301 - click looks for the character
    here = session.Session("verify", source, other, common)

    def body() -> None:
        if source == other == sources.STANDARD_INPUT:
            raise UsageError("both can't be standard input", fix="Name a file or a folder for one")
        run = here.run_over(_source(source, other, here))
        held = Other(sources.reader(sources.existing(other, here), here), other)
        compare(run, held, partial=not common.selection.is_all)

    sys.exit(here.run(body))


def _source(source: str, other: str, here: session.Session) -> Reader:
    """Make the reader of SOURCE, rewritten as it would be on its way to OTHER."""
    bound: Bound = "wordpress" if looks_like_wxr(sources.existing(other, here)) else "posts"
    return sources.reader(sources.existing(source, here), here, bound)
