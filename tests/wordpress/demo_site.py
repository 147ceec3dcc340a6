"""The WordPress that the demo imports into."""

from tests.wordpress.flavours import WORDPRESS67_SQLITE
from tests.wordpress.install import install
from tests.wordpress.site import Site


def embedded_site() -> Site:
    """A running WordPress on SQLite, after installing what it needs and doesn't find.

    A context manager: `with embedded_site() as site:` ends its server. Raises InstallError,
    whose message is meant for the user.
    """
    install([WORDPRESS67_SQLITE])
    return Site(WORDPRESS67_SQLITE)
