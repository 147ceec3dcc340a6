"""A site that a command is to look at: surveyed with the credentials that are known."""

from __future__ import annotations

from migrate.cli.prompt import prompt
from migrate.cli.session import Session
from migrate.live.credentials import find_if_named
from migrate.live.survey import survey
from migrate.report.site import site_report


def look_at(site: str, here: Session) -> None:
    """Survey the site, for the session's reports to speak of it. Raises SiteError, UsageError."""
    here.summary.site = site_report(survey(site, find_if_named(site, prompt())))
