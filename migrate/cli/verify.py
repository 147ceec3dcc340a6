"""`wpmigrate verify`: does another source, or a live site, hold what this one says?"""

from __future__ import annotations

import sys

import click
from msgspec.structs import replace

from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.options import Common, common
from migrate.cli.settled import Settled, is_given
from migrate.cli.site_options import asks_companion, names_options, with_revisions
from migrate.errors import UsageError
from migrate.readers.rest.options import RestOptions
from migrate.readers.wxr.source import looks_like_wxr
from migrate.rewriting import Bound
from migrate.stages import Reader
from migrate.verify import Other
from migrate.verify import verify as compare


@click.command(cls=Settled)
@click.argument("source", type=click.Path())
@click.argument("other", type=click.Path(), required=False)
@click.option("--site", default=None, metavar="URL", help="A live site, in place of OTHER.")
@with_revisions
@asks_companion
@names_options
@common
def verify(  # noqa: PLR0913 - an option each
    *,
    source: str,
    other: str | None,
    site: str | None,
    companion: bool,
    revisions: bool,
    site_options: tuple[str, ...],
    common: Common,
) -> None:
    """Ask whether OTHER, or a live site, holds what SOURCE says, field by field.

    What SOURCE leaves unset isn't compared, nor is what the site doesn't show. Values
    count as the site would store them. Nothing is changed; the exit status is 1 where
    something differs.

    \b
    Examples: wpmigrate verify site.xml posts/
              wpmigrate verify posts/ --site https://example.org
    """  # noqa: D301 - click looks for the character
    if other is not None and not is_given("site"):
        site = None  # one in the settings is where imports go
    here = session.Session("verify", source, site or other or "", common)

    def body() -> None:
        if (site is None) == (other is None):
            raise UsageError("one thing to compare with is needed", fix="Name OTHER, or --site URL")
        if source == other == sources.STANDARD_INPUT:
            raise UsageError("both can't be standard input", fix="Name a file or a folder for one")
        if site is not None:
            asked = RestOptions(
                companion=companion, revisions=revisions, site_options=site_options, digests=True
            )
            _against_site(source, site, here, asked)
            return
        run = here.run_over(_source(source, str(other), here))
        held = Other(sources.reader(sources.existing(str(other), here), here), str(other))
        compare(run, held, partial=not common.selection.is_all)

    sys.exit(here.run(body))


def _against_site(source: str, site: str, here: session.Session, asked: RestOptions) -> None:
    from migrate.cli import site as sites  # noqa: PLC0415 - loads requests
    from migrate.readers.companion.reader import CompanionReader  # noqa: PLC0415 - the same

    path = sources.existing(source, here)
    reads = replace(asked, trash=True, templates=True, at_once=True)
    reader = sites.opened(site, here, reads)
    run = here.run_over(sources.reader(path, here, "wordpress"))
    beside = reader.beside if isinstance(reader, CompanionReader) else None
    held = Other(reader, site, reader.shown(), beside)
    compare(run, held, partial=not here.common.selection.is_all)


def _source(source: str, other: str, here: session.Session) -> Reader:
    """Make the reader of SOURCE, rewritten as it would be on its way to OTHER."""
    bound: Bound = "wordpress" if looks_like_wxr(sources.existing(other, here)) else "posts"
    return sources.renamed(sources.reader(sources.existing(source, here), here, bound), here)
