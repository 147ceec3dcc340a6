"""The companion: the optional plugin that a site can be given, as one PHP file.

What REST can't carry goes through its routes (docs/companion.md). The file is shipped as it is;
`PROTOCOL` is the form of its routes that this version of wpmigrate speaks.
"""

from __future__ import annotations

from importlib import resources
from typing import Final

__all__ = ["FILE_NAME", "PROTOCOL", "ROUTES", "php"]

FILE_NAME: Final = "wpmigrate-companion.php"
PROTOCOL: Final = 1
ROUTES: Final = "wpmigrate/v1"
"""The namespace of its routes, by which a site's REST root tells that it is there."""


def php() -> bytes:
    """Return the plugin's file."""
    return resources.files(__package__).joinpath(FILE_NAME).read_bytes()
