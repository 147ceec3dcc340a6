"""The reader of a live site: through its companion where that can be used, else over REST."""

from __future__ import annotations

from migrate.live.credentials import Credentials
from migrate.model.progress import Watch, unwatched
from migrate.readers.companion.reader import CompanionReader
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.reader import RestReader

__all__ = ["SiteReader", "open_site"]

SiteReader = RestReader | CompanionReader


def open_site(
    address: str,
    credentials: Credentials | None,
    options: RestOptions,
    watch: Watch = unwatched,
) -> SiteReader:
    """Find a site and sign in; without credentials it is read as visitors see it.

    Raises SiteError where the site can't be reached, isn't WordPress or refuses us, and
    UsageError where `address` is no address.
    """
    connection = Connection.open(address, credentials, options.lanes)
    if options.companion and connection.companion.may("export"):
        return CompanionReader(connection, options, watch)
    return RestReader(connection, options, watch)
