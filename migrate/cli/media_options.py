"""The options of an import about the files that posts name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click


def media_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options about media."""
    made = command
    for option in (
        click.option(
            "--media-dir",
            type=click.Path(path_type=Path, exists=True, file_okay=False),
            metavar="DIR",
            help="Where else files are looked for: a copy of wp-content/uploads, say.",
        ),
        click.option(
            "--fetch-media", is_flag=True, help="Bring over what posts show from other sites too."
        ),
        click.option(
            "--sizes",
            type=click.Choice(["now", "later"]),
            default="now",
            help="Through the companion: have the smaller sizes of pictures made that aren't here, "
            "or leave them to `wp media regenerate --only-missing`.  [default: now]",
        ),
        click.option(
            "--media/--no-media",
            default=True,
            help="Upload the files that posts name, and lead them there.  [default: media]",
        ),
    ):
        made = option(made)
    return made
