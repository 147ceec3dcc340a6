"""`wpmigrate export`: files to files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from migrate import formats, output, pipeline
from migrate.cli import session
from migrate.cli.options import Common, common, source_date_epoch
from migrate.model.action import Action
from migrate.model.settings import Settings

STDOUT = "-"


@click.command()
@click.argument("source", default=".", type=click.Path())
@click.option(
    "--output",
    "-o",
    "out",
    default=None,
    metavar="OUT",
    help="The WXR file to write: ends in .xml or .xml.gz; - is standard output.  "
    "[default: SOURCE's name with .xml]",
)
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="The site's address, where the permalinks don't tell it.",
)
@click.option(
    "--no-provenance", is_flag=True, help="Leave out what only the way back to posts needs."
)
@common
def export(
    source: str, out: str | None, base_url: str, no_provenance: bool, common: Common
) -> None:
    r"""Convert a folder of posts (or a single post) into one WXR file.

    \b
    Example: wpmigrate export posts/ -o site.xml --timezone Europe/Lisbon
    """  # fmt: skip
    target = out or f"{Path(source).resolve().stem or 'site'}.xml"
    here = session.Session("export", source, target, common)
    settings = Settings(
        timezone=common.timezone,
        base_url=base_url,
        provenance=not no_provenance,
        epoch=source_date_epoch(),
        generator="wpmigrate",
    )
    sys.exit(here.run(lambda: _convert(here, settings), result_on_stdout=target == STDOUT))


def _convert(here: session.Session, settings: Settings) -> None:
    target = here.summary.target
    path = session.existing(here.summary.source)
    name = "wxr" if target == STDOUT else formats.for_output(target)
    session.refuse_own_source(path, Path(target))
    writer = formats.find(formats.FILE_WRITERS, name, "format")(settings)
    run = here.run_over(session.reader(path, here))

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        if target == STDOUT:
            yield sys.stdout.buffer
            return
        with output.replacing(Path(target), dry_run=here.common.dry_run) as replacement:
            yield replacement.stream
        run.act(Action(replacement.outcome, name, path=target))

    pipeline.export(run, writer, opened)
