"""What a user may say about a folder of posts that is written."""

from __future__ import annotations

from msgspec import Struct

from migrate.output.held import Held


class PostsOptions(Struct, frozen=True):
    """Picklable, as an encoder is.

    `variant` is the generation of the dialect's tool for records that none has written yet;
    `only_posts` leaves `.wordpress/` out; `overwrite` replaces files that were edited or aren't
    ours; `prune` removes files whose records are gone; `partial` says that the run doesn't see all
    of the source, so that nothing can be said to be gone; `dry_run` writes nothing. `held` knows
    the files of records that aren't read, because nothing about them has changed.
    """

    variant: str = ""
    only_posts: bool = False
    overwrite: bool = False
    prune: bool = False
    partial: bool = False
    dry_run: bool = False
    held: Held | None = None
