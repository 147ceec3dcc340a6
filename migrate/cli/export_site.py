"""An export of a live site: read, converted, and the files of its media fetched."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from migrate import formats
from migrate.cli import site as sites
from migrate.cli.conversion import Wanted, convert, is_stream
from migrate.cli.session import Session
from migrate.cli.site_options import SiteOptions
from migrate.errors import UsageError
from migrate.output.held import Held
from migrate.readers.rest.options import RestOptions
from migrate.readers.site import SiteReader
from migrate.syntax.wordpress_folder import FOLDER, WITHOUT_FOLDER
from migrate.writers.posts.draft import key_of


def export(here: Session, site: str, wanted: Wanted, asked: SiteOptions) -> None:
    """Export a site as was wanted. Raises SiteError, UsageError, OutputError."""
    target = here.summary.target
    is_file = wanted.form in formats.FILE_WRITERS
    if is_file and asked.last:
        raise UsageError("--since last: a file has no earlier records", fix="Name a folder with -o")
    if is_file and asked.media_dir is None and (asked.media or "none") != "none":
        raise UsageError("media need a folder", fix="Name one with --media-dir")
    media = asked.media or ("none" if is_file else "originals")
    options = RestOptions(
        trash=asked.trash,
        spam=asked.spam,
        revisions=asked.revisions,
        templates=asked.templates,
        media=media,
        lanes=asked.connections,
        at_once=is_file,
        companion=asked.companion,
        site_options=asked.site_options,
        since=here.common.selection.since,
    )
    reader = sites.opened(site, here, options)
    zone = wanted.settings.timezone or reader.connection.facts.zone
    settings = replace(wanted.settings, timezone=zone)
    # Texts that come with the listing are read by any process; files are this one's to remember.
    jobs = wanted.jobs if is_file and media == "none" else 1
    wanted = replace(wanted, settings=settings, jobs=jobs)
    prepared = sites.prepared(reader, here, wanted.bound)
    if not is_file and not is_stream(target):
        wanted = replace(
            wanted, options=replace(wanted.options, held=_held(here, reader, wanted, asked))
        )
    run = convert(here, prepared, lambda: reader, wanted)
    if media != "none" and not here.common.dry_run:
        reader.fetch_media(asked.media_dir or Path(target), run.note)


def _held(here: Session, reader: SiteReader, wanted: Wanted, asked: SiteOptions) -> Held:
    """Let the reader leave what the folder has: of a killed run, and with --since last of any."""
    own = WITHOUT_FOLDER if wanted.options.only_posts else FOLDER
    held = Held(Path(here.summary.target), own, finished=asked.last)

    def leave(kind: str, number: int, mark: str) -> bool:
        holds = held.holds(key_of(kind, number), mark)
        if holds:
            here.summary.totals.leave_unopened("since")
        return holds

    reader.leaving(leave)
    return held
