"""A folder of posts that is exported a second time, and what is said of it then."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from migrate import formats, pipeline
from migrate.mapping import load
from migrate.model.settings import Settings
from migrate.output import manifest
from migrate.readers.posts import PostsReader
from migrate.report.discreet import Discreet
from migrate.report.totals import Summary, Totals
from migrate.reporting import Scope
from migrate.run import Run
from migrate.stages import Reader
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.writer import PostsWriter
from tests.newsroom import HEAD, RECORDS
from tests.posts_folders import write

POST = """---
ID: {number}
post_title: 'Lamps: part {number}'
author: Ada
post_date: 2020-01-0{number} 10:00:00
post_excerpt: ""
layout: post
permalink: https://lantern.example/lamps-{number}/
published: true
---
<p>Body {number}</p>
"""
PLACE = "_posts/2020-01-0{number}-lamps-{number}.md"
MARKS: Final = ("made", "read", "told")


class Case(Struct):
    """A folder, what it is exported to, and how."""

    source: Path
    out: Path
    dialect: str = "wpghs"
    jobs: int = 1
    settings: Settings = field(default_factory=Settings)
    options: dict[str, Any] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    reads: tuple[str, ...] = ("wpghs",)
    encoding: str = "utf-8"
    laid_over: Callable[[Reader, Totals], Reader] = lambda reader, _: reader

    def export(self, *, dry_run: bool = False) -> str:
        """Export; give the JSON report."""
        return self.said("json", dry_run=dry_run)["json"]

    def said(self, *names: str, dry_run: bool) -> dict[str, str]:
        """Export; give the reports of these formats."""
        streams = {name: io.StringIO() for name in names}
        reports = [
            Discreet(formats.find(formats.REPORTS, name, "report")(stream, verbose=True))
            for name, stream in streams.items()
        ]
        totals = Totals()
        run = Run(
            self._reader(totals),
            reports,
            totals,
            lambda *_: None,
            dry_run=dry_run,
            scope=self.scope,
        )
        run.jobs = self.jobs
        options = PostsOptions(dry_run=dry_run, **self.options)
        authors = tuple(run.head.authors)
        writer = PostsWriter(self.settings, load.load(self.dialect), options, authors)
        pipeline.export_folder(run, writer, self.out)
        for report in reports:
            report.finish(Summary("export", "source", "out", dry_run, "1", totals))
        return {name: stream.getvalue() for name, stream in streams.items()}

    def _reader(self, totals: Totals) -> Reader:
        dialects = tuple(map(load.load, self.reads))
        is_named = len(dialects) == 1
        reader = PostsReader(self.source, dialects, is_named, self.encoding, totals.passed_over)
        return self.laid_over(reader, totals)

    @property
    def manifest(self) -> Path:
        """The manifest of the output."""
        return self.out / ".wordpress" / manifest.NAME

    def copied(self, folder: Path) -> Case:
        """Give the same elsewhere."""
        shutil.copytree(self.source, folder / "source", symlinks=True)
        shutil.copytree(self.out, folder / "out", symlinks=True)
        return replace(self, source=folder / "source", out=folder / "out", options={})

    def forgetful(self) -> Case:
        """Give the same over a copy whose manifest says nothing of what files were made from."""
        twin = replace(self, out=self.out.with_name("twin"))
        shutil.copytree(self.out, twin.out, symlinks=True)
        twin.manifest.write_text("".join(f"{json.dumps(line)}\n" for line in without_made(twin)))
        return twin


def without_made(case: Case) -> list[dict[str, str]]:
    """Give the lines of a manifest, but for what they say their files were read and made from."""
    lines = [json.loads(line) for line in case.manifest.read_text().splitlines()]
    return [{k: v for k, v in line.items() if k not in MARKS} for line in lines]


def newsroom(folder: Path) -> Case:
    """Give the newsroom and some plain posts, exported once."""
    made = Case(folder / "source", folder / "out")
    write(RECORDS, made.source, HEAD)
    for number in range(1, 6):
        path = made.source / PLACE.format(number=number)
        path.write_text(POST.format(number=number))
    made.export()
    return made


def edit(path: Path, old: str, new: str) -> None:
    """Change a file's text."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
