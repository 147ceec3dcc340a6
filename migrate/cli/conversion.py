"""What a reader reads, written as OUT asks for it: WXR or a folder of posts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from msgspec import Struct
from msgspec.structs import replace

from migrate import formats, output, pipeline
from migrate.cli import session
from migrate.cli import source as sources
from migrate.cli.terminal import standard_output, writing_to
from migrate.errors import UsageError
from migrate.mapping import load
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.settings import Settings
from migrate.output import shared
from migrate.rewriting import Bound
from migrate.run import Run
from migrate.stages import FileWriter, Reader
from migrate.writers import redirects
from migrate.writers.posts.options import PostsOptions

STDOUT: Final = session.STDOUT


class Wanted(Struct, frozen=True):
    """What is to be written: `form` is wxr or posts, `dialect` the posts' mapping."""

    form: str
    dialect: str
    settings: Settings
    options: PostsOptions
    redirects: str | None = None
    jobs: int | None = None
    scheduler: str | None = None
    split: int | None = None

    @property
    def bound(self) -> Bound:
        """Give where the records go, as the rewrite rules call it."""
        return "wordpress" if self.form in formats.FILE_WRITERS else "posts"


def is_stream(target: str) -> bool:
    """Tell whether OUT is standard output, a device or a pipe."""
    return target == STDOUT or output.is_stream(Path(target))


def convert(
    here: session.Session,
    reader: Reader,
    again: Callable[[], Reader],
    wanted: Wanted,
    source: Path | None = None,
) -> Run:
    """Convert what a reader reads; `again` makes one of the whole source as it stands.

    `source` is the file or folder that no part may replace.
    """
    target = here.summary.target
    run = here.run_over(sources.renamed(reader, here))
    run.jobs = wanted.jobs
    if wanted.scheduler is not None and source is not None:
        from migrate.cluster import Cluster  # noqa: PLC0415 - few runs need it

        run.elsewhere = Cluster(wanted.scheduler, here.summary.source, source).in_order
    if wanted.redirects is not None:
        found = sources.addresses(again(), here, wanted.bound)
        action = redirects.write(found, Path(wanted.redirects), dry_run=run.dry_run)
        run.act(action, counted=False)
    if wanted.form in formats.FILE_WRITERS:
        _convert_to_file(run, wanted, target, source)
        return run
    if wanted.split is not None:
        raise UsageError("--split: a folder of posts has no parts", fix="Leave it out")
    if is_stream(target) or shared.is_shared(target):
        raise UsageError(
            "a folder can't go to standard output, a device, a pipe or another file system",
            fix="Name a folder with -o",
        )
    make = formats.find(formats.FOLDER_WRITERS, wanted.form, "format")
    dialect = load.load(wanted.dialect)
    authors = tuple(run.head.authors)
    pipeline.export_folder(
        run, make(wanted.settings, dialect, wanted.options, authors), Path(target)
    )
    return run


def _convert_to_file(run: Run, wanted: Wanted, target: str, source: Path | None) -> None:
    settings = wanted.settings
    settings = replace(settings, base_url=settings.base_url or run.head.site.url or "")
    writer = formats.find(formats.FILE_WRITERS, wanted.form, "format")(settings)
    if wanted.split is not None:
        _export_parts(run, writer, wanted.split, target, source)
    elif _is_plain_file(target) and not run.dry_run:
        with output.replacing_in_place(Path(target)) as replacement:
            written = pipeline.export_in_place(run, writer, replacement)
        if replacement.is_kept:
            run.totals.written.update(written)
            run.act(Action(replacement.outcome, wanted.form, path=target))
    else:
        pipeline.export(run, writer, lambda _: _opened(run, wanted.form, target))


def _is_plain_file(target: str) -> bool:
    """Tell whether a file can be written there in any order."""
    is_file = not (shared.is_shared(target) or is_stream(target))
    return is_file and output.can_be_in_place(target)


def _export_parts(
    run: Run, writer: FileWriter, size: int, target: str, source: Path | None
) -> None:
    """Write a file for each part, and name one of an earlier run that is left behind the last."""
    if is_stream(target):
        raise UsageError("--split: several files can't go to one stream", fix="Name a file with -o")
    last = 0

    def opened(number: int) -> AbstractContextManager[BinaryIO]:
        nonlocal last
        last = number
        part = part_name(target, number)
        refuse_link(part)
        if source is not None:
            sources.refuse_own_source(source, Path(part))
        return _opened(run, "wxr", part)

    pipeline.export(run, writer, opened, size)
    left = part_name(target, last + 1)
    if last and (shared.exists(left) if shared.is_shared(left) else Path(left).exists()):
        run.note(
            Finding(
                "target-part-left",
                f"{left} is of an earlier run that wrote more parts",
                fix="Remove it, and those after it, before you import the others",
            )
        )


def refuse_link(target: str) -> None:
    """Refuse a link in the place of a file whose name nobody typed; UsageError.

    A folder that others made can hold one that leads to any file of the user's.
    """
    if not shared.is_shared(target) and Path(target).is_symlink():
        fix = "Take the link away, or name another OUT with -o"
        raise UsageError("a link stands in its place", path=target, fix=fix)


def part_name(target: str, number: int) -> str:
    """Give the name of a part: `site-001.xml` of `site.xml`."""
    ending = ".xml.gz" if target.endswith(".xml.gz") else PurePath(target).suffix
    return f"{target.removesuffix(ending)}-{number:03}{ending}"


@contextmanager
def _opened(run: Run, form: str, target: str) -> Iterator[BinaryIO]:
    if target == STDOUT:
        with _nowhere() if run.dry_run else _standard_output() as stream:
            yield stream
        return
    place = shared.storing if shared.is_shared(target) else _replacing
    with place(target, dry_run=run.dry_run) as replacement:
        yield replacement.stream
    run.act(Action(replacement.outcome, form, path=target))


def _replacing(target: str, *, dry_run: bool) -> AbstractContextManager[output.Replacement]:
    return output.replacing(Path(target), dry_run=dry_run)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Give standard output; a reader such as `head` that has had enough ends it quietly."""
    stream = standard_output()
    with writing_to(stream):
        yield stream.buffer
        stream.buffer.flush()


def _nowhere() -> BinaryIO:
    return Path(os.devnull).open("wb")
