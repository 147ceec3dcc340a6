"""ImportOptions: what a user asked of an import."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final, Literal

from msgspec import Struct, field

from migrate.mapping.author_map import AuthorMap
from migrate.model.site import Head
from migrate.plan.journal.keys import Keys
from migrate.writers.rest.media.options import MediaOptions

__all__ = ["ImportOptions", "OnExisting"]

OnExisting = Literal["update", "skip", "fail"]

_WPGHS: Final = frozenset({"wpghs", "syndicated"})


class ImportOptions(Struct, frozen=True):
    """The options of one import.

    `timezone` is the zone that the source's dates were written in, where the user named one;
    `publish_missed` publishes what was to appear at a time that has passed. `rendered_titles` names
    the dialects whose titles are as a site shows them, texturized. `author_map` says which user an
    author is, `create_authors` lets those be made that the site lacks. `head` is what the source
    holds beside its posts, `keys` are its keys in the journal, `source` what people call it there.
    `site_options` names those of its options that the site is to have, `media` is what becomes of
    files.
    `now` decides what has passed.

    `on_existing` says what becomes of posts that are there and differ, `create_only` leaves them
    unseen. `renames_taken` accepts the number that WordPress puts behind a slug which another post
    has. `as_status` is the status under which everything goes in, empty for its own. `prune` puts
    posts into the trash whose records are gone from the source. `quick` looks only at what the site
    says was changed. `companion` goes through the site's companion where it has that plugin, with
    `fast` so that no hook of WordPress runs.
    """

    timezone: tzinfo | None = None
    publish_missed: bool = False
    author_map: AuthorMap = field(default_factory=AuthorMap)
    create_authors: bool = False
    head: Head = field(default_factory=Head)
    rendered_titles: frozenset[str] = _WPGHS
    keys: Keys = field(default_factory=Keys)
    source: str = ""
    on_existing: OnExisting = "update"
    create_only: bool = False
    renames_taken: bool = False
    as_status: str = ""
    prune: bool = False
    quick: bool = False
    companion: bool = True
    fast: bool = False
    site_options: tuple[str, ...] = ()
    media: MediaOptions = field(default_factory=MediaOptions)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
