"""What a user may say about a site that is read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Wanted = Literal["none", "originals", "all"]
"""Which files: none; those that were uploaded, and what WordPress made smaller of a large one; or
the pictures of every size as well."""


class RestOptions(Struct, frozen=True):
    """`trash` reads posts and comments in the trash, `spam` comments marked so.

    `revisions` reads what posts said before. `templates` reads what was changed of the theme in the
    site's editor, where XML-RPC is on.
    `media` says which files of attachments are remembered for `fetch_media`; `lanes` is the number
    of connections. With `at_once` texts come with the listing, which spares the site half of its
    work: for whoever reads everything anyway, and has nothing to go on with after a kill. `since`
    is MySQL's text on the site's clock: what was changed before it isn't asked for. `companion`
    says whether a site's companion is asked in place of REST, and `site_options` which options of
    the site it is asked for; with `digests` that gives no text
    which is as a record says, for whoever compares.
    """

    trash: bool = False
    spam: bool = False
    revisions: bool = False
    templates: bool = False
    media: Wanted = "none"
    lanes: int = 4
    at_once: bool = False
    companion: bool = True
    site_options: tuple[str, ...] = ()
    digests: bool = False
    since: str = ""
