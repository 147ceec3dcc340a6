"""Conversions as the command line makes them, without its talk."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from migrate import output, pipeline
from migrate.cli.options import Common
from migrate.cli.session import Session
from migrate.cli.source import reader
from migrate.mapping import load
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.seen import Seen
from migrate.model.settings import Settings
from migrate.run import Run
from migrate.verify import Other, verify
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.writer import PostsWriter
from migrate.writers.wxr.writer import WxrWriter

OTHER = "other"
OPTIONS = Common(
    mapping=None,
    timezone=None,
    encoding=None,
    source_format=None,
    report=(),
    fail_on="error",
    dry_run=False,
    quiet=True,
    verbose=False,
    progress=False,
    show_private=False,
)


class Said:
    """A report that keeps what it is told."""

    wants_bodies = False

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.actions: list[Action] = []

    def record(self, seen: Seen) -> None:
        """Pass over a record."""

    def finding(self, finding: Finding) -> None:
        """Keep a finding."""
        self.findings.append(finding)

    def action(self, action: Action) -> None:
        """Keep an action."""
        self.actions.append(action)


def opened(source: Path, mapping: str | None = None) -> tuple[Run, Said]:
    """Make the run over a source that is told by its content."""
    here = Session("test", str(source), "", replace(OPTIONS, mapping=mapping))
    said = Said()
    here.reports.append(said)
    return here.run_over(reader(source, here)), said


def to_wxr(source: Path, out: Path, mapping: str | None = None) -> Said:
    """Convert a source into a WXR file."""
    run, said = opened(source, mapping)

    @contextmanager
    def stream(_number: int) -> Iterator[BinaryIO]:
        with output.replacing(out) as replacement:
            yield replacement.stream

    pipeline.export(run, WxrWriter(Settings(generator="wpmigrate")), stream)
    return said


def to_posts(source: Path, out: Path, dialect: str, variant: str = "") -> Said:
    """Convert a source into a folder of posts; `variant` is what --variant ends in."""
    run, said = opened(source)
    authors = tuple(run.head.authors)
    writer = PostsWriter(Settings(), load.load(dialect), PostsOptions(variant=variant), authors)
    pipeline.export_folder(run, writer, out)
    return said


def compared(source: Path, other: Path, mapping: str | None = None) -> Said:
    """Give what verify says of two sources; the first must hold something."""
    run, said = opened(source, mapping)
    here = Session("test", str(other), "", replace(OPTIONS, mapping=mapping))
    verify(run, Other(reader(other, here), OTHER))
    assert run.totals.read
    return said


def differences(
    source: Path, other: Path, mapping: str | None = None, unreadable: Collection[str] = ()
) -> list[str]:
    """Give what verify has to say, a line each; the source must hold something.

    `mapping` is that of both. What it says of the files that are known to be `unreadable`, on
    whichever side they are, is left out.
    """
    said = compared(source, other, mapping)
    return [
        f"{found.path}:{found.line} {found.code} {found.message}"
        for found in said.findings
        if found.severity == "error" and found.path.removeprefix(f"{OTHER}/") not in unreadable
    ]
