"""The options of an export that are about a live site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click
from msgspec import Struct

from migrate.cli.option_types import OptionNames
from migrate.readers.rest.options import Wanted as Media


class SiteOptions(Struct, frozen=True):
    """What was asked about a site; `last` is --since last."""

    trash: bool
    spam: bool
    revisions: bool
    templates: bool
    connections: int
    media: Media | None
    media_dir: Path | None
    companion: bool
    site_options: tuple[str, ...]
    last: bool = False


asks_companion = click.option(
    "--companion/--no-companion", default=True, show_default=True,
    help="Ask the site's companion, where it has that plugin, in place of REST.",
)  # fmt: skip
with_revisions = click.option(
    "--revisions", is_flag=True, help="Of a site: what posts said before too.",
)  # fmt: skip
"""Options of all that read a site."""

names_options = click.option(
    "--site-options", type=OptionNames(), default=(), metavar="NAME[,NAME…]",
    help="Settings of the site that go along, by their names in wp_options, as "
         "blogname,page_on_front: through its companion.",
)  # fmt: skip
"""The option of all that read a site, or write to one."""

_OPTIONS: Final = (
    click.option("--trash", is_flag=True,
                 help="Of a site: posts and comments in the trash too."),
    click.option("--spam", is_flag=True,
                 help="Of a site: comments that were marked as spam too."),
    with_revisions,
    click.option("--templates", is_flag=True,
                 help="Of a site: what was changed of the theme in the site's editor too."),
    click.option("--connections", type=click.IntRange(1, 16), default=4, show_default=True,
                 help="How many questions a site is asked at the same time."),
    click.option("--media", type=click.Choice(("none", "originals", "all")), default=None,
                 help="Of a site: the files that were uploaded, or all sizes of pictures too.  "
                      "[default: originals into a folder, none beside WXR]"),
    click.option("--media-dir", type=click.Path(path_type=Path), metavar="FOLDER",
                 help="Where wp-content/uploads/ goes.  [default: OUT]"),
    asks_companion,
    names_options,
)  # fmt: skip


def site_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options about a site."""
    for option in reversed(_OPTIONS):
        option(command)
    return command


def take(given: dict[str, Any], *, last: bool) -> SiteOptions:
    """Take these options out of what click gave."""
    names = [name for name in SiteOptions.__struct_fields__ if name != "last"]
    return SiteOptions(**{name: given.pop(name) for name in names}, last=last)
