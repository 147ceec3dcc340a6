"""`wpmigrate export`: files, or a live site, to files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from migrate import formats
from migrate.cli import session, site_options
from migrate.cli import source as sources
from migrate.cli.conversion import STDOUT, Wanted, convert, is_stream, refuse_link
from migrate.cli.filters import LAST
from migrate.cli.option_types import Size
from migrate.cli.options import Common, common, source_date_epoch
from migrate.cli.settled import Settled, is_given
from migrate.errors import UsageError
from migrate.mapping import load
from migrate.model.settings import Settings
from migrate.output import shared
from migrate.writers.posts.options import PostsOptions

DEFAULT_DIALECT = "wpghs"
BODIES = {"markdown": ("to-markdown",), "html": ("markdown", "rst")}
"""What --body can ask for, and the rewrite rules that do it."""


@click.command(cls=Settled)
@click.argument("source", default=".", type=click.Path())
@click.option("--site", default=None, metavar="URL", help="A live site, in place of SOURCE.")
@site_options.site_options
@click.option(
    "--output",
    "-o",
    "out",
    default=None,
    metavar="OUT",
    help="A file that ends in .xml or .xml.gz, or a folder for posts; - is standard "
    "output.  [default: SOURCE's name with .xml]",
)
@click.option(
    "--to",
    "to",
    default=None,
    metavar="wxr|posts|DIALECT",
    help="What to write, where OUT's name doesn't tell.",
)
@click.option(
    "--variant",
    default="",
    metavar="NAME",
    help="The generation of the dialect's tool, as wpghs-2.0, for posts that it hasn't "
    "written yet.",
)
@click.option(
    "--body",
    type=click.Choice(("as-is", *BODIES)),
    default="as-is",
    show_default=True,
    help="What bodies become: markdown is short for --rewrite to-markdown, html for --rewrite "
    "markdown,rst.",
)
@click.option(
    "--redirects",
    "redirects_to",
    default=None,
    metavar="FILE",
    help="Write redirects from old addresses to new ones too: for nginx (.map, .conf), Apache "
    "(.htaccess), Netlify (_redirects) or the Redirection plugin (.csv).",
)
@click.option("--only-posts", is_flag=True, help="Write no .wordpress/ folder; says what is lost.")
@click.option("--overwrite", is_flag=True, help="Replace files that were edited or aren't ours.")
@click.option("--prune", is_flag=True, help="Remove files whose records are gone.")
@click.option(
    "--split",
    type=Size(),
    default=None,
    metavar="SIZE",
    help="Write several WXR files of at most this size, as 10MB, before compression: OUT with "
    "-001, -002 ... in its name, each whole.",
)
@click.option("--no-provenance", is_flag=True, help="Leave out what only the way back needs.")
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=None,
    metavar="N",
    help="How many processes convert; what comes out is the same.  [default: the machine's cores, "
    "1 for fewer than 1000 records]",
)
@click.option(
    "--scheduler",
    default=None,
    metavar="ADDRESS",
    help="A running Dask cluster that converts in place of processes here, by its scheduler's "
    "address, as tcp://host:8786.",
)
@common
def export(  # noqa: PLR0913 - an option each
    *,
    source: str,
    site: str | None,
    out: str | None,
    to: str | None,
    variant: str,
    body: str,
    redirects_to: str | None,
    only_posts: bool,
    overwrite: bool,
    prune: bool,
    split: int | None,
    no_provenance: bool,
    jobs: int | None,
    scheduler: str | None,
    common: Common,
    **given: Any,
) -> None:
    """Convert SOURCE (posts or WXR), or a live site, into one WXR file or a folder of posts.

    \b
    Examples: wpmigrate export posts/ -o site.xml --timezone Europe/Lisbon
              wpmigrate export site.xml -o posts/ --to hugo
              wpmigrate export --site https://example.org -o posts/
    """  # noqa: D301 - click looks for the character
    site = site if is_given("site") else None  # one in the settings is where imports go
    is_last = site is not None and common.selection.since == LAST
    of_site = site_options.take(given, last=is_last)
    if is_last:
        common = replace(common, selection=replace(common.selection, since=""))
    named = out or f"{'site' if site else Path(source).resolve().stem or 'site'}.xml"
    target = shared.as_path(named)
    common = replace(common, rewrite=(*common.rewrite, *BODIES.get(body, ())))
    here = session.Session("export", site or source, target, common)
    settings = Settings(
        timezone=common.timezone,
        base_url=common.base_url,
        provenance=not no_provenance,
        epoch=source_date_epoch(),
        generator="wpmigrate",
    )
    options = PostsOptions(
        variant=_variant(variant),
        only_posts=only_posts,
        overwrite=overwrite,
        prune=prune,
        partial=not common.selection.is_all,
        dry_run=common.dry_run,
    )

    def converted() -> None:
        if prune and options.partial:
            raise UsageError(
                "--prune: what an option leaves out would be taken for gone",
                fix="Prune in a run over all of SOURCE",
            )
        if out is None and source == sources.STANDARD_INPUT:
            raise UsageError(
                "standard input gives OUT no name", fix="Name it with -o (- is standard output)"
            )
        if out is None:
            refuse_link(target)
        if site is not None and is_given("source"):
            raise UsageError("SOURCE and --site are both named", fix="Name one of them")
        if scheduler and (site is not None or is_given("jobs")):
            raise UsageError(
                "--scheduler is for files, in place of --jobs", fix="Leave one of both out"
            )
        form = _form(to, target)
        wanted = Wanted(form, "", settings, options, redirects_to, jobs, scheduler, split)
        if site is not None:
            from migrate.cli import export_site  # noqa: PLC0415 - loads requests

            wanted = replace(wanted, dialect=_site_dialect(to, here))
            export_site.export(here, site, wanted, of_site)
            return
        _convert_files(here, replace(wanted, dialect=_dialect(to, form, here)))

    sys.exit(here.run(converted, result_on_stdout=target in (STDOUT, "/dev/stdout")))


def _variant(asked: str) -> str:
    """Give a variant without the name of its mapping: `dashed-toml` for `eleventy-dashed-toml`."""
    for name in load.names():
        if asked.startswith(f"{name}-"):
            return asked.removeprefix(f"{name}-")
    return asked


def _form(to: str | None, target: str) -> str:
    if to in formats.FILE_WRITERS or to in formats.FOLDER_WRITERS:
        return str(to)
    if to is not None:
        return "posts"  # a dialect, which load() refuses by name if it doesn't know it
    return "wxr" if is_stream(target) else formats.for_output(target)


def _dialect(to: str | None, form: str, here: session.Session) -> str:
    """Give the dialect of the posts that are written; UsageError where --mapping could mean two."""
    read, _ = sources.named_source(sources.existing(here.summary.source, here), here.common)
    asked = here.common.mapping
    if form == "posts" and read == "posts" and asked:
        raise UsageError(
            "SOURCE and OUT are both posts, so --mapping could mean either",
            fix="Name them with --from DIALECT and --to DIALECT",
        )
    return _site_dialect(to, here)


def _site_dialect(to: str | None, here: session.Session) -> str:
    """Give the dialect of posts that are written of a source that has none of its own."""
    if to and to not in (*formats.FOLDER_WRITERS, *formats.FILE_WRITERS):
        return to
    return here.common.mapping or DEFAULT_DIALECT


def _convert_files(here: session.Session, wanted: Wanted) -> None:
    path = sources.existing(here.summary.source, here)
    sources.refuse_own_source(path, Path(here.summary.target))
    reader = sources.reader(path, here, wanted.bound)
    convert(here, reader, lambda: sources.plain(path, here), wanted, path)
