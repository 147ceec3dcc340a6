"""`wpmigrate companion`: the optional plugin for the WordPress side."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from migrate.cli.session import STDOUT
from migrate.cli.terminal import complain, err, standard_output, writing_to
from migrate.errors import DONE, WpmigrateError


@click.command()
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE.php",
    help="Where to write the plugin; a file that is there is replaced. - is standard output.",
)
def companion(out: Path) -> None:
    """Write the plugin that lets content move whole and fast.

    Upload the file to wp-content/mu-plugins of the site, or to wp-content/plugins and
    switch it on. It adds routes for accounts that may import or export, and nothing
    for anybody else; delete it when the move is done.

    \b
    Example: wpmigrate companion -o wpmigrate-companion.php
    """  # noqa: D301 - click looks for the character
    from migrate.live import companion as plugin  # noqa: PLC0415 - start-up is kept short
    from migrate.output import replacing  # noqa: PLC0415

    try:
        if str(out) == STDOUT:
            stream = standard_output()
            with writing_to(stream):
                stream.buffer.write(plugin.php())
                stream.buffer.flush()
        else:
            with replacing(out) as replacement:
                replacement.stream.write(plugin.php())
    except WpmigrateError as error:
        complain(error)
        sys.exit(error.exit_status)
    what = "it" if str(out) == STDOUT else out
    err(f"Upload {what} to wp-content/mu-plugins of the site, and delete it there afterwards.")
    sys.exit(DONE)
