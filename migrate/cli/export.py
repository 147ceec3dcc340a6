"""`wpmigrate export`: files to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import click

from migrate import formats, output, pipeline
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.option_types import Size
from migrate.cli.options import Common, common, source_date_epoch
from migrate.cli.settled import Settled
from migrate.cli.terminal import standard_output, writing_to
from migrate.errors import UsageError
from migrate.mapping import load
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.settings import Settings
from migrate.rewriting import Bound
from migrate.stages import FileWriter
from migrate.writers import redirects
from migrate.writers.posts.options import PostsOptions

STDOUT = "-"
DEFAULT_DIALECT = "wpghs"
BODIES = {"markdown": ("to-markdown",), "html": ("markdown", "rst")}
"""What --body can ask for, and the rewrite rules that do it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written: `form` is wxr or posts, `dialect` the posts' mapping."""

    form: str
    dialect: str
    settings: Settings
    options: PostsOptions
    redirects: str | None = None
    jobs: int | None = None
    split: int | None = None


@click.command(cls=Settled)
@click.argument("source", default=".", type=click.Path())
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
@common
def export(  # noqa: PLR0913 - an option each
    *,
    source: str,
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
    common: Common,
) -> None:
    """Convert SOURCE (posts or WXR) into one WXR file or a folder of posts.

    \b
    Examples: wpmigrate export posts/ -o site.xml --timezone Europe/Lisbon
              wpmigrate export site.xml -o posts/ --to hugo
    """  # noqa: D301 - click looks for the character
    target = out or f"{Path(source).resolve().stem or 'site'}.xml"
    common = replace(common, rewrite=(*common.rewrite, *BODIES.get(body, ())))
    here = session.Session("export", source, target, common)
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
        form = _form(to, target)
        dialect = _dialect(to, form, here)
        _convert(here, Wanted(form, dialect, settings, options, redirects_to, jobs, split))

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
    return "wxr" if _is_stream(target) else formats.for_output(target)


def _dialect(to: str | None, form: str, here: session.Session) -> str:
    """Give the dialect of the posts that are written; UsageError where --mapping could mean two."""
    read, _ = sources.named_source(sources.existing(here.summary.source, here), here.common)
    asked = here.common.mapping
    if form == "posts" and read == "posts" and asked:
        raise UsageError(
            "SOURCE and OUT are both posts, so --mapping could mean either",
            fix="Name them with --from DIALECT and --to DIALECT",
        )
    if to and to not in formats.FOLDER_WRITERS:
        return to
    return asked or DEFAULT_DIALECT


def _is_stream(target: str) -> bool:
    return target == STDOUT or output.is_stream(Path(target))


def _convert(here: session.Session, wanted: Wanted) -> None:
    path = sources.existing(here.summary.source, here)
    target = here.summary.target
    sources.refuse_own_source(path, Path(target))
    bound: Bound = "wordpress" if wanted.form in formats.FILE_WRITERS else "posts"
    run = here.run_over(sources.reader(path, here, bound))
    run.jobs = wanted.jobs
    if wanted.redirects is not None:
        found = sources.addresses(path, here, bound)
        action = redirects.write(found, Path(wanted.redirects), dry_run=run.dry_run)
        run.act(action, counted=False)
    if wanted.form in formats.FILE_WRITERS:
        settings = wanted.settings
        settings = replace(settings, base_url=settings.base_url or run.head.site.url or "")
        writer = formats.find(formats.FILE_WRITERS, wanted.form, "format")(settings)
        if wanted.split is None:
            pipeline.export(run, writer, lambda _: _opened(run, wanted.form, target))
        else:
            _export_parts(run, writer, wanted.split, here)
        return
    if wanted.split is not None:
        raise UsageError("--split: a folder of posts has no parts", fix="Leave it out")
    if _is_stream(target):
        raise UsageError(
            "a folder can't go to standard output, a device or a pipe", fix="Name a folder with -o"
        )
    make = formats.find(formats.FOLDER_WRITERS, wanted.form, "format")
    dialect = load.load(wanted.dialect)
    authors = tuple(run.head.authors)
    pipeline.export_folder(
        run, make(wanted.settings, dialect, wanted.options, authors), Path(target)
    )


def _export_parts(run: pipeline.Run, writer: FileWriter, size: int, here: session.Session) -> None:
    """Write a file for each part, and name one of an earlier run that is left behind the last."""
    source, target = sources.existing(here.summary.source, here), Path(here.summary.target)
    if _is_stream(str(target)):
        raise UsageError("--split: several files can't go to one stream", fix="Name a file with -o")
    last = 0

    def opened(number: int) -> AbstractContextManager[BinaryIO]:
        nonlocal last
        last = number
        part = part_name(target, number)
        sources.refuse_own_source(source, part)
        return _opened(run, "wxr", str(part))

    pipeline.export(run, writer, opened, size)
    left = part_name(target, last + 1)
    if last and left.exists():
        run.note(
            Finding(
                "target-part-left",
                f"{left} is of an earlier run that wrote more parts",
                fix="Remove it, and those after it, before you import the others",
            )
        )


def part_name(target: Path, number: int) -> Path:
    """Give the name of a part: `site-001.xml` of `site.xml`."""
    ending = ".xml.gz" if target.name.endswith(".xml.gz") else target.suffix
    return target.with_name(f"{target.name.removesuffix(ending)}-{number:03}{ending}")


@contextmanager
def _opened(run: pipeline.Run, form: str, target: str) -> Iterator[BinaryIO]:
    if target == STDOUT:
        with _nowhere() if run.dry_run else _standard_output() as stream:
            yield stream
        return
    with output.replacing(Path(target), dry_run=run.dry_run) as replacement:
        yield replacement.stream
    run.act(Action(replacement.outcome, form, path=target))


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Give standard output; a reader such as `head` that has had enough ends it quietly."""
    stream = standard_output()
    with writing_to(stream):
        yield stream.buffer
        stream.buffer.flush()


def _nowhere() -> BinaryIO:
    return Path(os.devnull).open("wb")
