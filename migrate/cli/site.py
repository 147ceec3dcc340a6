"""A site that a command is to look at or to read, with the credentials that are known."""

from __future__ import annotations

from typing import cast

from migrate import formats, rewriting
from migrate.cli import source
from migrate.cli.prompt import prompt
from migrate.cli.session import Session
from migrate.errors import UsageError
from migrate.live.credentials import find_if_named
from migrate.live.survey import survey
from migrate.readers.rest.options import RestOptions
from migrate.readers.site import SiteReader
from migrate.report.site import site_report
from migrate.rewriting import Bound
from migrate.selection import SelectingReader
from migrate.stages import Reader


def look_at(site: str, here: Session) -> None:
    """Survey the site, for the session's reports to speak of it. Raises SiteError, UsageError."""
    here.summary.site = site_report(survey(site, find_if_named(site, prompt())))


def opened(site: str, here: Session, options: RestOptions) -> SiteReader:
    """Open a site to be read until the session ends. Raises SiteError, UsageError."""
    open_site = formats.find(formats.SITE_READERS, "wordpress", "format")
    known = find_if_named(site, prompt())
    return cast("SiteReader", here.keep(open_site(site, known, options, here.progress)))


def prepared(reader: SiteReader, here: Session, bound: Bound) -> Reader:
    """Lay over a site's reader what the options choose and rewrite."""
    chosen: Reader = reader
    if here.common.selection.changed_since:
        raise UsageError("--changed-since: a site has no history", fix="Leave it out")
    if not here.common.selection.is_all:
        chosen = SelectingReader(reader, here.common.selection, here.summary.totals)
    rewrites = rewriting.choose(here.common.rewrite, (), bound, named=False)
    return source.rewritten(chosen, lambda: reader, rewrites, here, bound)
