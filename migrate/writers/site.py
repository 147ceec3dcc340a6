"""The target of an import: through the site's companion where that can be used, else over REST."""

from __future__ import annotations

from typing import Final

from migrate.errors import UsageError
from migrate.live.credentials import Credentials
from migrate.model.finding import Note
from migrate.plan.journal.journal import Journal
from migrate.writers.companion.target import CompanionTarget
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.target import LiveTarget

__all__ = ["SiteTarget", "open_site"]

_FAST_ALONE: Final = "--fast is a way through the companion, which can't be used on this site"
_FAST_REFUSED: Final = "--fast: this account may not store posts without hooks"
_PAGE: Final = "docs/companion.md"

SiteTarget = LiveTarget | CompanionTarget


def open_site(
    site_url: str,
    credentials: Credentials | None,
    options: ImportOptions,
    note: Note,
    journal: Journal | None = None,
) -> SiteTarget:
    """Find the site's REST API, sign in and check rights; changes nothing.

    Without `credentials` it is seen as a visitor sees it, which is enough for planning; without a
    `journal` nothing is known of earlier imports, and nothing is kept for later ones.

    Raises SiteError where the site can't be reached, isn't WordPress or refuses us, and
    UsageError where `site_url` is no address.
    """
    connection = Connection.open(site_url, credentials)
    try:
        if _goes_through_companion(connection, options, note):
            return CompanionTarget(connection, options, note, journal)
        return LiveTarget(connection, options, note, journal)
    except BaseException:
        connection.close()
        raise


def _goes_through_companion(connection: Connection, options: ImportOptions, note: Note) -> bool:
    """Tell whether the companion is used; names one that is there and isn't.

    Raises UsageError for --fast where that can't be had.
    """
    companion = connection.companion
    if options.companion and companion.may("import") and companion.may("export"):
        if options.fast and not companion.is_fast:
            raise UsageError(_FAST_REFUSED, fix="Leave out --fast, or be an administrator")
        return True
    if options.fast:
        raise UsageError(_FAST_ALONE, fix=f"Leave out --fast, or see {_PAGE}")
    unused = companion.unused("import", connection.facts.home)
    if unused and options.companion:
        note(unused)
    return False
